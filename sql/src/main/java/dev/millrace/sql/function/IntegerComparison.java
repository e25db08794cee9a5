package dev.millrace.sql.function;

/** Comparisons of integers, and of what they carry: dates and timestamps. */
public final class IntegerComparison {
    private IntegerComparison() {}

    public static boolean equal(short left, short right) {
        return left == right;
    }

    public static boolean notEqual(short left, short right) {
        return left != right;
    }

    public static boolean less(short left, short right) {
        return left < right;
    }

    public static boolean lessOrEqual(short left, short right) {
        return left <= right;
    }

    public static boolean greater(short left, short right) {
        return left > right;
    }

    public static boolean greaterOrEqual(short left, short right) {
        return left >= right;
    }

    public static boolean equal(int left, int right) {
        return left == right;
    }

    public static boolean notEqual(int left, int right) {
        return left != right;
    }

    public static boolean less(int left, int right) {
        return left < right;
    }

    public static boolean lessOrEqual(int left, int right) {
        return left <= right;
    }

    public static boolean greater(int left, int right) {
        return left > right;
    }

    public static boolean greaterOrEqual(int left, int right) {
        return left >= right;
    }

    public static boolean equal(long left, long right) {
        return left == right;
    }

    public static boolean notEqual(long left, long right) {
        return left != right;
    }

    public static boolean less(long left, long right) {
        return left < right;
    }

    public static boolean lessOrEqual(long left, long right) {
        return left <= right;
    }

    public static boolean greater(long left, long right) {
        return left > right;
    }

    public static boolean greaterOrEqual(long left, long right) {
        return left >= right;
    }
}
