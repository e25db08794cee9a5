package dev.millrace.dataflow.operator;

import dev.millrace.dataflow.expression.Expression;
import dev.millrace.dataflow.zset.Relation;
import dev.millrace.dataflow.zset.RowConsumer;
import dev.millrace.dataflow.zset.ZSet;

/** σ: {@code Δσ(A) = σ(ΔA)}. Linear, without state; O(|ΔA|). */
final class Filter implements Operator {
    private final Relation input;
    private final Expression condition;
    private final WorkMeter meter;

    Filter(Relation input, Expression condition, WorkMeter meter) {
        this.input = input;
        this.condition = condition;
        this.meter = meter;
    }

    @Override
    public ZSet apply(ZSet[] changes) {
        ZSet change = changes[0];
        ZSet output = new ZSet();
        for (int i = 0; i < change.size(); i++) {
            if (condition.isTrue(change.row(i))) {
                output.append(change.row(i), change.weight(i));
            }
        }
        meter.add(change.size() + output.size());
        return output;
    }

    @Override
    public boolean hasState() {
        return false;
    }

    @Override
    public void forEach(RowConsumer consumer) {
        input.forEach((row, weight) -> {
            meter.add(1);
            if (condition.isTrue(row)) {
                consumer.accept(row, weight);
            }
        });
    }
}
