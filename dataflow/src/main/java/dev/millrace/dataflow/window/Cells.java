package dev.millrace.dataflow.window;

import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Values;
import dev.millrace.dataflow.store.Carrier;
import dev.millrace.dataflow.store.Pages;
import dev.millrace.dataflow.store.Store;

/** Single values of one type in columns of stores, unboxed. */
final class Cells {
    private final Carrier carrier;

    Cells(DataType type) {
        this.carrier = Carrier.of(type);
    }

    /** Whether two values cannot be told apart, NULL from NULL neither. */
    boolean identical(Store left, int leftPosition, int leftColumn, Store right, int rightPosition, int rightColumn) {
        boolean absent = left.isNull(leftPosition, leftColumn);
        if (absent || right.isNull(rightPosition, rightColumn)) {
            return absent && right.isNull(rightPosition, rightColumn);
        }
        int slot = left.slot(leftPosition);
        int page = slot >>> Pages.SHIFT;
        int at = slot & Pages.MASK;
        int otherSlot = right.slot(rightPosition);
        int otherPage = otherSlot >>> Pages.SHIFT;
        int otherAt = otherSlot & Pages.MASK;
        return switch (carrier) {
            case BYTE -> left.bytes(leftColumn)[page][at] == right.bytes(rightColumn)[otherPage][otherAt];
            case SHORT -> left.shorts(leftColumn)[page][at] == right.shorts(rightColumn)[otherPage][otherAt];
            case INT -> left.ints(leftColumn)[page][at] == right.ints(rightColumn)[otherPage][otherAt];
            case LONG -> left.longs(leftColumn)[page][at] == right.longs(rightColumn)[otherPage][otherAt];
            case FLOAT ->
                Float.floatToIntBits(left.floats(leftColumn)[page][at])
                        == Float.floatToIntBits(right.floats(rightColumn)[otherPage][otherAt]);
            case DOUBLE ->
                Double.doubleToLongBits(left.doubles(leftColumn)[page][at])
                        == Double.doubleToLongBits(right.doubles(rightColumn)[otherPage][otherAt]);
            case REFERENCE ->
                Values.identical(
                        left.references(leftColumn)[page][at], right.references(rightColumn)[otherPage][otherAt]);
        };
    }

    /** The order of two values that are not NULL; of equal ones by how they are shown, so that only identical ones compare as 0. */
    int compare(Store left, int leftPosition, int leftColumn, Store right, int rightPosition, int rightColumn) {
        int slot = left.slot(leftPosition);
        int page = slot >>> Pages.SHIFT;
        int at = slot & Pages.MASK;
        int otherSlot = right.slot(rightPosition);
        int otherPage = otherSlot >>> Pages.SHIFT;
        int otherAt = otherSlot & Pages.MASK;
        return switch (carrier) {
            case BYTE -> Byte.compare(left.bytes(leftColumn)[page][at], right.bytes(rightColumn)[otherPage][otherAt]);
            case SHORT ->
                Short.compare(left.shorts(leftColumn)[page][at], right.shorts(rightColumn)[otherPage][otherAt]);
            case INT -> Integer.compare(left.ints(leftColumn)[page][at], right.ints(rightColumn)[otherPage][otherAt]);
            case LONG -> Long.compare(left.longs(leftColumn)[page][at], right.longs(rightColumn)[otherPage][otherAt]);
            // Negative zero is before zero, and NaN above all.
            case FLOAT ->
                Float.compare(left.floats(leftColumn)[page][at], right.floats(rightColumn)[otherPage][otherAt]);
            case DOUBLE ->
                Double.compare(left.doubles(leftColumn)[page][at], right.doubles(rightColumn)[otherPage][otherAt]);
            case REFERENCE -> {
                Object value = left.references(leftColumn)[page][at];
                Object other = right.references(rightColumn)[otherPage][otherAt];
                int order = Values.compare(value, other);
                yield order == 0 ? Values.compareRepresentations(value, other) : order;
            }
        };
    }

    /** Writes a value over another. */
    void copy(Store from, int fromPosition, int fromColumn, Store to, int toPosition, int toColumn) {
        int target = to.slot(toPosition);
        if (from.isNull(fromPosition, fromColumn)) {
            to.setNull(target, toColumn);
            return;
        }
        if (to.isNull(toPosition, toColumn)) {
            to.set(toPosition, toColumn, from.get(fromPosition, fromColumn));
            return;
        }
        int slot = from.slot(fromPosition);
        int page = slot >>> Pages.SHIFT;
        int at = slot & Pages.MASK;
        int targetPage = target >>> Pages.SHIFT;
        int targetAt = target & Pages.MASK;
        switch (carrier) {
            case BYTE -> to.bytes(toColumn)[targetPage][targetAt] = from.bytes(fromColumn)[page][at];
            case SHORT -> to.shorts(toColumn)[targetPage][targetAt] = from.shorts(fromColumn)[page][at];
            case INT -> to.ints(toColumn)[targetPage][targetAt] = from.ints(fromColumn)[page][at];
            case LONG -> to.longs(toColumn)[targetPage][targetAt] = from.longs(fromColumn)[page][at];
            case FLOAT -> to.floats(toColumn)[targetPage][targetAt] = from.floats(fromColumn)[page][at];
            case DOUBLE -> to.doubles(toColumn)[targetPage][targetAt] = from.doubles(fromColumn)[page][at];
            case REFERENCE -> to.references(toColumn)[targetPage][targetAt] = from.references(fromColumn)[page][at];
        }
    }
}
