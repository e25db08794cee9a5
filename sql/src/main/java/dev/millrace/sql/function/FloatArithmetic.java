package dev.millrace.sql.function;

import dev.millrace.dataflow.row.DataType;

/** Arithmetic of floats: a result that is infinite or zero where the operands do not explain it is an error, and so is a zero divisor. */
public final class FloatArithmetic {
    private FloatArithmetic() {}

    public static float add(float left, float right) {
        return inRange(left + right, left, right);
    }

    public static float subtract(float left, float right) {
        return inRange(left - right, left, right);
    }

    public static float multiply(float left, float right) {
        float product = inRange(left * right, left, right);
        if (product == 0 && left != 0 && right != 0) {
            throw DataErrors.underflow();
        }
        return product;
    }

    public static float divide(float left, float right) {
        if (right == 0 && !Float.isNaN(left)) {
            throw DataErrors.divisionByZero();
        }
        float quotient = inRange(left / right, left, right);
        if (quotient == 0 && left != 0 && !Float.isInfinite(right)) {
            throw DataErrors.underflow();
        }
        return quotient;
    }

    public static float negate(float value) {
        return -value;
    }

    private static float inRange(float result, float left, float right) {
        if (Float.isInfinite(result) && !Float.isInfinite(left) && !Float.isInfinite(right)) {
            throw DataErrors.outOfRange(DataType.FLOAT4);
        }
        return result;
    }

    public static double add(double left, double right) {
        return inRange(left + right, left, right);
    }

    public static double subtract(double left, double right) {
        return inRange(left - right, left, right);
    }

    public static double multiply(double left, double right) {
        double product = inRange(left * right, left, right);
        if (product == 0 && left != 0 && right != 0) {
            throw DataErrors.underflow();
        }
        return product;
    }

    public static double divide(double left, double right) {
        if (right == 0 && !Double.isNaN(left)) {
            throw DataErrors.divisionByZero();
        }
        double quotient = inRange(left / right, left, right);
        if (quotient == 0 && left != 0 && !Double.isInfinite(right)) {
            throw DataErrors.underflow();
        }
        return quotient;
    }

    public static double negate(double value) {
        return -value;
    }

    private static double inRange(double result, double left, double right) {
        if (Double.isInfinite(result) && !Double.isInfinite(left) && !Double.isInfinite(right)) {
            throw DataErrors.outOfRange(DataType.FLOAT8);
        }
        return result;
    }
}
