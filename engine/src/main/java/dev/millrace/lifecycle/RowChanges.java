package dev.millrace.lifecycle;

import dev.millrace.connector.RowChange;
import dev.millrace.dataflow.circuit.TableInput;
import dev.millrace.dataflow.row.Row;
import org.jspecify.annotations.Nullable;

/** What sources tell of their rows, done to the tables that follow them. */
final class RowChanges {
    private RowChanges() {}

    static void apply(RowChange change, TableInput input) {
        switch (change) {
            case RowChange.Insert insert -> input.insert(insert.row());
            case RowChange.Update update -> {
                Row oldKey = update.oldKey().orElse(null);
                input.update(oldKey, completed(update.row(), oldKey, input));
            }
            case RowChange.Delete delete -> input.delete(delete.key());
            case RowChange.Truncate truncate -> input.truncate();
        }
    }

    /** The row with the values that the source left out as unchanged, from the row as it was. */
    private static Row completed(Row row, @Nullable Row oldKey, TableInput input) {
        Row old = null;
        @Nullable Object[] values = null;
        for (int i = 0; i < row.size(); i++) {
            if (RowChange.UNCHANGED.equals(row.get(i))) {
                if (old == null || values == null) {
                    old = input.find(oldKey != null ? oldKey : input.keyOf(row));
                    values = row.toArray();
                    if (old == null) {
                        throw new IllegalStateException("an update of a row that is not there");
                    }
                }
                values[i] = old.get(i);
            }
        }
        return values == null ? row : Row.owning(values);
    }
}
