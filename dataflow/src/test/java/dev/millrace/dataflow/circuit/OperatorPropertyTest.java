package dev.millrace.dataflow.circuit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.dataflow.failure.DataError;
import dev.millrace.dataflow.operator.Sharding;
import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.row.Row;
import dev.millrace.dataflow.zset.ZSet;
import dev.millrace.error.MillraceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** What every plan keeps to, whatever the changes. The seed makes plan and changes. */
class OperatorPropertyTest {
    @Property(tries = 1500, shrinking = ShrinkingMode.OFF)
    void view_equals_recomputation_after_each_step(@ForAll RandomPlans.Root root, @ForAll long seed) {
        Random random = new Random(seed);
        Circuit circuit = new Circuit();
        TestTables tables = new TestTables(circuit);
        RandomChanges changes = new RandomChanges(random);
        Plan plan = new RandomPlans(random, false).plan(root);
        if (random.nextBoolean()) {
            changes.apply(tables, 10);
            circuit.step();
        }
        View view = circuit.install(plan);
        Rows.assertSame(tables.evaluate(plan), view.rows(), plan);
        for (int step = 0; step < 6; step++) {
            List<Row> before = view.rows();
            List<Change> applied = changes.apply(tables, 1 + random.nextInt(5));
            StepResult result = circuit.step();
            assertTrue(result.failed().isEmpty(), () -> plan + " failed: " + view.failure());
            ZSet delta = onlyDelta(result);
            circuit.validate();
            Rows.assertSame(tables.evaluate(plan), view.rows(), plan + " after " + applied);
            assertEquals(view.size(), view.rows().size());
            Rows.assertLeads(before, delta, view.rows(), plan);
        }
    }

    @Property(tries = 1000, shrinking = ShrinkingMode.OFF)
    void a_view_is_in_error_exactly_while_its_recomputation_fails(@ForAll RandomPlans.Root root, @ForAll long seed) {
        Random random = new Random(seed);
        Circuit circuit = new Circuit();
        TestTables tables = new TestTables(circuit);
        RandomChanges changes = new RandomChanges(random);
        Plan plan = new RandomPlans(random, true).plan(root);
        Plan bystander = new RandomPlans(random, false).plan();
        View healthy = circuit.install(bystander);
        changes.apply(tables, 6);
        circuit.step();
        View view = circuit.install(plan);
        assertEquals(fails(tables, plan), view.error().isPresent(), () -> "installed " + plan);
        for (int step = 0; step < 12; step++) {
            boolean wasInError = view.error().isPresent();
            List<Row> before = view.rows();
            List<Change> applied = changes.apply(tables, 1 + random.nextInt(4));
            StepResult result = circuit.step();
            assertEquals(List.of(), result.failed(), () -> plan + " failed: " + view.failure());
            ZSet delta = deltaOf(view, result);
            boolean fails = fails(tables, plan);
            assertEquals(fails, view.error().isPresent(), () -> plan + " after " + applied + ": " + view.error());
            assertEquals(fails, view.errorCount() > 0);
            assertEquals(fails != wasInError ? List.of(view) : List.of(), result.turned());
            circuit.validate();
            Rows.assertLeads(before, delta, view.rows(), plan);
            if (!fails) {
                Rows.assertSame(tables.evaluate(plan), view.rows(), plan);
            }
            Rows.assertSame(tables.evaluate(bystander), healthy.rows(), bystander);
            assertEquals(Optional.empty(), healthy.error());
        }
    }

    @Property(tries = 500, shrinking = ShrinkingMode.OFF)
    void errors_do_not_depend_on_steps_shards_or_when_a_view_is_installed(@ForAll long seed) {
        Random random = new Random(seed);
        Plan plan = new RandomPlans(random, true).plan();
        List<Change> changes = new RandomChanges(random).apply(new TestTables(new Circuit()), 20);
        List<String> errors = new ArrayList<>();
        List<Sharding> shardings = List.of(Sharding.NONE, new Sharding(2, 1, 2), new Sharding(3, 2, 0));
        for (int stepSize : List.of(1, 3, 20)) {
            Circuit circuit = new Circuit(shardings.get(stepSize % shardings.size()));
            TestTables tables = new TestTables(circuit);
            View view = circuit.install(plan);
            for (int i = 0; i < changes.size(); i++) {
                tables.apply(changes.get(i));
                if ((i + 1) % stepSize == 0 || i + 1 == changes.size()) {
                    circuit.step();
                }
            }
            circuit.validate();
            errors.add(errors(view));
            circuit.release(view);
            View late = circuit.install(plan);
            errors.add(errors(late));
        }
        assertEquals(1, Set.copyOf(errors).size(), () -> plan + ": " + errors);
    }

    @Property(tries = 500, shrinking = ShrinkingMode.OFF)
    void any_split_into_steps_gives_the_same_result_and_sum_of_deltas(@ForAll long seed) {
        Random random = new Random(seed);
        Plan plan = new RandomPlans(random, false).plan();
        Circuit recorded = new Circuit();
        List<Change> changes = new RandomChanges(random).apply(new TestTables(recorded), 20);
        List<String> deltas = new ArrayList<>();
        List<List<String>> results = new ArrayList<>();
        for (int stepSize : List.of(1, 3, 20)) {
            Circuit circuit = new Circuit();
            TestTables tables = new TestTables(circuit);
            View view = circuit.install(plan);
            ZSet sum = new ZSet();
            for (int i = 0; i < changes.size(); i++) {
                tables.apply(changes.get(i));
                if ((i + 1) % stepSize == 0 || i + 1 == changes.size()) {
                    sum.addAll(onlyDelta(circuit.step()));
                }
            }
            results.add(Rows.shown(view.rows()));
            deltas.add(sorted(sum.consolidate()));
        }
        assertEquals(List.of(results.getFirst(), results.getFirst()), results.subList(1, 3), plan::toString);
        assertEquals(List.of(deltas.getFirst(), deltas.getFirst()), deltas.subList(1, 3), plan::toString);
    }

