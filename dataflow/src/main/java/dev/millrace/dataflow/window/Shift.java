package dev.millrace.dataflow.window;

import dev.millrace.dataflow.plan.WindowCall.Shifted;

/** {@code lag} and {@code lead}: a change reaches the rows between its place and the row that reads it. */
final class Shift extends Evaluator {
    private final Shifted call;
    private final int column;
    private final Cells cells;
    private final Ranks others;
    private final Intervals reached = new Intervals();

    Shift(Shifted call, int column, WindowRows rows) {
        super(rows);
        this.call = call;
        this.column = column;
        this.cells = new Cells(call.type());
        this.others = new Ranks(rows.order());
    }

    @Override
    void evaluate(PartitionChange change) {
        ranks.begin(change);
        others.begin(change);
        reached.clear();
        long size = change.size();
        if (change.isNew()) {
            reached.add(0, size);
        }
        long distance = Math.clamp(call.distance(), -size, size);
        for (int i = 0; i < change.count(); i++) {
            long place = change.place(i);
            reached.add(
                    Math.max(0, Math.min(place, place - distance)),
                    Math.min(size, Math.max(place, place - distance) + 1));
        }
        for (int i = 0; i < reached.count(); i++) {
            for (long rank = reached.from(i); rank < reached.to(i); rank++) {
                write(ranks.at(rank), rank + distance, size);
            }
        }
    }

    private void write(int entry, long other, long size) {
        if (other >= 0 && other < size) {
            rows.write(entry, column, cells, rows.store(), others.at(other), call.column());
        } else if (call.otherwise().isPresent()) {
            rows.write(
                    entry, column, cells, rows.store(), entry, call.otherwise().get());
        } else {
            rows.writeNull(entry, column);
        }
    }
}
