package dev.millrace.dataflow.operator;

import dev.millrace.dataflow.code.Template;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.store.Batch;
import java.util.List;
import java.util.function.Consumer;

/** The recursive rows as the first operators of a {@link RecursiveStep} see them. Their keeper holds them. */
final class RowsSoFar implements Operator {
    private final List<DataType> types;
    private final Consumer<BatchConsumer> rows;

    /** @param rows gives all rows, as {@link #enumerate} does */
    RowsSoFar(List<DataType> types, Consumer<BatchConsumer> rows) {
        this.types = types;
        this.rows = rows;
    }

    @Override
    public List<DataType> types() {
        return types;
    }

    @Override
    public Batch apply(Batch[] changes) {
        return changes[0];
    }

    @Override
    public void enumerate(BatchConsumer consumer) {
        rows.accept(consumer);
    }

    @Override
    public boolean hasState() {
        return false;
    }

    @Override
    public void endStep() {}

    @Override
    public long memoryBytes() {
        return 0;
    }

    @Override
    public List<Template<?>> code() {
        return List.of();
    }
}
