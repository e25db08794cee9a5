package dev.millrace.dataflow.code;

import dev.millrace.dataflow.row.ArrayValue;
import dev.millrace.dataflow.row.Bytes;
import dev.millrace.dataflow.row.Decimal;
import dev.millrace.dataflow.row.EnumLabel;
import dev.millrace.dataflow.row.Interval;
import dev.millrace.dataflow.row.Jsonb;
import dev.millrace.dataflow.row.TimeTz;
import dev.millrace.dataflow.row.Values;
import java.util.UUID;

/**
 * Equality, identity, order and hashes of single values, unboxed, as generated code calls them: one overload for each carrier. They say what {@link Values} says
 * of the same values boxed.
 */
final class Equality {
    private Equality() {}

    static long hash(int value) {
        return value;
    }

    static long hash(short value) {
        return value;
    }

    static long hash(long value) {
        return value;
    }

    static long hash(float value) {
        return hash((double) value);
    }

    static long hash(double value) {
        // Adding zero makes negative zero positive.
        return Double.doubleToLongBits(value + 0.0);
    }

    static long hash(Decimal value) {
        return value.hashCode();
    }

    /** The text's own hash, which it keeps. Whoever makes texts that share it makes their look-ups slower, not wrong. */
    static long hash(String value) {
        return value.hashCode();
    }

    static long hash(Bytes value) {
        return value.hashCode();
    }

    static long hash(UUID value) {
        return RowHash.mix(value.getMostSignificantBits(), value.getLeastSignificantBits());
    }

    static long hash(ArrayValue value) {
        return value.hashCode();
    }

    static long hash(Interval value) {
        return value.hashCode();
    }

    static long hash(TimeTz value) {
        return value.hashCode();
    }

    static long hash(EnumLabel value) {
        return value.hashCode();
    }

    static long hash(Jsonb value) {
        return value.hashCode();
    }

    static boolean equal(int left, int right) {
        return left == right;
    }

    static boolean equal(short left, short right) {
        return left == right;
    }

    static boolean equal(long left, long right) {
        return left == right;
    }

    static boolean equal(float left, float right) {
        return left == right || (Float.isNaN(left) && Float.isNaN(right));
    }

    static boolean equal(double left, double right) {
        return left == right || (Double.isNaN(left) && Double.isNaN(right));
    }

    static boolean equal(Decimal left, Decimal right) {
        return left.equals(right);
    }

    static boolean equal(String left, String right) {
        return left.equals(right);
    }

    static boolean equal(Bytes left, Bytes right) {
        return left.equals(right);
    }

    static boolean equal(UUID left, UUID right) {
        return left.equals(right);
    }

    static boolean equal(ArrayValue left, ArrayValue right) {
        return left.equals(right);
    }

    static boolean equal(Interval left, Interval right) {
        return left.equals(right);
    }

    static boolean equal(TimeTz left, TimeTz right) {
        return left.equals(right);
    }

    static boolean equal(EnumLabel left, EnumLabel right) {
        return left.equals(right);
    }

    static boolean equal(Jsonb left, Jsonb right) {
        return left.equals(right);
    }

    static boolean identical(int left, int right) {
        return left == right;
    }

    static boolean identical(short left, short right) {
        return left == right;
    }

    static boolean identical(long left, long right) {
        return left == right;
    }

    static boolean identical(float left, float right) {
        return Float.floatToIntBits(left) == Float.floatToIntBits(right);
    }

    static boolean identical(double left, double right) {
        return Double.doubleToLongBits(left) == Double.doubleToLongBits(right);
    }

    static boolean identical(Decimal left, Decimal right) {
        return left.scale() == right.scale() && left.equals(right);
    }

    static boolean identical(String left, String right) {
        return left.equals(right);
    }

    static boolean identical(Bytes left, Bytes right) {
        return left.equals(right);
    }

    static boolean identical(UUID left, UUID right) {
        return left.equals(right);
    }

    static boolean identical(ArrayValue left, ArrayValue right) {
        return Values.identical(left, right);
    }

    static boolean identical(Interval left, Interval right) {
        return Values.identical(left, right);
    }

    static boolean identical(TimeTz left, TimeTz right) {
        return Values.identical(left, right);
    }

    static boolean identical(Jsonb left, Jsonb right) {
        return Values.identical(left, right);
    }

    static boolean identical(EnumLabel left, EnumLabel right) {
        return left.equals(right);
    }

    static int compare(int left, int right) {
        return Integer.compare(left, right);
    }

    static int compare(short left, short right) {
        return Short.compare(left, right);
    }

    static int compare(long left, long right) {
        return Long.compare(left, right);
    }

    static int compare(float left, float right) {
        return compare((double) left, right);
    }

    static int compare(double left, double right) {
        return left == right ? 0 : Double.compare(left, right);
    }

    static int compare(Decimal left, Decimal right) {
        return left.compareTo(right);
    }

    static int compare(String left, String right) {
        return Values.compareText(left, right);
    }

    static int compare(Bytes left, Bytes right) {
        return left.compareTo(right);
    }

    static int compare(UUID left, UUID right) {
        return Values.compareUuids(left, right);
    }

    static int compare(ArrayValue left, ArrayValue right) {
        return left.compareTo(right);
    }

    static int compare(Interval left, Interval right) {
        return left.compareTo(right);
    }

    static int compare(TimeTz left, TimeTz right) {
        return left.compareTo(right);
    }

    static int compare(Jsonb left, Jsonb right) {
        return left.compareTo(right);
    }

    static int compare(EnumLabel left, EnumLabel right) {
        return left.compareTo(right);
    }

    /** Orders values that compare as 0 by how they are shown. */
    static int compareRepresentations(float left, float right) {
        return Float.compare(left, right);
    }

    static int compareRepresentations(double left, double right) {
        return Double.compare(left, right);
    }

    static int compareRepresentations(Decimal left, Decimal right) {
        return Integer.compare(left.scale(), right.scale());
    }

    static int compareRepresentations(ArrayValue left, ArrayValue right) {
        return left.compareRepresentations(right);
    }

    static int compareRepresentations(Interval left, Interval right) {
        return left.compareRepresentations(right);
    }

    static int compareRepresentations(Jsonb left, Jsonb right) {
        return left.compareRepresentations(right);
    }
}
