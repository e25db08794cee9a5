package dev.millrace.sql.function;

import dev.millrace.dataflow.row.DataType;

/** Arithmetic of integers. The smaller ones are computed in the next larger type, where nothing overflows, and then narrowed. */
public final class IntegerArithmetic {
    private IntegerArithmetic() {}

    public static short add(short left, short right) {
        return int2(left + right);
    }

    public static short subtract(short left, short right) {
        return int2(left - right);
    }

    public static short multiply(short left, short right) {
        return int2(left * right);
    }

    public static short divide(short left, short right) {
        return int2(left / nonZero(right));
    }

    public static short remainder(short left, short right) {
        return int2(left % nonZero(right));
    }

    public static short negate(short value) {
        return int2(-value);
    }

    public static int add(int left, int right) {
        return int4((long) left + right);
    }

    public static int subtract(int left, int right) {
        return int4((long) left - right);
    }

    public static int multiply(int left, int right) {
        return int4((long) left * right);
    }

    public static int divide(int left, int right) {
        return int4((long) left / nonZero(right));
    }

    public static int remainder(int left, int right) {
        return int4((long) left % nonZero(right));
    }

    public static int negate(int value) {
        return int4(-(long) value);
    }

    public static long add(long left, long right) {
        try {
            return Math.addExact(left, right);
        } catch (ArithmeticException e) {
            throw DataErrors.outOfRange(DataType.INT8);
        }
    }

    public static long subtract(long left, long right) {
        try {
            return Math.subtractExact(left, right);
        } catch (ArithmeticException e) {
            throw DataErrors.outOfRange(DataType.INT8);
        }
    }

    public static long multiply(long left, long right) {
        try {
            return Math.multiplyExact(left, right);
        } catch (ArithmeticException e) {
            throw DataErrors.outOfRange(DataType.INT8);
        }
    }

    public static long divide(long left, long right) {
        try {
            return Math.divideExact(left, nonZero(right));
        } catch (ArithmeticException e) {
            throw DataErrors.outOfRange(DataType.INT8);
        }
    }

    public static long remainder(long left, long right) {
        return left % nonZero(right);
    }

    public static long negate(long value) {
        if (value == Long.MIN_VALUE) {
            throw DataErrors.outOfRange(DataType.INT8);
        }
        return -value;
    }

    private static short int2(int value) {
        if (value != (short) value) {
            throw DataErrors.outOfRange(DataType.INT2);
        }
        return (short) value;
    }

    private static int int4(long value) {
        if (value != (int) value) {
            throw DataErrors.outOfRange(DataType.INT4);
        }
        return (int) value;
    }

    private static int nonZero(int divisor) {
        if (divisor == 0) {
            throw DataErrors.divisionByZero();
        }
        return divisor;
    }

    private static long nonZero(long divisor) {
        if (divisor == 0) {
            throw DataErrors.divisionByZero();
        }
        return divisor;
    }
}
