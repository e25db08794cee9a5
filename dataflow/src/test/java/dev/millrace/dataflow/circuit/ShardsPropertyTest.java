package dev.millrace.dataflow.circuit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.dataflow.expression.Expression;
import dev.millrace.dataflow.failure.DataError;
import dev.millrace.dataflow.operator.Sharding;
import dev.millrace.dataflow.plan.AggregateKind;
import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.plan.Plan.AggregateCall;
import dev.millrace.dataflow.plan.Plan.JoinKey;
import dev.millrace.dataflow.plan.Plan.JoinKind;
import dev.millrace.dataflow.plan.SortKey;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Row;
import dev.millrace.dataflow.zset.ZSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** Nobody can tell by the results how many shards there are, nor whether they are worked on side by side. */
class ShardsPropertyTest {
    private static final List<DataType> TYPES = List.of(DataType.INT4, DataType.INT4);
    private static final Plan T = new Plan.Table("t", TYPES);
    private static final Plan U = new Plan.Table("u", TYPES);
    /** How many entries a large change has, in these tests. */
    private static final int LARGE = 4;

    private static final List<Sharding> SHARDINGS = List.of(
            Sharding.NONE,
            new Sharding(2, 1, LARGE),
            new Sharding(2, 2, LARGE),
            new Sharding(4, 2, LARGE),
            new Sharding(3, 4, 0));

    @Property(tries = 400, shrinking = ShrinkingMode.OFF)
    void results_do_not_depend_on_the_sharding(@ForAll RandomPlans.Root root, @ForAll long seed) {
        Plan plan = new RandomPlans(new Random(seed), false).plan(root);
        List<String> expected = run(plan, SHARDINGS.getFirst(), seed);
        for (Sharding sharding : SHARDINGS.subList(1, SHARDINGS.size())) {
            assertEquals(expected, run(plan, sharding, seed), () -> plan + " with " + sharding);
        }
    }

    @Property(tries = 20, shrinking = ShrinkingMode.OFF)
    void nor_do_those_of_steps_that_are_cut_into_slices(@ForAll JoinKind kind, @ForAll long seed) {
        List<AggregateCall> sum =
                List.of(new AggregateCall(AggregateKind.SUM, Optional.of(1), false, Optional.empty(), DataType.INT8));
        Plan join = join(T, U, kind);
        List<Plan> plans = List.of(
                new Plan.Aggregate(join, List.of(0), sum),
                new Plan.TopK(T, List.of(0), List.of(new SortKey(1, false, false)), 1, 2, false),
                new Plan.Distinct(new Plan.Project(join, List.of(column(1), column(0)))),
                join(new Plan.UnionAll(List.of(T, U)), T, JoinKind.ANTI));
        for (Plan plan : plans) {
            List<ZSet> expected = runLarge(plan, Sharding.NONE, seed);
            List<ZSet> actual = runLarge(plan, new Sharding(2, 2, LARGE), seed);
            for (int step = 0; step < expected.size(); step++) {
                ZSet difference = new ZSet();
                difference.addAll(expected.get(step));
                difference.addAll(actual.get(step).negate());
                assertEquals(0, difference.consolidate().size(), plan + ", step " + step);
            }
        }
    }

    @Example
    void an_error_in_a_shard_is_that_of_the_view_and_others_go_on() {
        Circuit circuit = new Circuit(new Sharding(4, 4, 0));
        TableInput t = circuit.createTable("t", TYPES, List.of());
        // Two of them are out of range.
        Plan large = new Plan.Project(T, List.of(column(0), new Expression.Literal(Double.MAX_VALUE, DataType.FLOAT8)));
        AggregateCall sum =
                new AggregateCall(AggregateKind.SUM, Optional.of(1), false, Optional.empty(), DataType.FLOAT8);
        View view = circuit.install(new Plan.Aggregate(large, List.of(0), List.of(sum)));
        View other = circuit.install(new Plan.Distinct(T));
        for (int i = 0; i < 1000; i++) {
            t.insert(Row.of(i, i));
        }
        t.insert(Row.of(500, 1));
        StepResult result = circuit.step();
        assertEquals(List.of(view), result.turned());
        assertEquals(Optional.of("group (500)"), view.error().map(DataError::row));
        assertEquals(999, view.rows().size());
        assertEquals(Optional.empty(), other.error());
        assertEquals(1001, other.size());
        t.delete(Row.of(500, 1));
        assertEquals(List.of(view), circuit.step().turned());
        assertEquals(Optional.empty(), view.error());
        assertEquals(1000, view.rows().size());
    }

