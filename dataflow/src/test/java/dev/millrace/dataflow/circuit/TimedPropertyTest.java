package dev.millrace.dataflow.circuit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.dataflow.expression.Expression;
import dev.millrace.dataflow.plan.AggregateKind;
import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.plan.Plan.AggregateCall;
import dev.millrace.dataflow.plan.TimeCondition;
import dev.millrace.dataflow.row.Calendar;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Interval;
import dev.millrace.dataflow.row.Row;
import dev.millrace.dataflow.zset.ZSet;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.jspecify.annotations.Nullable;

/** Results that change with time, alone and together with their rows. */
class TimedPropertyTest {
    private static final long MINUTE = 60_000_000L;
    private static final long DAY = Interval.MICROS_PER_DAY;
    /** 2024-03-01 */
    private static final long START = 1_709_251_200_000_000L;

    private static final Plan.Table EVENTS =
            new Plan.Table("events", List.of(DataType.INT8, DataType.TIMESTAMPTZ, DataType.INTERVAL, DataType.INT4));

    /** A table, what should stand in it, and the time. */
    private static final class World {
        final Random random;
        final Circuit circuit = new Circuit();
        final TableInput table = circuit.createTable(EVENTS.id(), EVENTS.types(), List.of(0));
        final Map<Long, Row> rows = new HashMap<>();
        long now = START;

        World(Random random) {
            this.random = random;
            circuit.step(now);
        }

        void change() {
            for (int i = random.nextInt(4); i > 0; i--) {
                long id = random.nextInt(12);
                if (rows.containsKey(id) && random.nextInt(3) == 0) {
                    rows.remove(id);
                    table.delete(Row.of(id));
                } else {
                    Row row = Row.of(id, moment(), shift(), random.nextInt(3));
                    if (rows.put(id, row) == null) {
                        table.insert(row);
                    } else {
                        table.update(null, row);
                    }
                }
            }
        }

        void pass() {
            now += switch (random.nextInt(5)) {
                case 0 -> 0;
                case 1 -> random.nextInt(10) * MINUTE;
                case 2 -> random.nextInt(1440) * MINUTE;
                case 3 -> DAY;
                // What comes next is due just now.
                default -> circuit.nextAlarm() == Long.MAX_VALUE ? 0 : circuit.nextAlarm() - now;
            };
        }

        private @Nullable Object moment() {
            return switch (random.nextInt(10)) {
                case 0 -> null;
                case 1 -> Long.MAX_VALUE;
                case 2 -> Long.MIN_VALUE;
                default -> now + (random.nextInt(5 * 288) - 288L) * 5 * MINUTE;
            };
        }

        private @Nullable Object shift() {
            return switch (random.nextInt(6)) {
                case 0 -> null;
                case 1 -> new Interval(-1, 0, 0);
                case 2 -> new Interval(0, -1, 0);
                default -> new Interval(0, 0, -random.nextInt(300) * MINUTE);
            };
        }

        List<Row> expected(Plan plan) {
            return new ReferenceEvaluator(Map.of(EVENTS.id(), List.copyOf(rows.values())), now).evaluate(plan);
        }
    }

    @Property(tries = 2000, shrinking = ShrinkingMode.OFF)
    void a_view_equals_recomputation_at_each_time(@ForAll long seed) {
        Random random = new Random(seed);
        World world = new World(random);
        Plan plan = plan(random);
        int installed = random.nextInt(6);
        View view = null;
        for (int step = 0; step < 15; step++) {
            world.change();
            world.pass();
            List<Row> before = view == null ? List.of() : view.rows();
            StepResult result = world.circuit.step(world.now);
            assertEquals(List.of(), result.failed());
            assertEquals(
                    List.of(), result.rebuilt().stream().map(RebuiltView::cause).toList(), plan::toString);
            ZSet delta = new ZSet();
            result.deltas().forEach(each -> delta.addAll(each.delta()));
            world.circuit.validate();
            if (view != null) {
                Rows.assertLeads(before, delta, view.rows(), plan);
            } else if (step == installed) {
                view = world.circuit.install(plan);
            }
            if (view != null) {
                Rows.assertSame(world.expected(plan), view.rows(), plan + " at " + world.now);
                assertTrue(world.circuit.nextAlarm() > world.now);
            }
        }
        if (view != null) {
            world.circuit.release(view);
        }
        assertEquals(Long.MAX_VALUE, world.circuit.nextAlarm(), "an alarm of nobody");
        assertEquals(0, world.circuit.nodeCount());
    }

