package dev.millrace.dataflow.circuit;

import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Row;
import dev.millrace.dataflow.store.Batch;
import java.util.List;
import java.util.function.Consumer;

/**
 * Rows that come from outside and are not kept: plans read them as a table of this id, but a plan that is installed late starts with nothing, and what an
 * operator without state made of a row goes with the next step. Rows are staged until the circuit's next {@link Circuit#step}. After the stream was dropped, every change is an {@link IllegalStateException}.
 */
public final class StreamInput implements Input {
    private final String id;
    private final StreamRows rows;
    private final Node node;
    private final Consumer<Input> announce;
    private boolean dropped;

    StreamInput(String id, StreamRows rows, Node node, Consumer<Input> announce) {
        this.id = id;
        this.rows = rows;
        this.node = node;
        this.announce = announce;
    }

    /** Adds a row. */
    public void insert(Row row) {
        stage();
        rows.insert(row);
    }

    /**
     * Adds many rows, given as one array for each column: {@code boolean[]}, {@code short[]}, {@code int[]}, {@code long[]}, {@code float[]}, {@code double[]}, or an
     * array of the objects that {@link DataType} names, of which null is NULL, for columns that are kept as objects. The arrays are not to be
     * written to before the next step has ended: of columns that nobody reads they are never copied.
     */
    public void insert(int count, List<?> columns) {
        stage();
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

    @Override
    public void drop() {
        dropped = true;
    }

    private void stage() {
        if (dropped) {
            throw new IllegalStateException("stream '" + id + "' was dropped");
        }
        announce.accept(this);
    }
}
