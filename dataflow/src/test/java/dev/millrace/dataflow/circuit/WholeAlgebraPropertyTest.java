package dev.millrace.dataflow.circuit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.row.Row;
import dev.millrace.dataflow.zset.ZSet;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Disabled;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** As {@link OperatorPropertyTest}, with semi and anti joins, flat-maps, top-k by groups and with numbers, and variance. */
@Disabled("until each plan node has an operator")
class WholeAlgebraPropertyTest {
    @Property(tries = 3000, shrinking = ShrinkingMode.OFF)
    void view_equals_recomputation_after_each_step(@ForAll RandomPlans.Root root, @ForAll long seed) {
        Random random = new Random(seed);
        Circuit circuit = new Circuit();
        TestTables tables = new TestTables(circuit);
        RandomChanges changes = new RandomChanges(random);
        Plan plan = RandomPlans.ofWholeAlgebra(random, false).plan(root);
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
            Rows.assertSame(tables.evaluate(plan), view.rows(), plan + " after " + applied);
            assertEquals(view.size(), view.rows().size());
            ZSet delta = result.deltas().isEmpty()
                    ? new ZSet()
                    : result.deltas().getFirst().delta();
            Rows.assertLeads(before, delta, view.rows(), plan);
        }
    }
}
