package dev.millrace.dataflow.operator;

import dev.millrace.dataflow.row.Row;
import dev.millrace.dataflow.zset.RowTable;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rows of one side of a join, by join key. */
final class JoinSide {
    private static final RowTable<JoinRow> NONE = new RowTable<>();

    private final Map<Row, RowTable<JoinRow>> rowsByKey = new HashMap<>();
    private final int[] columns;
    private final boolean[] nullsMatch;
    private final boolean keepsUnmatched;
    private final Row partnerNulls;

    /**
     * @param keepsUnmatched whether rows without a partner are in the join's output
     * @param partnerWidth the number of columns of the other side
     */
    JoinSide(List<Integer> columns, List<Boolean> nullsMatch, boolean keepsUnmatched, int partnerWidth) {
        this.columns = columns.stream().mapToInt(Integer::intValue).toArray();
        this.nullsMatch = new boolean[nullsMatch.size()];
        for (int i = 0; i < this.nullsMatch.length; i++) {
            this.nullsMatch[i] = nullsMatch.get(i);
        }
        this.keepsUnmatched = keepsUnmatched;
        this.partnerNulls = Row.nulls(partnerWidth);
    }

    boolean keepsUnmatched() {
        return keepsUnmatched;
    }

    /** A row of nulls as wide as the other side: the partner of rows that have none. */
    Row partnerNulls() {
        return partnerNulls;
    }

    Row keyOf(Row row) {
        return row.key(columns);
    }

    /** The rows that match this key of the other side; to be read only. */
    RowTable<JoinRow> rowsMatching(Row key) {
        @Nullable RowTable<JoinRow> rows = canMatch(key) ? rowsByKey.get(key) : null;
        return rows == null ? NONE : rows;
    }

    Collection<Map.Entry<Row, RowTable<JoinRow>>> entries() {
        return rowsByKey.entrySet();
    }

    /** Whether the row can ever be in the output. */
    boolean isOfUse(Row key) {
        return keepsUnmatched || canMatch(key);
    }

    /** Adds to a row's weight and returns its entry, which is no longer held if the weight is now 0. */
    JoinRow add(Row key, Row row, long change) {
        RowTable<JoinRow> rows = rowsByKey.computeIfAbsent(key, absent -> new RowTable<>());
        @Nullable JoinRow entry = rows.find(row);
        if (entry == null) {
            entry = new JoinRow(row);
            rows.put(entry);
        }
        entry.add(change);
        if (entry.weight() == 0) {
            rows.remove(row);
            if (rows.size() == 0) {
                rowsByKey.remove(key);
            }
        }
        return entry;
    }

    /** Whether a row with this key can have a partner: not with a null, unless nulls match in that column. */
    private boolean canMatch(Row key) {
        for (int i = 0; i < nullsMatch.length; i++) {
            if (key.get(i) == null && !nullsMatch[i]) {
                return false;
            }
        }
        return true;
    }
}
