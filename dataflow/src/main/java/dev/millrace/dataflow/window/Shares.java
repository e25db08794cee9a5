package dev.millrace.dataflow.window;

import dev.millrace.dataflow.plan.WindowCall.Ranking;

/** {@code percent_rank} and {@code cume_dist}: shares of the partition's size, so that a change of it reaches all rows. */
final class Shares extends Evaluator {
    private final boolean cumulative;
    private final int column;
    private final Ranks ahead;

    Shares(Ranking.Kind kind, int column, WindowRows rows) {
        super(rows);
        this.cumulative = kind == Ranking.Kind.CUME_DIST;
        this.column = column;
        this.ahead = new Ranks(rows.order());
    }

    @Override
    void evaluate(PartitionChange change) {
        ranks.begin(change);
        ahead.begin(change);
        long size = change.size();
        for (long first = 0; first < size; ) {
            long behind = first + 1;
            int leader = ahead.at(first);
            while (behind < size && rows.arePeers(leader, ahead.at(behind))) {
                behind++;
            }
            double share = cumulative ? (double) behind / size : size == 1 ? 0 : (double) first / (size - 1);
            for (long rank = first; rank < behind; rank++) {
                rows.write(ranks.at(rank), column, share);
            }
            first = behind;
        }
    }
}
