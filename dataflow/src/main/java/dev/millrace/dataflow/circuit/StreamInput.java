package dev.millrace.dataflow.circuit;

import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Row;
import dev.millrace.dataflow.store.Batch;
import java.util.List;
import java.util.function.Consumer;

/**
 * Rows that come from outside and are not kept: plans read them as a table of this id, but a plan that is installed late starts with nothing, and what an
 * operator without state made of a row goes with the next step. Rows are staged until the circuit's next {@link Circuit#step}.
 */
public final class StreamInput implements Input {
    private final StreamRows rows;
    private final Node node;
    private final Consumer<Input> announce;

    StreamInput(StreamRows rows, Node node, Consumer<Input> announce) {
        this.rows = rows;
        this.node = node;
        this.announce = announce;
    }

    /** Adds a row. */
    public void insert(Row row) {
        announce.accept(this);
        rows.insert(row);
    }

    /**
     * Adds many rows, given as one array for each column: {@code boolean[]}, {@code short[]}, {@code int[]}, {@code long[]}, {@code float[]}, {@code double[]}, or an
     * array of the objects that {@link DataType} names, of which null is NULL. The arrays are copied.
     */
    public void insert(int count, List<?> columns) {
        announce.accept(this);
        rows.insert(count, columns);
    }

    @Override
    public Node node() {
        return node;
    }

    @Override
    public boolean hasStaged() {
        return rows.hasStaged();
    }

    @Override
    public Batch takeStaged() {
        return rows.takeStaged();
    }
}
