package dev.millrace.dataflow.window;

/** {@code ntile}: the parts depend on the partition's size, so a change of it may reach all rows. */
final class Tiles extends Evaluator {
    private final int parts;
    private final int column;

    Tiles(int parts, int column, WindowRows rows) {
        super(rows);
        this.parts = parts;
        this.column = column;
    }

    @Override
    void evaluate(PartitionChange change) {
        ranks.begin(change);
        long length = change.size() / parts;
        long longer = change.size() % parts;
        long inLonger = longer * (length + 1);
        for (long rank = 0; rank < change.size(); rank++) {
            long part = rank < inLonger ? rank / (length + 1) : longer + (rank - inLonger) / length;
            rows.write(ranks.at(rank), column, (int) part + 1);
        }
    }
}
