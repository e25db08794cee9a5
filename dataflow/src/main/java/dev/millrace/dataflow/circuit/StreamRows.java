package dev.millrace.dataflow.circuit;

import dev.millrace.dataflow.code.Template;
import dev.millrace.dataflow.operator.BatchConsumer;
import dev.millrace.dataflow.operator.Operator;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Row;
import dev.millrace.dataflow.store.Batch;
import dev.millrace.dataflow.store.Store;
import java.util.List;

/** The rows that came into a stream since the last step; after the next they are gone. */
final class StreamRows implements Operator {
    private final Store rows;
    private final Batch staged;
    private int[] positions = new int[0];
    private boolean running;

    StreamRows(List<DataType> types) {
        this.rows = Store.scratch(types);
        this.staged = new Batch(rows);
    }

    void insert(Row row) {
        staged.append(rows.append(row), 1);
    }

    /** Adds many rows, given as one array for each column, as {@link Store#append(int, List, int[])} takes them. */
    void insert(int count, List<?> columns) {
        if (positions.length < count) {
            positions = new int[Math.max(count, positions.length * 2)];
        }
        rows.append(count, columns, positions);
        staged.appendAll(positions, count);
    }

    boolean hasStaged() {
        return !staged.isEmpty() && !running;
    }

    /** What came since this was last called; holds until {@link #endStep}. */
    Batch takeStaged() {
        running = !staged.isEmpty();
        return staged;
    }

    @Override
    public List<DataType> types() {
        return rows.types();
    }

    @Override
    public Batch apply(Batch[] changes) {
        return changes[0];
    }

    @Override
    public void enumerate(BatchConsumer consumer) {
        // What came before is not kept, so who comes late starts with nothing.
    }

    @Override
    public boolean hasState() {
        return false;
    }

    @Override
    public boolean isAppendOnly() {
        return true;
    }

    @Override
    public boolean isTransient() {
        return true;
    }

    @Override
    public void endStep() {
        rows.clear();
        staged.reset(rows);
        running = false;
    }

    @Override
    public long memoryBytes() {
        return rows.memoryBytes();
    }

    @Override
    public List<Template<?>> code() {
        return List.of();
    }
}