    @Property(tries = 30, shrinking = ShrinkingMode.OFF)
    void time_costs_what_it_changes(@ForAll long seed) {
        Random random = new Random(seed);
        Circuit circuit = new Circuit();
        TableInput table = circuit.createTable(EVENTS.id(), EVENTS.types(), List.of(0));
        int count = 20_000;
        for (long id = 0; id < count; id++) {
            table.insert(Row.of(id, START + id * MINUTE, Interval.ZERO, random.nextInt()));
        }
        circuit.step(START - 1);
        Plan.Timed timed = new Plan.Timed(EVENTS, List.of(condition(random, false)));
        View view = circuit.installChanges(new Plan.Filter(timed, new Expression.Column(4, DataType.BOOL)));
        circuit.validate();
        long touched = circuit.rowsTouched();
        int passed = 1 + random.nextInt(10);
        circuit.step(START + (passed - 1) * MINUTE);
        assertTrue(circuit.rowsTouched() - touched < 20L * passed, () -> circuit.rowsTouched() - touched + " rows");
        circuit.release(view);
    }

    private static Plan plan(Random random) {
        Plan.Timed timed = timed(random, EVENTS);
        return switch (random.nextInt(8)) {
            case 0 -> timed;
            case 6 ->
                new Plan.Join(timed, new Plan.Clock(7 * MINUTE), Plan.JoinKind.INNER, List.of(), Optional.empty());
            case 1 -> filtered(random, timed);
            case 2 -> columns(filtered(random, timed), 4);
            case 3 ->
                new Plan.Aggregate(
                        timed, List.of(3), List.of(count(EVENTS.types().size())));
            case 4 -> {
                Plan again = timed(random, filtered(random, timed));
                yield new Plan.Distinct(again);
            }
            case 5 ->
                new Plan.UnionAll(List.of(
                        columns(filtered(random, timed), 4), columns(filtered(random, timed(random, EVENTS)), 4)));
            default -> {
                List<Plan.JoinKey> keys = List.of(new Plan.JoinKey(3, 3, false));
                Plan.JoinKind kind = random.nextBoolean() ? Plan.JoinKind.LEFT : Plan.JoinKind.ANTI;
                yield new Plan.Join(EVENTS, filtered(random, timed), kind, keys, Optional.empty());
            }
        };
    }

    private static Plan.Timed timed(Random random, Plan input) {
        List<TimeCondition> conditions = new ArrayList<>();
        for (int i = 1 + random.nextInt(2); i > 0; i--) {
            conditions.add(condition(random, random.nextBoolean()));
        }
        return new Plan.Timed(input, conditions);
    }

    private static TimeCondition condition(Random random, boolean shifted) {
        Calendar calendar = random.nextBoolean() ? Calendar.UTC : new Calendar(ZoneId.of("Europe/Zurich"));
        return new TimeCondition(1, shifted ? Optional.of(2) : Optional.empty(), random.nextBoolean(), calendar);
    }

    private static Plan filtered(Random random, Plan.Timed timed) {
        int flag = timed.input().types().size();
        Expression holds = new Expression.Column(flag, DataType.BOOL);
        Expression not = new Expression.Call(
                TestFunction.EQUAL, List.of(holds, new Expression.Literal(false, DataType.BOOL)), DataType.BOOL);
        return new Plan.Filter(timed, random.nextBoolean() ? holds : not);
    }

    private static Plan columns(Plan plan, int count) {
        return new Plan.Project(
                plan,
                IntStream.range(0, count)
                        .<Expression>mapToObj(
                                i -> new Expression.Column(i, plan.types().get(i)))
                        .toList());
    }

    private static AggregateCall count(int filter) {
        return new AggregateCall(AggregateKind.COUNT, Optional.empty(), false, Optional.of(filter), DataType.INT8);
    }
}
