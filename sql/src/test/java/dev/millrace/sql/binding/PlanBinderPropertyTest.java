package dev.millrace.sql.binding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.dataflow.circuit.Circuit;
import dev.millrace.dataflow.circuit.RandomChanges;
import dev.millrace.dataflow.circuit.RandomPlans;
import dev.millrace.dataflow.circuit.Rows;
import dev.millrace.dataflow.circuit.StepResult;
import dev.millrace.dataflow.circuit.TableInput;
import dev.millrace.dataflow.circuit.TestTables;
import dev.millrace.dataflow.circuit.View;
import dev.millrace.dataflow.circuit.ViewDelta;
import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Row;
import dev.millrace.dataflow.zset.ZSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** One circuit for all bindings gives each of them what its own would, a data error too. The seed makes plan, bindings and changes. */
class PlanBinderPropertyTest {
    private static final String BINDINGS = "bindings";

    @Property(tries = 1000, shrinking = ShrinkingMode.OFF)
    void each_binding_has_the_result_of_its_values(@ForAll RandomPlans.Root root, @ForAll long seed) {
        check(root, new Random(seed), false);
    }

    @Property(tries = 1000, shrinking = ShrinkingMode.OFF)
    void each_binding_is_in_error_just_while_its_values_are(@ForAll RandomPlans.Root root, @ForAll long seed) {
        check(root, new Random(seed), true);
    }

    private static void check(RandomPlans.Root root, Random random, boolean mayFail) {
        ParameterisedPlans plans = new ParameterisedPlans(random, mayFail);
        Plan plan = plans.plan(root);
        if (PlanBinder.bind(plan, plans.types(), BINDINGS) instanceof BoundPlan.Shared shared) {
            check(plan, plans, shared, random);
        }
    }

    /** An error below a recursion is of the binding whose row it begins with. */
    @Example
    void a_recursion_begins_with_rows_that_are_errors_of_one_binding() {
        check(RandomPlans.Root.FIXPOINT, new Random(813323090332878944L), true);
    }

    @Example
    void most_plans_can_be_bound() {
        Random random = new Random(1);
        int bound = 0;
        for (int round = 0; round < 100; round++) {
            for (RandomPlans.Root root : RandomPlans.Root.values()) {
                ParameterisedPlans plans = new ParameterisedPlans(random, false);
                Plan plan = plans.plan(root);
                bound += PlanBinder.bind(plan, plans.types(), BINDINGS) instanceof BoundPlan.Shared ? 1 : 0;
            }
        }
        int most = bound;
        assertTrue(most > 40 * RandomPlans.Root.values().length, () -> most + " of 100 for each root");
    }

    private static void check(Plan plan, ParameterisedPlans plans, BoundPlan.Shared shared, Random random) {
        Circuit circuit = new Circuit();
        TestTables tables = new TestTables(circuit);
        RandomChanges changes = new RandomChanges(random);
        TableInput bindings = circuit.createTable(BINDINGS, shared.bindings().types(), List.of(0));
        changes.apply(tables, random.nextInt(12));
        circuit.step();
        View view = circuit.install(shared.plan(), List.of(shared.binding()));
        assertEquals(plan.types(), shared.plan().types().subList(0, shared.binding()));
        assertEquals(DataType.INT8, shared.plan().types().get(shared.binding()));
        Map<Long, Row> bound = new TreeMap<>();
        Map<Long, List<Row>> results = new HashMap<>();
        Map<Row, Boolean> failing = Map.of();
        long next = 0;
        for (int step = 0; step < 8; step++) {
            boolean comesOrGoes = step == 0 || random.nextInt(2) == 0;
            if (!comesOrGoes) {
                changes.apply(tables, 1 + random.nextInt(4));
            } else if (bound.isEmpty() || random.nextInt(3) > 0) {
                bound.put(++next, plans.values());
                bindings.insert(Row.of(next).concat(bound.getOrDefault(next, Row.EMPTY)));
            } else {
                long gone = bound.keySet().stream()
                        .skip(random.nextInt(bound.size()))
                        .findFirst()
                        .orElseThrow();
                bindings.delete(Row.of(gone));
                bound.remove(gone);
                results.remove(gone);
            }
            StepResult result = circuit.step();
            assertTrue(result.failed().isEmpty(), () -> "failed: " + view.failure() + " " + shared.plan());
            Map<Row, Boolean> now = new HashMap<>();
            bound.keySet().forEach(id -> now.put(Row.of(id), view.isInError(Row.of(id))));
            assertTurned(view, result, failing, now, shared);
            failing = now;
            Map<Long, ZSet> deltas = deltas(result, shared.binding());
            for (Map.Entry<Long, Row> binding : bound.entrySet()) {
                long id = binding.getKey();
                Plan alone = new Template(plan, List.of()).alone(binding.getValue());
                View own = circuit.install(alone);
                boolean inError = own.isInError();
                circuit.release(own);
                List<Row> actual = view.rows(Row.of(id)).stream()
                        .map(row -> unbound(row, id, shared.binding()))
                        .toList();
                String context = plan + "\nof " + binding + "\nas " + shared.plan();
                assertEquals(inError, view.isInError(Row.of(id)), context);
                assertEquals(inError, view.refusal(Row.of(id)).isPresent(), context);
                if (!inError) {
                    Rows.assertSame(tables.evaluate(alone), actual, context);
                }
                Rows.assertLeads(
                        results.getOrDefault(id, List.of()), deltas.getOrDefault(id, new ZSet()), actual, context);
                results.put(id, actual);
            }
            assertEquals(
                    results.values().stream().mapToInt(List::size).sum(),
                    view.rows().size(),
                    () -> "rows of no binding: " + shared.plan());
        }
    }

    /** Whose error came or went, all of the view's or those of some keys, was told. */
    private static void assertTurned(
            View view, StepResult result, Map<Row, Boolean> before, Map<Row, Boolean> after, BoundPlan.Shared shared) {
        Set<Row> turned = new HashSet<>(before.keySet());
        turned.removeIf(key -> !after.containsKey(key) || after.get(key).equals(before.get(key)));
        if (result.turned().isEmpty()) {
            assertEquals(Set.of(), turned, () -> "not told: " + shared.plan());
        } else {
            // Others may be told that did not turn, as they have an error of the part that is the same for all.
            view.turnedKeys().ifPresent(told -> assertTrue(told.containsAll(turned), () -> "told: " + shared.plan()));
        }
    }

    private static Map<Long, ZSet> deltas(StepResult result, int column) {
        Map<Long, ZSet> deltas = new HashMap<>();
        for (ViewDelta changed : result.deltas()) {
            ZSet delta = changed.delta();
            for (int i = 0; i < delta.size(); i++) {
                Row row = delta.row(i);
                if (row.get(column) instanceof Long id) {
                    deltas.computeIfAbsent(id, _ -> new ZSet()).append(unbound(row, id, column), delta.weight(i));
                }
            }
        }
        return deltas;
    }

    private static Row unbound(Row row, long id, int column) {
        assertEquals(id, row.get(column));
        return row.project(IntStream.range(0, column).toArray());
    }
}
