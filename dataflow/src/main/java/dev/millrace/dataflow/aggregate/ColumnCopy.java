package dev.millrace.dataflow.aggregate;

import dev.millrace.dataflow.store.Carrier;
import dev.millrace.dataflow.store.Pages;
import dev.millrace.dataflow.store.Store;

/** Copies values of one column to a column of new rows. */
final class ColumnCopy {
    private ColumnCopy() {}

    /**
     * Copies {@code count} values.
     *
     * @param positions where the values are; -1 stands for NULL
     */
    static void copy(Store from, int column, int[] positions, int count, Store to, int copy, int[] copies) {
        Carrier carrier = Carrier.of(from.types().get(column));
        for (int i = 0; i < count; i++) {
            int target = to.slot(copies[i]);
            if (positions[i] < 0 || from.isNull(positions[i], column)) {
                to.setNull(target, copy);
                continue;
            }
            int slot = from.slot(positions[i]);
            int page = slot >>> Pages.SHIFT;
            int at = slot & Pages.MASK;
            int targetPage = target >>> Pages.SHIFT;
            int targetAt = target & Pages.MASK;
            switch (carrier) {
                case BYTE -> to.bytes(copy)[targetPage][targetAt] = from.bytes(column)[page][at];
                case SHORT -> to.shorts(copy)[targetPage][targetAt] = from.shorts(column)[page][at];
                case INT -> to.ints(copy)[targetPage][targetAt] = from.ints(column)[page][at];
                case LONG -> to.longs(copy)[targetPage][targetAt] = from.longs(column)[page][at];
                case FLOAT -> to.floats(copy)[targetPage][targetAt] = from.floats(column)[page][at];
                case DOUBLE -> to.doubles(copy)[targetPage][targetAt] = from.doubles(column)[page][at];
                case REFERENCE -> to.references(copy)[targetPage][targetAt] = from.references(column)[page][at];
            }
        }
    }
}
