package dev.millrace.sql.function;

/** Comparisons of floats, in which NaN equals itself and is above everything, and negative zero equals zero. */
public final class FloatComparison {
    private FloatComparison() {}

    public static boolean equal(double left, double right) {
        return left == right || (Double.isNaN(left) && Double.isNaN(right));
    }

    public static boolean notEqual(double left, double right) {
        return !equal(left, right);
    }

    public static boolean less(double left, double right) {
        return left < right || (Double.isNaN(right) && !Double.isNaN(left));
    }

    public static boolean lessOrEqual(double left, double right) {
        return left <= right || Double.isNaN(right);
    }

    public static boolean greater(double left, double right) {
        return !lessOrEqual(left, right);
    }

    public static boolean greaterOrEqual(double left, double right) {
        return !less(left, right);
    }

    public static boolean equal(float left, float right) {
        return equal((double) left, (double) right);
    }

    public static boolean notEqual(float left, float right) {
        return notEqual((double) left, (double) right);
    }

    public static boolean less(float left, float right) {
        return less((double) left, (double) right);
    }

    public static boolean lessOrEqual(float left, float right) {
        return lessOrEqual((double) left, (double) right);
    }

    public static boolean greater(float left, float right) {
        return greater((double) left, (double) right);
    }

    public static boolean greaterOrEqual(float left, float right) {
        return greaterOrEqual((double) left, (double) right);
    }
}
