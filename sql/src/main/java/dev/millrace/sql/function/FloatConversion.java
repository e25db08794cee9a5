package dev.millrace.sql.function;

import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Decimal;

/** Casts to the float types. What is too great for one is an error, and so is what is not zero but too small for float4. */
public final class FloatConversion {
    private FloatConversion() {}

    public static float float4(short value) {
        return value;
    }

    public static float float4(int value) {
        return value;
    }

    public static float float4(long value) {
        return (float) (double) value;
    }

    public static float float4(float value) {
        return value;
    }

    public static float float4(double value) {
        return inRange((float) value, value);
    }

    public static float float4(Decimal value) {
        double exact = float8(value);
        return inRange(value.isFinite() ? value.value().floatValue() : (float) exact, exact);
    }

    public static float float4(String value) {
        double exact = TextForm.parseDouble(value, DataType.FLOAT4);
        return inRange((float) exact, exact);
    }

    public static double float8(short value) {
        return value;
    }

    public static double float8(int value) {
        return value;
    }

    public static double float8(long value) {
        return value;
    }

    public static double float8(float value) {
        return value;
    }

    public static double float8(double value) {
        return value;
    }

    public static double float8(Decimal value) {
        double result = value.doubleValue();
        if (Double.isInfinite(result) && value.isFinite()) {
            throw DataErrors.of("\"" + value + "\" is out of range for type double precision");
        }
        return result;
    }

    public static double float8(String value) {
        return TextForm.parseDouble(value, DataType.FLOAT8);
    }

    private static float inRange(float result, double exact) {
        if (Float.isInfinite(result) && !Double.isInfinite(exact)) {
            throw DataErrors.outOfRange(DataType.FLOAT4);
        }
        if (result == 0 && exact != 0) {
            throw DataErrors.underflow();
        }
        return result;
    }
}
