package dev.millrace.dataflow.operator;

import dev.millrace.dataflow.expression.Expression;
import dev.millrace.dataflow.row.Row;
import dev.millrace.dataflow.zset.Relation;
import dev.millrace.dataflow.zset.RowConsumer;
import dev.millrace.dataflow.zset.ZSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** π: {@code Δπ(A) = π(ΔA)}; rows that become equal add up. Linear, without state; O(|ΔA|). */
final class Project implements Operator {
    private final Relation input;
    private final Expression[] expressions;
    private final WorkMeter meter;

    Project(Relation input, List<Expression> expressions, WorkMeter meter) {
        this.input = input;
        this.expressions = expressions.toArray(Expression[]::new);
        this.meter = meter;
    }

    @Override
    public ZSet apply(ZSet[] changes) {
        ZSet change = changes[0];
        ZSet output = new ZSet(change.size());
        for (int i = 0; i < change.size(); i++) {
            output.append(project(change.row(i)), change.weight(i));
        }
        meter.add(2L * change.size());
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
            consumer.accept(project(row), weight);
        });
    }

    private Row project(Row row) {
        @Nullable Object[] values = new Object[expressions.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = expressions[i].evaluate(row);
        }
        return Row.owning(values);
    }
}
