package dev.millrace.dataflow.window;

import dev.millrace.dataflow.plan.WindowCall.Ranking;
import dev.millrace.dataflow.store.Pages;

/**
 * {@code row_number}, {@code rank} and {@code dense_rank}: each follows from the row before. A change reaches the rows from its place to the first that keeps its number, up to the
 * next change; as for {@code rank}, that must be the first of its peers, as the others only repeat it, and as many rows as before must be before it.
 */
final class Numbers extends Evaluator {
    private final Ranking.Kind kind;
    private final int column;

    Numbers(Ranking.Kind kind, int column, WindowRows rows) {
        super(rows);
        this.kind = kind;
        this.column = column;
    }

    @Override
    void evaluate(PartitionChange change) {
        ranks.begin(change);
        if (change.isNew()) {
            number(change, 0, 0);
        }
        for (int next = 0; next < change.count(); ) {
            next = number(change, change.place(next), next);
        }
    }

    /** Numbers from a rank on; gives the first change that is still to be followed. */
    private int number(PartitionChange change, long from, int firstChange) {
        int next = firstChange;
        int moved = 0;
        int before = from > 0 && from < change.size() ? ranks.at(from - 1) : -1;
        for (long rank = from; rank < change.size(); rank++) {
            while (next < change.count() && change.place(next) <= rank) {
                moved += change.isInserted(next++) ? 1 : -1;
            }
            int entry = ranks.at(rank);
            boolean repeats = kind != Ranking.Kind.ROW_NUMBER && before >= 0 && rows.arePeers(before, entry);
            boolean kept = rows.write(entry, column, number(rank, before, repeats));
            if (kept && (kind != Ranking.Kind.RANK || (moved == 0 && !repeats))) {
                return next;
            }
            before = entry;
        }
        return change.count();
    }

    private long number(long rank, int before, boolean repeats) {
        return switch (kind) {
            case ROW_NUMBER -> rank + 1;
            case RANK -> repeats ? value(before) : rank + 1;
            default -> before < 0 ? 1 : value(before) + (repeats ? 0 : 1);
        };
    }

    private long value(int entry) {
        int slot = rows.store().slot(entry);
        return rows.store().longs(column)[slot >>> Pages.SHIFT][slot & Pages.MASK];
    }
}
