package dev.millrace.dataflow.circuit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.row.Row;
import dev.millrace.dataflow.zset.ZSet;
import dev.millrace.error.MillraceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
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

    @Property(tries = 500, shrinking = ShrinkingMode.OFF)
    void a_view_fails_exactly_when_its_recomputation_does(@ForAll long seed) {
        Random random = new Random(seed);
        Circuit circuit = new Circuit();
        TestTables tables = new TestTables(circuit);
        RandomChanges changes = new RandomChanges(random);
        Plan plan = new RandomPlans(random, true).plan();
        Plan bystander = new RandomPlans(random, false).plan();
        View healthy = circuit.install(bystander);
        int nodesOfBystander = circuit.nodeCount();
        for (int round = 0; round < 3; round++) {
            if (fails(tables, plan)) {
                assertThrows(MillraceException.class, () -> circuit.install(plan), plan::toString);
                assertEquals(nodesOfBystander, circuit.nodeCount());
                changes.apply(tables, 4);
                circuit.step();
                continue;
            }
            View view = circuit.install(plan);
            for (int step = 0; step < 5 && view.failure() == null; step++) {
                List<Change> applied = changes.apply(tables, 1 + random.nextInt(4));
                StepResult result = circuit.step();
                assertEquals(fails(tables, plan), view.failure() != null, () -> plan + " after " + applied);
                if (view.failure() == null) {
                    Rows.assertSame(tables.evaluate(plan), view.rows(), plan);
                } else {
                    assertEquals(List.of(view), result.failed());
                    assertEquals(nodesOfBystander, circuit.nodeCount());
                    assertThrows(IllegalStateException.class, view::rows);
                }
                Rows.assertSame(tables.evaluate(bystander), healthy.rows(), bystander);
            }
            circuit.release(view);
        }
        assertNull(healthy.failure());
        assertEquals(nodesOfBystander, circuit.nodeCount());
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
        List<String> entries = new ArrayList<>();
        for (int i = 0; i < delta.size(); i++) {
            entries.add(delta.row(i) + ": " + delta.weight(i));
        }
        entries.sort(null);
        return entries.toString();
    }
}
