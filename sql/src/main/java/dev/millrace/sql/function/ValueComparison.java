package dev.millrace.sql.function;

import dev.millrace.dataflow.row.ArrayValue;
import dev.millrace.dataflow.row.Bytes;
import dev.millrace.dataflow.row.Decimal;
import dev.millrace.dataflow.row.EnumLabel;
import dev.millrace.dataflow.row.Interval;
import dev.millrace.dataflow.row.Jsonb;
import dev.millrace.dataflow.row.TimeTz;
import dev.millrace.dataflow.row.Values;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Comparisons of values that are no numbers of Java's, and of values of any type that may be null. */
public final class ValueComparison {
    private ValueComparison() {}

    public static boolean distinct(@Nullable Object left, @Nullable Object right) {
        return Values.compare(left, right) != 0;
    }

    public static boolean notDistinct(@Nullable Object left, @Nullable Object right) {
        return Values.compare(left, right) == 0;
    }

    public static boolean equal(boolean left, boolean right) {
        return left == right;
    }

    public static boolean notEqual(boolean left, boolean right) {
        return left != right;
    }

    public static boolean less(boolean left, boolean right) {
        return !left && right;
    }

    public static boolean lessOrEqual(boolean left, boolean right) {
        return !left || right;
    }

    public static boolean greater(boolean left, boolean right) {
        return left && !right;
    }

    public static boolean greaterOrEqual(boolean left, boolean right) {
        return left || !right;
    }

    public static boolean equal(String left, String right) {
        return left.equals(right);
    }

    public static boolean notEqual(String left, String right) {
        return !left.equals(right);
    }

    public static boolean less(String left, String right) {
        return Values.compare(left, right) < 0;
    }

    public static boolean lessOrEqual(String left, String right) {
        return Values.compare(left, right) <= 0;
    }

    public static boolean greater(String left, String right) {
        return Values.compare(left, right) > 0;
    }

    public static boolean greaterOrEqual(String left, String right) {
        return Values.compare(left, right) >= 0;
    }

    public static boolean equal(Decimal left, Decimal right) {
        return left.equals(right);
    }

    public static boolean notEqual(Decimal left, Decimal right) {
        return !left.equals(right);
    }

    public static boolean less(Decimal left, Decimal right) {
        return left.compareTo(right) < 0;
    }

    public static boolean lessOrEqual(Decimal left, Decimal right) {
        return left.compareTo(right) <= 0;
    }

    public static boolean greater(Decimal left, Decimal right) {
        return left.compareTo(right) > 0;
    }

    public static boolean greaterOrEqual(Decimal left, Decimal right) {
        return left.compareTo(right) >= 0;
    }

    public static boolean equal(UUID left, UUID right) {
        return left.equals(right);
    }

    public static boolean notEqual(UUID left, UUID right) {
        return !left.equals(right);
    }

    public static boolean less(UUID left, UUID right) {
        return Values.compare(left, right) < 0;
    }

    public static boolean lessOrEqual(UUID left, UUID right) {
        return Values.compare(left, right) <= 0;
    }

    public static boolean greater(UUID left, UUID right) {
        return Values.compare(left, right) > 0;
    }

    public static boolean greaterOrEqual(UUID left, UUID right) {
        return Values.compare(left, right) >= 0;
    }

    public static boolean equal(Bytes left, Bytes right) {
        return left.equals(right);
    }

    public static boolean notEqual(Bytes left, Bytes right) {
        return !left.equals(right);
    }

    public static boolean less(Bytes left, Bytes right) {
        return left.compareTo(right) < 0;
    }

    public static boolean lessOrEqual(Bytes left, Bytes right) {
        return left.compareTo(right) <= 0;
    }

    public static boolean greater(Bytes left, Bytes right) {
        return left.compareTo(right) > 0;
    }

    public static boolean greaterOrEqual(Bytes left, Bytes right) {
        return left.compareTo(right) >= 0;
    }

    public static boolean equal(ArrayValue left, ArrayValue right) {
        return left.equals(right);
    }

    public static boolean notEqual(ArrayValue left, ArrayValue right) {
        return !left.equals(right);
    }

    public static boolean less(ArrayValue left, ArrayValue right) {
        return left.compareTo(right) < 0;
    }

    public static boolean lessOrEqual(ArrayValue left, ArrayValue right) {
        return left.compareTo(right) <= 0;
    }

    public static boolean greater(ArrayValue left, ArrayValue right) {
        return left.compareTo(right) > 0;
    }

    public static boolean greaterOrEqual(ArrayValue left, ArrayValue right) {
        return left.compareTo(right) >= 0;
    }

    public static boolean equal(Interval left, Interval right) {
        return left.equals(right);
    }

    public static boolean notEqual(Interval left, Interval right) {
        return !left.equals(right);
    }

    public static boolean less(Interval left, Interval right) {
        return left.compareTo(right) < 0;
    }

    public static boolean lessOrEqual(Interval left, Interval right) {
        return left.compareTo(right) <= 0;
    }

    public static boolean greater(Interval left, Interval right) {
        return left.compareTo(right) > 0;
    }

    public static boolean greaterOrEqual(Interval left, Interval right) {
        return left.compareTo(right) >= 0;
    }

    public static boolean equal(TimeTz left, TimeTz right) {
        return left.equals(right);
    }

    public static boolean notEqual(TimeTz left, TimeTz right) {
        return !left.equals(right);
    }

    public static boolean less(TimeTz left, TimeTz right) {
        return left.compareTo(right) < 0;
    }

    public static boolean lessOrEqual(TimeTz left, TimeTz right) {
        return left.compareTo(right) <= 0;
    }

    public static boolean greater(TimeTz left, TimeTz right) {
        return left.compareTo(right) > 0;
    }

    public static boolean greaterOrEqual(TimeTz left, TimeTz right) {
        return left.compareTo(right) >= 0;
    }

    public static boolean equal(EnumLabel left, EnumLabel right) {
        return left.equals(right);
    }

    public static boolean notEqual(EnumLabel left, EnumLabel right) {
        return !left.equals(right);
    }

    public static boolean less(EnumLabel left, EnumLabel right) {
        return left.compareTo(right) < 0;
    }

    public static boolean lessOrEqual(EnumLabel left, EnumLabel right) {
        return left.compareTo(right) <= 0;
    }

    public static boolean greater(EnumLabel left, EnumLabel right) {
        return left.compareTo(right) > 0;
    }

    public static boolean greaterOrEqual(EnumLabel left, EnumLabel right) {
        return left.compareTo(right) >= 0;
    }

    public static boolean equal(Jsonb left, Jsonb right) {
        return left.equals(right);
    }

    public static boolean notEqual(Jsonb left, Jsonb right) {
        return !left.equals(right);
    }

    public static boolean less(Jsonb left, Jsonb right) {
        return left.compareTo(right) < 0;
    }

    public static boolean lessOrEqual(Jsonb left, Jsonb right) {
        return left.compareTo(right) <= 0;
    }

    public static boolean greater(Jsonb left, Jsonb right) {
        return left.compareTo(right) > 0;
    }

    public static boolean greaterOrEqual(Jsonb left, Jsonb right) {
        return left.compareTo(right) >= 0;
    }
}
