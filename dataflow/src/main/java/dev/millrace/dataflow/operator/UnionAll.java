package dev.millrace.dataflow.operator;

import dev.millrace.dataflow.code.CodeCache;
import dev.millrace.dataflow.code.RowCode;
import dev.millrace.dataflow.code.RowProgram;
import dev.millrace.dataflow.code.Template;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.store.Batch;
import dev.millrace.dataflow.store.Store;
import java.util.List;
import java.util.stream.IntStream;

/** ∪: {@code Δ(A ∪ B) = ΔA ∪ ΔB}, weights added. Linear, without state; O(|ΔA| + |ΔB|). */
final class UnionAll implements Operator {
    private final List<Operator> inputs;
    private final RowProgram program;
    private final RowCode copy;
    private final Batch output;
    private final WorkMeter meter;
    private int[] kept = new int[0];
    private int[] positions = new int[0];

    UnionAll(List<Operator> inputs, CodeCache cache, WorkMeter meter) {
        List<DataType> types = inputs.getFirst().types();
        this.inputs = inputs;
        this.program =
                RowProgram.copy(types, IntStream.range(0, types.size()).boxed().toList());
        this.copy = cache.get(program);
        this.output = new Batch(Store.scratch(types));
        this.meter = meter;
    }

    @Override
    public List<DataType> types() {
        return output.store().types();
    }

    @Override
    public Batch apply(Batch[] changes) {
        output.reset(output.store());
        for (Batch change : changes) {
            append(change);
        }
        meter.add(2L * output.size());
        return output;
    }

    @Override
    public void enumerate(BatchConsumer consumer) {
        inputs.forEach(input -> input.enumerate(consumer));
    }

    @Override
    public boolean hasState() {
        return false;
    }

    @Override
    public void endStep() {
        output.store().clear();
    }

    @Override
    public long memoryBytes() {
        return output.store().memoryBytes();
    }

    @Override
    public List<Template<?>> code() {
        return List.of(program);
    }

    private void append(Batch change) {
        int count = change.size();
        if (kept.length < count) {
            kept = new int[Math.max(count, kept.length * 2)];
            positions = new int[kept.length];
        }
        output.store().allocate(count, positions);
        copy.run(change.store(), change.positions(), null, null, count, kept, output.store(), positions);
        for (int i = 0; i < count; i++) {
            output.append(positions[i], change.weight(i));
        }
    }
}