    @Property(tries = 500, shrinking = ShrinkingMode.OFF)
    void late_installation_equals_early_installation(@ForAll long seed) {
        Random random = new Random(seed);
        Plan plan = new RandomPlans(random, false).plan();
        Circuit early = new Circuit();
        Circuit late = new Circuit();
        TestTables earlyTables = new TestTables(early);
        TestTables lateTables = new TestTables(late);
        View earlyView = early.install(plan);
        for (int step = 0; step < 3; step++) {
            new RandomChanges(random).apply(earlyTables, 5).forEach(lateTables::apply);
            early.step();
            late.step();
        }
        View lateView = late.install(plan);
        for (int step = 0; step < 3; step++) {
            Rows.assertSame(earlyView.rows(), lateView.rows(), plan);
            new RandomChanges(random).apply(earlyTables, 3).forEach(lateTables::apply);
            assertEquals(sorted(onlyDelta(early.step())), sorted(onlyDelta(late.step())), plan::toString);
        }
    }

    @Property(tries = 500, shrinking = ShrinkingMode.OFF)
    void insert_then_delete_leaves_nothing(@ForAll long seed) {
        Random random = new Random(seed);
        Circuit circuit = new Circuit();
        TestTables tables = new TestTables(circuit);
        Plan plan = new RandomPlans(random, false).plan();
        View view = circuit.install(plan);
        List<String> empty = Rows.shown(view.rows());
        ZSet sum = new ZSet();
        for (int step = 0; step < 4; step++) {
            new RandomChanges(random).apply(tables, 4);
            sum.addAll(onlyDelta(circuit.step()));
        }
        for (Plan.Table table : TestTables.ALL) {
            while (!tables.rows(table).isEmpty()) {
                List<Row> rows = tables.rows(table);
                tables.apply(new Change.Delete(table, rows.get(random.nextInt(rows.size()))));
                sum.addAll(onlyDelta(circuit.step()));
            }
        }
        assertEquals(empty, Rows.shown(view.rows()), plan::toString);
        assertEquals("{}", sum.consolidate().toString(), plan::toString);
    }

    @Property(tries = 500, shrinking = ShrinkingMode.OFF)
    void queries_that_share_come_and_go_without_harm_to_others(@ForAll long seed) {
        Random random = new Random(seed);
        Circuit circuit = new Circuit();
        TestTables tables = new TestTables(circuit);
        RandomChanges changes = new RandomChanges(random);
        RandomPlans plans = new RandomPlans(random, false);
        Plan shared = plans.plan();
        List<Plan> candidates =
                List.of(shared, new Plan.Distinct(shared), new Plan.UnionAll(List.of(shared, shared)), plans.plan());
        List<View> installed = new ArrayList<>();
        for (int round = 0; round < 12; round++) {
            if (installed.isEmpty() || random.nextInt(3) > 0) {
                installed.add(circuit.install(candidates.get(random.nextInt(candidates.size()))));
            } else {
                circuit.release(installed.remove(random.nextInt(installed.size())));
            }
            changes.apply(tables, 2);
            circuit.step();
            installed.forEach(view -> Rows.assertSame(tables.evaluate(view.plan()), view.rows(), view.plan()));
        }
        installed.forEach(circuit::release);
        assertEquals(0, circuit.nodeCount());
    }

    private static boolean fails(TestTables tables, Plan plan) {
        try {
            tables.evaluate(plan);
            return false;
        } catch (MillraceException expected) {
            return true;
        }
    }

    /** In the rows of a recursion's errors are ranks, which are none of the result. */
    private static String errors(View view) {
        boolean ranked = view.plan().toString().contains("Fixpoint[");
        String first = ranked
                ? view.error().map(DataError::message).toString()
                : view.error().toString();
        return first + " of " + view.errorCount() + ": " + Rows.shown(view.rows());
    }

    private static ZSet deltaOf(View view, StepResult result) {
        ZSet delta = new ZSet();
        result.deltas().stream().filter(each -> each.view().equals(view)).forEach(each -> delta.addAll(each.delta()));
        return delta;
    }

    private static ZSet onlyDelta(StepResult result) {
        assertTrue(result.deltas().size() <= 1);
        for (ViewDelta changed : result.deltas()) {
            assertFalse(changed.delta().isEmpty());
        }
        return result.deltas().isEmpty()
                ? new ZSet()
                : result.deltas().getFirst().delta();
    }

    private static String sorted(ZSet delta) {
        return entries(delta).toString();
    }

    /** The entries as text, sorted. */
    static List<String> entries(ZSet delta) {
        List<String> entries = new ArrayList<>();
        for (int i = 0; i < delta.size(); i++) {
            entries.add(delta.row(i) + ": " + delta.weight(i));
        }
        entries.sort(null);
        return entries;
    }
}