    @Example
    void what_is_partitioned_is_shown() {
        Circuit circuit = new Circuit(new Sharding(2, 2, 0));
        circuit.createTable("t", TYPES, List.of());
        circuit.createTable("u", TYPES, List.of());
        View view = circuit.install(new Plan.Aggregate(join(T, U, JoinKind.INNER), List.of(1), List.of()));
        List<String> text = circuit.explain(view, table -> List.of("a", "b"));
        assertTrue(text.get(1).contains(" · partitioned by (b), 2 shards"), text::toString);
        assertTrue(text.get(2).contains(" · partitioned by (a), 2 shards"), text::toString);
        assertTrue(text.get(3).contains("arranged by (a)"), text::toString);
    }

    /** After each step the change of the view and its rows. */
    private static List<String> run(Plan plan, Sharding sharding, long seed) {
        Random random = new Random(seed);
        Circuit circuit = new Circuit(sharding);
        TestTables tables = new TestTables(circuit);
        RandomChanges changes = new RandomChanges(random);
        List<String> seen = new ArrayList<>();
        if (random.nextBoolean()) {
            changes.apply(tables, 20);
            circuit.step();
        }
        View view = circuit.install(plan);
        seen.add(Rows.shown(view.rows()).toString());
        for (int step = 0; step < 6; step++) {
            changes.apply(tables, random.nextBoolean() ? 1 : 1 + random.nextInt(20));
            StepResult result = circuit.step();
            assertTrue(result.failed().isEmpty(), () -> plan + " failed: " + view.failure());
            result.deltas().forEach(delta -> seen.add(sorted(delta.delta())));
            circuit.validate();
            seen.add(Rows.shown(view.rows()).toString());
        }
        circuit.release(view);
        assertEquals(0, circuit.nodeCount());
        return seen;
    }

    private static List<ZSet> runLarge(Plan plan, Sharding sharding, long seed) {
        Random random = new Random(seed);
        Circuit circuit = new Circuit(sharding);
        TableInput t = circuit.createTable("t", TYPES, List.of());
        TableInput u = circuit.createTable("u", TYPES, List.of());
        circuit.install(plan);
        List<ZSet> deltas = new ArrayList<>();
        List<Row> inserted = new ArrayList<>();
        for (int step = 0; step < 3; step++) {
            for (int i = 0; i < 12_000; i++) {
                Row row = Row.of(random.nextInt(6000), random.nextInt(3));
                t.insert(row);
                inserted.add(row);
                if (i % 2 == 0) {
                    u.insert(Row.of(random.nextInt(6000), i));
                }
            }
            for (int i = 0; i < 5000; i++) {
                t.delete(inserted.remove(random.nextInt(inserted.size())));
            }
            StepResult result = circuit.step();
            assertTrue(result.failed().isEmpty());
            deltas.add(
                    result.deltas().isEmpty()
                            ? new ZSet()
                            : result.deltas().getFirst().delta());
        }
        return deltas;
    }

    private static Expression column(int index) {
        return new Expression.Column(index, DataType.INT4);
    }

    private static Plan join(Plan left, Plan right, JoinKind kind) {
        return new Plan.Join(left, right, kind, List.of(new JoinKey(0, 0, false)), Optional.empty());
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
