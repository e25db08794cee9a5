package dev.millrace.lifecycle;

import dev.millrace.dataflow.circuit.Circuit;
import dev.millrace.dataflow.circuit.StepResult;
import dev.millrace.dataflow.circuit.TableInput;
import dev.millrace.dataflow.circuit.View;
import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.row.Row;
import dev.millrace.dataflow.zset.ZSet;
import dev.millrace.delivery.LiveView;
import dev.millrace.sql.binding.BoundPlan;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One circuit for all values of a query's parameters. A binding, that is a different set of values which somebody watches, is a row of a table of the circuit: it comes with the first
 * who watches and goes with the last, each in a step with nothing else in it. What changes for a binding is found by its number in the view's rows, so a change costs what it
 * changes, however many bindings there are.
 */
final class BoundQuery {
    private final Circuit circuit;
    private final Set<String> tables;
    private final Plan template;
    private final Plan.Table table;
    private final TableInput bindings;
    private final View view;
    private final int numberColumn;
    private final Map<ExactRow, Binding> byValues = new HashMap<>();
    private final Map<Long, Binding> byNumber = new HashMap<>();
    private long lastNumber;

    /** A set of values, and how many watch it. */
    static final class Binding {
        private final BoundQuery query;
        private final long number;
        private final ExactRow values;
        private final LiveView live;
        private int uses;

        private Binding(BoundQuery query, long number, ExactRow values) {
            this.query = query;
            this.number = number;
            this.values = values;
            this.live = new LiveView(query.view, Row.of(number), query.tables);
        }

        LiveView live() {
            return live;
        }

        BoundQuery query() {
            return query;
        }
    }

    BoundQuery(Circuit circuit, Plan template, BoundPlan.Shared plan, Set<String> tables) {
        this.circuit = circuit;
        this.tables = tables;
        this.template = template;
        this.table = plan.bindings();
        this.bindings = circuit.createTable(table.id(), table.types(), List.of(0));
        this.numberColumn = plan.binding();
        boolean installed = false;
        try {
            this.view = circuit.install(plan.plan(), List.of(numberColumn));
            installed = true;
        } finally {
            if (!installed) {
                circuit.dropTable(table.id());
            }
        }
    }

    Plan template() {
        return template;
    }

    Plan.Table bindings() {
        return table;
    }

    View view() {
        return view;
    }

    Set<String> tables() {
        return tables;
    }

    Collection<LiveView> live() {
        return byNumber.values().stream().map(Binding::live).toList();
    }

    /** The bindings that have a data error since the last step, or have none any more. */
    Stream<LiveView> turned() {
        return view.turnedKeys()
                .map(keys -> keys.stream()
                        .flatMap(key -> Stream.ofNullable(byNumber.get(number(key, 0))))
                        .map(Binding::live))
                .orElseGet(() -> live().stream());
    }

    private static @Nullable Long number(Row row, int column) {
        return row.get(column) instanceof Long number ? number : null;
    }

    boolean isEmpty() {
        return byNumber.isEmpty();
    }

    /** The binding of these values, which is to be {@linkplain #detach detached}. A new one's result is what the step brings; that of others stays as it is. */
    Binding attach(Row values, Consumer<StepResult> stepped) {
        Binding binding = byValues.get(new ExactRow(values));
        if (binding == null) {
            binding = new Binding(this, ++lastNumber, new ExactRow(values));
            byValues.put(binding.values, binding);
            byNumber.put(binding.number, binding);
            bindings.insert(Row.of(binding.number).concat(values));
            stepped.accept(circuit.step());
        }
        binding.uses++;
        return binding;
    }

    /** With the last use the binding goes, and all that is kept for it. Returns whether this was the last. */
    boolean detach(Binding binding, Consumer<StepResult> stepped) {
        if (--binding.uses > 0) {
            return false;
        }
        byNumber.remove(binding.number);
        byValues.remove(binding.values);
        bindings.delete(Row.of(binding.number));
        stepped.accept(circuit.step());
        return true;
    }

    /** A change of the view, by binding. */
    void forEach(ZSet delta, BiConsumer<LiveView, ZSet> consumer) {
        Map<Long, ZSet> parts = new HashMap<>();
        for (int i = 0; i < delta.size(); i++) {
            Row row = delta.row(i);
            Long number = number(row, numberColumn);
            if (number != null) {
                parts.computeIfAbsent(number, _ -> new ZSet()).append(row, delta.weight(i));
            }
        }
        parts.forEach((number, part) -> {
            Binding binding = byNumber.get(number);
            if (binding != null) {
                consumer.accept(binding.live, part);
            }
        });
    }

    /** Frees the circuit. No binding is left, or they have all been told that it failed. */
    void close() {
        while (view.uses() > 0) {
            circuit.release(view);
        }
        circuit.dropTable(table.id());
        byNumber.clear();
        byValues.clear();
    }
}
