package dev.millrace.dataflow.circuit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.dataflow.operator.Sharding;
import dev.millrace.dataflow.plan.Plan;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** What holds of plans over tables holds over streams too, and where some are tables and some are streams: what operators do not keep because nothing is ever taken back is not missed. */
class StreamPropertyTest {
    private static final List<Sharding> SHARDINGS =
            List.of(Sharding.NONE, new Sharding(2, 1, 2), new Sharding(3, 2, 0));

    @Property(tries = 1500, shrinking = ShrinkingMode.OFF)
    void a_view_over_streams_equals_recomputation_from_all_that_came(@ForAll RandomPlans.Root root, @ForAll long seed) {
        Random random = new Random(seed);
        Circuit circuit = new Circuit(SHARDINGS.get(random.nextInt(SHARDINGS.size())));
        TestTables tables = new TestTables(circuit, streams(random));
        RandomChanges changes = new RandomChanges(random);
        Plan plan = new RandomPlans(random, false).plan(root);
        View view = circuit.install(plan);
        for (int step = 0; step < 6; step++) {
            List<Change> applied = changes.apply(tables, 1 + random.nextInt(8));
            StepResult result = circuit.step();
            assertTrue(result.failed().isEmpty(), () -> plan + " failed: " + view.failure());
            if (!isRecursive(plan)) {
                // A recursion's check derives its rows again from all that came.
                circuit.validate();
            }
            Rows.assertSame(tables.evaluate(plan), view.rows(), plan + " after " + applied);
            assertEquals(view.size(), view.rows().size());
        }
        circuit.release(view);
        assertEquals(0, circuit.nodeCount());
    }

    private static boolean isRecursive(Plan plan) {
        return plan instanceof Plan.Fixpoint || plan.inputs().stream().anyMatch(StreamPropertyTest::isRecursive);
    }

    private static Set<Plan.Table> streams(Random random) {
        return TestTables.ALL.stream().filter(table -> random.nextInt(3) > 0).collect(Collectors.toSet());
    }
}
