package dev.millrace.dataflow.aggregate;

import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.store.Carrier;
import dev.millrace.dataflow.store.Pages;
import dev.millrace.dataflow.store.Store;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which rows an aggregate takes: those whose filter is TRUE and whose value is not NULL.
 *
 * @param column where its value is; nothing if it takes rows whatever their values are
 * @param type the value's type
 * @param filter a column of conditions
 */
record Argument(Optional<Integer> column, DataType type, Optional<Integer> filter) {
    /** The pages that tell it of the rows of one store. */
    static final class Presence {
        private final Object @Nullable [][] references;
        private final long @Nullable [][] nulls;
        private final byte @Nullable [][] filter;
        private final long @Nullable [][] filterNulls;

        private Presence(Argument argument, Store rows) {
            boolean isReference = Carrier.of(argument.type) == Carrier.REFERENCE;
            references = isReference ? argument.column.map(rows::references).orElse(null) : null;
            nulls = isReference || argument.column.isEmpty() ? null : rows.nulls(argument.column.get());
            filter = argument.filter.map(rows::bytes).orElse(null);
            filterNulls = argument.filter.isEmpty() ? null : rows.nulls(argument.filter.get());
        }

        /** Whether the aggregate takes the row in this slot. */
        boolean has(int slot) {
            if (nulls != null && isNull(nulls, slot)) {
                return false;
            }
            if (references != null && references[slot >>> Pages.SHIFT][slot & Pages.MASK] == null) {
                return false;
            }
            return filter == null
                    || (filter[slot >>> Pages.SHIFT][slot & Pages.MASK] != 0
                            && (filterNulls == null || !isNull(filterNulls, slot)));
        }

        private static boolean isNull(long[][] bits, int slot) {
            return ((bits[slot >>> Pages.SHIFT][(slot & Pages.MASK) >>> 6] >>> slot) & 1) != 0;
        }
    }

    /** The column of the value. */
    int required() {
        return column.orElseThrow();
    }

    Presence in(Store rows) {
        return new Presence(this, rows);
    }
}
