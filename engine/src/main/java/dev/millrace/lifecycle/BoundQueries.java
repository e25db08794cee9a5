package dev.millrace.lifecycle;

import dev.millrace.dataflow.circuit.Circuit;
import dev.millrace.dataflow.circuit.StepResult;
import dev.millrace.dataflow.circuit.View;
import dev.millrace.dataflow.plan.Plan;
import dev.millrace.delivery.LiveView;
import dev.millrace.error.MillraceException;
import dev.millrace.sql.binding.BoundPlan;
import dev.millrace.sql.binding.PlanBinder;
import dev.millrace.sql.binding.Template;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The queries that run for many values at once.
 *
 * <p>A query with parameters does from its first binding on. One whose values are constants of its text does when another that differs in nothing but these values is
 * live: the index by which its rows are found then serves at least two, and all that come later. The first keeps the filter that it has, which costs no state.
 */
final class BoundQueries {
    private final Circuit circuit;
    private final Consumer<StepResult> stepped;
    private final Map<Plan, BoundQuery> byTemplate = new HashMap<>();
    private final IdentityHashMap<View, BoundQuery> byView = new IdentityHashMap<>();
    private final IdentityHashMap<LiveView, BoundQuery.Binding> bindings = new IdentityHashMap<>();
    /** The plans with inlined values that run by themselves, by template, each with how many do. */
    private final Map<Plan, Map<Plan, Integer>> alone = new HashMap<>();

    private long created;

    /** @param stepped is given what a step did that a binding's coming or going took */
    BoundQueries(Circuit circuit, Consumer<StepResult> stepped) {
        this.circuit = circuit;
        this.stepped = stepped;
    }

    /** The columns of a table of bindings, for those who show plans; an empty list if it is another table. */
    List<String> columnNames(String table) {
        return byTemplate.values().stream()
                .filter(query -> query.bindings().id().equals(table))
                .findFirst()
                .map(query -> BoundPlan.columnNames(query.bindings()))
                .orElse(List.of());
    }

    /**
     * What a query watches if it runs together with others; nothing if it is to run by itself.
     *
     * @throws MillraceException the error that stopped it, if its rows did
     */
    Optional<LiveView> attach(Preparation prepared) {
        return prepared.template()
                .flatMap(template -> shared(prepared, template))
                .map(query -> {
                    boolean attached = false;
                    try {
                        BoundQuery.Binding binding = query.attach(prepared.values(), stepped);
                        binding.live().failure().ifPresent(failure -> {
                            throw failure;
                        });
                        attached = true;
                        bindings.put(binding.live(), binding);
                        return binding.live();
                    } finally {
                        if (!attached) {
                            removeIfEmpty(query);
                        }
                    }
                });
    }

    private Optional<BoundQuery> shared(Preparation prepared, Template template) {
        BoundQuery running = byTemplate.get(template.plan());
        if (running != null) {
            return Optional.of(running);
        }
        if (prepared.inlined()) {
            Map<Plan, Integer> others = alone.getOrDefault(template.plan(), Map.of());
            if (others.isEmpty() || others.containsKey(prepared.plan())) {
                return Optional.empty();
            }
        }
        String table = BoundPlan.tableId(++created);
        return switch (PlanBinder.bind(template.plan(), template.types(), table)) {
            case BoundPlan.Apart _ -> Optional.empty();
            case BoundPlan.Shared plan -> {
                BoundQuery query = new BoundQuery(circuit, template.plan(), plan, prepared.tables());
                byTemplate.put(template.plan(), query);
                byView.put(query.view(), query);
                yield Optional.of(query);
            }
        };
    }

    /** Notes that a query runs by itself; {@link #endedAlone} is to follow. */
    void startedAlone(Preparation prepared) {
        if (prepared.inlined()) {
            prepared.template()
                    .ifPresent(template -> alone.computeIfAbsent(template.plan(), _ -> new HashMap<>())
                            .merge(prepared.plan(), 1, Integer::sum));
        }
    }

    void endedAlone(Preparation prepared) {
        if (prepared.inlined()) {
            prepared.template()
                    .ifPresent(template -> alone.computeIfPresent(template.plan(), (_, plans) -> {
                        plans.computeIfPresent(prepared.plan(), (_, count) -> count == 1 ? null : count - 1);
                        return plans.isEmpty() ? null : plans;
                    }));
        }
    }

    /** Takes one {@link #attach} back. Returns whether this is a binding. */
    boolean detach(LiveView live) {
        BoundQuery.Binding binding = bindings.get(live);
        if (binding == null) {
            return false;
        }
        BoundQuery query = binding.query();
        if (query.detach(binding, stepped)) {
            bindings.remove(live);
        }
        removeIfEmpty(query);
        return true;
    }

    /** The query that has this view, if one does. */
    @Nullable
    BoundQuery of(View view) {
        return byView.get(view);
    }

    Collection<BoundQuery> all() {
        return byTemplate.values();
    }

    /** Forgets a query that failed; who still holds a binding of it holds nothing any more. */
    void remove(BoundQuery query) {
        query.live().forEach(bindings::remove);
        forget(query);
    }

    private void removeIfEmpty(BoundQuery query) {
        if (query.isEmpty() && byView.containsKey(query.view())) {
            forget(query);
        }
    }

    private void forget(BoundQuery query) {
        byTemplate.remove(query.template());
        byView.remove(query.view());
        query.close();
    }
}
