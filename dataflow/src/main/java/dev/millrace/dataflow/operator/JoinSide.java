package dev.millrace.dataflow.operator;

import dev.millrace.dataflow.code.RowHash;
import dev.millrace.dataflow.code.RowMatch;
import dev.millrace.dataflow.index.KeyIndex;
import dev.millrace.dataflow.store.Batch;
import dev.millrace.dataflow.store.Store;
import org.jspecify.annotations.Nullable;

/**
 * One input of a {@link Join}: an arrangement, which may be that of other joins too, and how its rows find their partners in the other.
 *
 * @param counts of the matches of each row, if the join shows rows by whether they have any
 * @param hash of the key, {@link RowHash#UNMATCHED} with a NULL that matches nothing
 * @param partners finds the other side's rows for one of this
 */
record JoinSide(
        boolean isLeft, Arrangement arrangement, @Nullable MatchCounts counts, RowHash hash, RowMatch partners) {
    /** A partner whatever it does in this step. */
    static final int ANY = 0;
    /** Not one that comes in this step. */
    static final int STOOD = 1;
    /** Not one that goes in this step. */
    static final int STANDS = 2;
    /** Neither. */
    static final int STAYS = STOOD | STANDS;

    Store rows() {
        return arrangement.rows();
    }

    KeyIndex index() {
        return arrangement.index();
    }

    /** Whether an entry is of a wanted kind. */
    boolean is(int wanted, int position) {
        return ((wanted & STOOD) == 0 || !arrangement.hasCome(position))
                && ((wanted & STANDS) == 0 || !arrangement.isGoing(position));
    }

    /** Finds for each row of this side the head of the rows of the other that have its key, or -1. */
    void findPartners(JoinSide other, Batch own, int[] hashes, int[] heads) {
        hash.hash(rows(), own.positions(), own.size(), hashes);
        partners.find(rows(), own.positions(), hashes, own.size(), other.index().heads(), other.rows(), heads);
    }

    /** Lets the counts know which rows come and go. */
    void count(Batch change) {
        for (int i = 0; counts != null && i < change.size(); i++) {
            if (change.weight(i) > 0) {
                counts.add(rows(), change.position(i), change.weight(i));
            } else {
                counts.remove(rows(), change.position(i), -change.weight(i));
            }
        }
    }

    /** Finds out which rows are shown more often or less often than before the step, none if that is not asked. */
    void takeShown(Entries changed) {
        changed.clear();
        if (counts != null) {
            counts.takeChanges(rows(), changed);
        }
    }

    /** Makes room for all rows of a table. */
    void reserve() {
        if (counts != null && arrangement.isOfTable()) {
            counts.reserve(rows());
        }
    }

    long memoryBytes() {
        return counts == null ? 0 : counts.memoryBytes();
    }
}
