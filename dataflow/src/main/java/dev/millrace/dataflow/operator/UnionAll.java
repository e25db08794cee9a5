package dev.millrace.dataflow.operator;

import dev.millrace.dataflow.zset.Relation;
import dev.millrace.dataflow.zset.RowConsumer;
import dev.millrace.dataflow.zset.ZSet;
import java.util.List;

/** Sum of the inputs: {@code Δ(A + B) = ΔA + ΔB}. Linear, without state; O(|ΔA| + |ΔB|). */
final class UnionAll implements Operator {
    private final List<? extends Relation> inputs;
    private final WorkMeter meter;

    UnionAll(List<? extends Relation> inputs, WorkMeter meter) {
        this.inputs = inputs;
        this.meter = meter;
    }

    @Override
    public ZSet apply(ZSet[] changes) {
        ZSet output = new ZSet();
        for (ZSet change : changes) {
            output.addAll(change);
        }
        meter.add(2L * output.size());
        return output;
    }

    @Override
    public boolean hasState() {
        return false;
    }

    @Override
    public void forEach(RowConsumer consumer) {
        inputs.forEach(input -> input.forEach((row, weight) -> {
            meter.add(1);
            consumer.accept(row, weight);
        }));
    }
}
