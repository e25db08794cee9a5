package dev.millrace.sql.function;

import dev.millrace.dataflow.row.DataType;

/** Functions of floats: rounding (halves to even), roots, powers, logarithms. Their last digits are those of the JDK's library, which may differ from those of the server's. */
public final class FloatFunctions {
    private FloatFunctions() {}

    @Sql(
            value = {"abs(float4) float4", "@(float4) float4"},
            about = "without its sign",
            example = "abs(-5.5::float4)",
            mayFail = false)
    public static float abs(float value) {
        return Math.abs(value);
    }

    @Sql(
            value = {"abs(float8) float8", "@(float8) float8"},
            about = "without its sign",
            example = "abs(-5.5::float8)",
            mayFail = false)
    public static double abs(double value) {
        return Math.abs(value);
    }

    @Sql(
            value = {"ceil(float8) float8", "ceiling(float8) float8"},
            about = "the next integer that is not less",
            example = "ceil(-42.8::float8)",
            mayFail = false)
    public static double ceil(double value) {
        return Math.ceil(value);
    }

    @Sql(
            value = "floor(float8) float8",
            about = "the next integer that is not greater",
            example = "floor(-42.8::float8)",
            mayFail = false)
    public static double floor(double value) {
        return Math.floor(value);
    }

    @Sql(
            value = "round(float8) float8",
            about = "the nearest integer, halves to the even one",
            example = "round(2.5::float8)",
            mayFail = false)
    public static double round(double value) {
        return Math.rint(value);
    }

    @Sql(
            value = "trunc(float8) float8",
            about = "without its decimals",
            example = "trunc(-42.8::float8)",
            mayFail = false)
    public static double trunc(double value) {
        return value < 0 ? Math.ceil(value) : Math.floor(value);
    }

    @Sql(value = "sign(float8) float8", about = "-1, 0 or 1", example = "sign(-8.4::float8)", mayFail = false)
    public static double sign(double value) {
        return value > 0 ? 1 : value < 0 ? -1 : 0;
    }

    @Sql(
            value = {"sqrt(float8) float8", "|/(float8) float8"},
            about = "the square root",
            example = "sqrt(2::float8)")
    public static double sqrt(double value) {
        if (value < 0) {
            throw DataErrors.of("cannot take square root of a negative number");
        }
        return Math.sqrt(value);
    }

    @Sql(
            value = {"cbrt(float8) float8", "||/(float8) float8"},
            about = "the cube root",
            example = "cbrt(8)",
            mayFail = false)
    public static double cbrt(double value) {
        return Math.cbrt(value);
    }

    @Sql(value = "exp(float8) float8", about = "e to this power", example = "exp(1::float8)")
    public static double exp(double value) {
        return inRange(Math.exp(value), Double.isInfinite(value), Double.isInfinite(value));
    }

    @Sql(value = "ln(float8) float8", about = "the natural logarithm", example = "ln(2::float8)")
    public static double ln(double value) {
        return Math.log(requireLogarithm(value));
    }

    @Sql(
            value = {"log(float8) float8", "log10(float8) float8"},
            about = "the logarithm to the base 10",
            example = "log(1000::float8)")
    public static double log(double value) {
        return Math.log10(requireLogarithm(value));
    }

    private static double requireLogarithm(double value) {
        if (value <= 0) {
            throw DataErrors.of("cannot take logarithm of " + (value == 0 ? "zero" : "a negative number"));
        }
        return value;
    }

    @Sql(
            value = {"power(float8, float8) float8", "pow(float8, float8) float8", "^(float8, float8) float8"},
            about = "the first to the power of the second",
            example = "power(2::float8, 10)")
    public static double power(double base, double exponent) {
        if (base == 1 || exponent == 0) {
            return 1;
        }
        if (base == 0 && exponent < 0) {
            throw DataErrors.of("zero raised to a negative power is undefined");
        }
        if (base < 0 && Math.rint(exponent) != exponent && !Double.isNaN(exponent)) {
            throw DataErrors.of("a negative number raised to a non-integer power yields a complex result");
        }
        if (base == -1 && Double.isInfinite(exponent)) {
            return 1;
        }
        boolean infinite = Double.isInfinite(base) || Double.isInfinite(exponent);
        return inRange(Math.pow(base, exponent), infinite, infinite || base == 0);
    }

    @Sql(value = "degrees(float8) float8", about = "radians in degrees", example = "degrees(0.5)")
    public static double degrees(double radians) {
        return inRange(radians / (Math.PI / 180), Double.isInfinite(radians), true);
    }

    @Sql(value = "radians(float8) float8", about = "degrees in radians", example = "radians(45)")
    public static double radians(double degrees) {
        return inRange(degrees * (Math.PI / 180), Double.isInfinite(degrees), degrees == 0);
    }

    @Sql(value = "pi() float8", about = "π", example = "pi()", mayFail = false)
    public static double pi() {
        return Math.PI;
    }

    /** The result, unless it is infinite or zero and may not be. */
    static double inRange(double result, boolean infinityIsValid, boolean zeroIsValid) {
        if (Double.isInfinite(result) && !infinityIsValid) {
            throw DataErrors.outOfRange(DataType.FLOAT8);
        }
        if (result == 0 && !zeroIsValid) {
            throw DataErrors.underflow();
        }
        return result;
    }
}
