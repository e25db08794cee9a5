package dev.millrace.sql.function;

import dev.millrace.dataflow.row.Decimal;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Functions of numerics that are exact: rounding (half away from zero), scales, division. */
public final class NumericFunctions {
    /** More decimals than a numeric can have, on either side of the point, come to the same. */
    private static final int MIN_DECIMALS = -131_073;

    private static final int MAX_DECIMALS = 16_383;
    private static final int MAX_FACTORIAL = 32_177;

    private NumericFunctions() {}

    @Sql(
            value = {"abs(numeric) numeric", "@(numeric) numeric"},
            about = "without its sign",
            example = "abs(-5.50)",
            mayFail = false)
    public static Decimal abs(Decimal value) {
        return value.compareTo(Decimal.ZERO) < 0 ? NumericArithmetic.negate(value) : value;
    }

    @Sql(value = "sign(numeric) numeric", about = "-1, 0 or 1", example = "sign(-8.4)", mayFail = false)
    public static Decimal sign(Decimal value) {
        return value.equals(Decimal.NAN) ? value : Decimal.of(value.compareTo(Decimal.ZERO));
    }

    @Sql(
            value = {"ceil(numeric) numeric", "ceiling(numeric) numeric"},
            about = "the next integer that is not less",
            example = "ceil(-42.8)")
    public static Decimal ceil(Decimal value) {
        return rounded(value, 0, RoundingMode.CEILING);
    }

    @Sql(value = "floor(numeric) numeric", about = "the next integer that is not greater", example = "floor(-42.8)")
    public static Decimal floor(Decimal value) {
        return rounded(value, 0, RoundingMode.FLOOR);
    }

    @Sql(
            value = "round(numeric) numeric",
            about = "the nearest integer, halves away from zero",
            example = "round(-2.5)")
    public static Decimal round(Decimal value) {
        return rounded(value, 0, RoundingMode.HALF_UP);
    }

    @Sql(
            value = "round(numeric, int4) numeric",
            about = "rounded to so many decimals, halves away from zero",
            example = "round(42.4382, 2)")
    public static Decimal round(Decimal value, int decimals) {
        return rounded(value, decimals, RoundingMode.HALF_UP);
    }

    @Sql(value = "trunc(numeric) numeric", about = "without its decimals", example = "trunc(-42.8)")
    public static Decimal trunc(Decimal value) {
        return rounded(value, 0, RoundingMode.DOWN);
    }

    @Sql(value = "trunc(numeric, int4) numeric", about = "cut to so many decimals", example = "trunc(42.4382, 2)")
    public static Decimal trunc(Decimal value, int decimals) {
        return rounded(value, decimals, RoundingMode.DOWN);
    }

    private static Decimal rounded(Decimal value, int decimals, RoundingMode mode) {
        return value.isFinite()
                ? Decimal.of(value.value().setScale(Math.clamp(decimals, MIN_DECIMALS, MAX_DECIMALS), mode))
                : value;
    }

    @Sql(
            value = "mod(numeric, numeric) numeric",
            about = "the remainder, with the sign of the first",
            example = "mod(-7.5, 2)")
    public static Decimal mod(Decimal left, Decimal right) {
        return NumericArithmetic.remainder(left, right);
    }

    @Sql(value = "div(numeric, numeric) numeric", about = "the quotient without its decimals", example = "div(9, 4)")
    public static Decimal div(Decimal left, Decimal right) {
        if (left.isFinite() && right.isFinite() && right.value().signum() != 0) {
            return Decimal.of(left.value().divideToIntegralValue(right.value()).setScale(0, RoundingMode.DOWN));
        }
        return NumericArithmetic.divide(left, right);
    }

    @Sql(
            value = "gcd(numeric, numeric) numeric",
            about = "the greatest common divisor",
            example = "gcd(1.5, 0.9)",
            mayFail = false)
    public static Decimal gcd(Decimal left, Decimal right) {
        if (!left.isFinite() || !right.isFinite()) {
            return Decimal.NAN;
        }
        int scale = Math.max(left.scale(), right.scale());
        return Decimal.of(new BigDecimal(unscaled(left, scale).gcd(unscaled(right, scale)), scale));
    }

    @Sql(value = "lcm(numeric, numeric) numeric", about = "the least common multiple", example = "lcm(1.5, 0.9)")
    public static Decimal lcm(Decimal left, Decimal right) {
        if (!left.isFinite() || !right.isFinite()) {
            return Decimal.NAN;
        }
        int scale = Math.max(left.scale(), right.scale());
        BigInteger a = unscaled(left, scale);
        BigInteger b = unscaled(right, scale);
        BigInteger multiple = a.signum() == 0 || b.signum() == 0
                ? BigInteger.ZERO
                : a.divide(a.gcd(b)).multiply(b).abs();
        return Decimal.of(new BigDecimal(multiple, scale));
    }

    private static BigInteger unscaled(Decimal value, int scale) {
        return value.value().setScale(scale, RoundingMode.UNNECESSARY).unscaledValue();
    }

    @Sql(value = "factorial(int8) numeric", about = "the product of the integers from 1 on", example = "factorial(20)")
    public static Decimal factorial(long value) {
        if (value < 0) {
            throw DataErrors.of("factorial of a negative number is undefined");
        }
        if (value > MAX_FACTORIAL) {
            throw DataErrors.of("value overflows numeric format");
        }
        return Decimal.of(new BigDecimal(product(1, (int) value)));
    }

    private static BigInteger product(int from, int to) {
        if (to - from < 8) {
            BigInteger product = BigInteger.ONE;
            for (int i = from; i <= to; i++) {
                product = product.multiply(BigInteger.valueOf(i));
            }
            return product;
        }
        int middle = (from + to) >>> 1;
        return product(from, middle).multiply(product(middle + 1, to));
    }

    @Sql(
            value = "scale(numeric) int4",
            about = "the number of decimals that are shown",
            example = "scale(8.4100)",
            mayFail = false,
            nullable = true)
    public static @Nullable Integer scale(Decimal value) {
        return value.isFinite() ? value.scale() : null;
    }

    @Sql(
            value = "min_scale(numeric) int4",
            about = "the number of decimals that it needs",
            example = "min_scale(8.4100)",
            mayFail = false,
            nullable = true)
    public static @Nullable Integer minScale(Decimal value) {
        return value.isFinite() ? trimScale(value).scale() : null;
    }

    @Sql(
            value = "trim_scale(numeric) numeric",
            about = "without zeros at the end of its decimals",
            example = "trim_scale(8.4100)",
            mayFail = false)
    public static Decimal trimScale(Decimal value) {
        return value.isFinite() ? Decimal.of(value.value().stripTrailingZeros()) : value;
    }
}
