package dev.millrace.dataflow.operator;

import dev.millrace.dataflow.code.CodeCache;
import dev.millrace.dataflow.code.Template;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.store.Batch;
import dev.millrace.dataflow.store.Parts;
import java.util.Arrays;
import java.util.List;

/** ∪: {@code Δ(A ∪ B) = ΔA ∪ ΔB}, weights added. Linear, without state; the parts of its inputs' changes are those of its own, and nothing is copied. */
final class UnionAll implements PartedOperator {
    private final List<Operator> inputs;
    private final Parts output = new Parts();
    private final Merger whole;
    private final WorkMeter meter;

    UnionAll(List<Operator> inputs, CodeCache cache, WorkMeter meter) {
        this.inputs = inputs;
        this.whole = new Merger(inputs.getFirst().types(), cache);
        this.meter = meter;
    }

    @Override
    public List<DataType> types() {
        return inputs.getFirst().types();
    }

    @Override
    public Parts apply(Parts[] changes) {
        output.clear();
        for (Parts change : changes) {
            for (int part = 0; part < change.count(); part++) {
                if (!change.part(part).isEmpty()) {
                    output.add(change.part(part));
                    meter.add(change.part(part).size());
                }
            }
        }
        return output;
    }

    @Override
    public Batch apply(Batch[] changes) {
        return whole.merge(apply(Arrays.stream(changes).map(Parts::of).toArray(Parts[]::new)));
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
    public boolean isAppendOnly() {
        return inputs.stream().allMatch(Operator::isAppendOnly);
    }

    @Override
    public void endStep() {
        whole.clear();
    }

    @Override
    public long memoryBytes() {
        return 0;
    }

    @Override
    public List<Template<?>> code() {
        return List.of();
    }
}
