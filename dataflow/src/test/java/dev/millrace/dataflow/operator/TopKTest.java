package dev.millrace.dataflow.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.dataflow.code.CodeCache;
import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.plan.SortKey;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Decimal;
import dev.millrace.dataflow.row.Row;
import dev.millrace.dataflow.store.Batch;
import dev.millrace.dataflow.store.Store;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TopKTest {
    private static final List<DataType> TYPES =
            List.of(DataType.NUMERIC, DataType.INT4, DataType.TEXT, DataType.FLOAT8);
    private static final Plan INPUT = new Plan.Table("t", TYPES);
    private static final SortKey BY_NUMBER = new SortKey(1, false, false);
    private static final SortKey BY_NUMBER_DESCENDING = new SortKey(1, true, true);
    private static final SortKey BY_TEXT = new SortKey(2, true, false);
    private static final SortKey BY_FLOAT = new SortKey(3, false, true);

    /** How random changes are: how many groups and numbers there are, how many changes a step has, and how many of ten are insertions. */
    record Load(int groups, int numbers, int steps, int largest, int insertions, int heaviest) {}

    private static final List<Load> LOADS = List.of(
            new Load(1, 8, 100, 6, 5, 1),
            new Load(3, 100, 80, 60, 6, 3),
            new Load(2, 100_000, 40, 200, 8, 1),
            new Load(20, 50, 60, 40, 5, 1),
            new Load(300, 1000, 20, 300, 6, 2),
            new Load(2, 20, 60, 10, 5, 60));

    static Stream<Plan.TopK> plans() {
        List<Plan.TopK> plans = new ArrayList<>();
        for (boolean numbered : List.of(false, true)) {
            plans.add(new Plan.TopK(INPUT, List.of(), List.of(BY_NUMBER), 0, 3, numbered));
            plans.add(new Plan.TopK(INPUT, List.of(), List.of(), 2, 5, numbered));
            plans.add(new Plan.TopK(INPUT, List.of(0), List.of(BY_NUMBER_DESCENDING), 0, 10, numbered));
            plans.add(new Plan.TopK(INPUT, List.of(0), List.of(BY_TEXT, BY_NUMBER), 3, 2, numbered));
            plans.add(new Plan.TopK(INPUT, List.of(0), List.of(BY_FLOAT), 1, 40, numbered));
            plans.add(new Plan.TopK(INPUT, List.of(0, 2), List.of(BY_NUMBER), 0, 1, numbered));
            plans.add(new Plan.TopK(INPUT, List.of(0), List.of(BY_NUMBER), 1, Long.MAX_VALUE, numbered));
            plans.add(new Plan.TopK(INPUT, List.of(2), List.of(BY_FLOAT), 0, Long.MAX_VALUE, numbered));
            plans.add(new Plan.TopK(INPUT, List.of(), List.of(BY_NUMBER), 1, 0, numbered));
            plans.add(new Plan.TopK(INPUT, List.of(), List.of(BY_NUMBER), Long.MAX_VALUE, 5, numbered));
        }
        return plans.stream();
    }

    @ParameterizedTest
    @MethodSource("plans")
    void changes_lead_from_view_to_view(Plan.TopK plan) {
        for (Load load : LOADS) {
            new Run(plan, load, false, 31L * plan.hashCode() + load.hashCode()).run();
            new Run(plan, load, true, 31L * plan.hashCode() + load.hashCode()).run();
        }
    }

    @Test
    void a_change_of_one_row_costs_no_more_in_a_large_window() {
        WorkMeter meter = new WorkMeter();
        TopK topK = new TopK(
                new Plan.TopK(INPUT, List.of(), List.of(BY_NUMBER), 1000, 50_000, false),
                false,
                new CodeCache(),
                meter);
        Batch all = new Batch(new Store(TYPES));
        for (int i = 0; i < 100_000; i++) {
            all.append(all.store().append(row(1, i)), 1);
        }
        apply(topK, all);
        long before = meter.rows();
        Batch one = new Batch(new Store(TYPES));
        one.append(one.store().append(row(1, 20_000)), 1);
        Batch change = topK.apply(new Batch[] {one});
        assertEquals(2, change.size());
        topK.endStep();
        assertEquals(3, meter.rows() - before);
    }

    @Test
    void rows_behind_the_window_are_found_when_it_runs_short() {
        TopK topK = new TopK(
                new Plan.TopK(INPUT, List.of(0), List.of(BY_NUMBER), 0, 2, false),
                false,
                new CodeCache(),
                new WorkMeter());
        Batch all = new Batch(new Store(TYPES));
        for (int i = 0; i < 5000; i++) {
            all.append(all.store().append(row(1, (i * 7919) % 5000)), 1);
        }
        apply(topK, all);
        for (int i = 0; i < 5000; i++) {
            Batch first = new Batch(new Store(TYPES));
            first.append(first.store().append(row(1, i)), -1);
            Map<Row, Long> change = apply(topK, first);
            assertEquals(-1L, change.get(row(1, i)));
            assertEquals(i < 4998 ? 1L : null, change.get(row(1, i + 2)));
        }
        topK.validate();
        assertTrue(enumerate(topK).isEmpty());
    }

    @Test
    void updates_behind_the_window_do_not_pile_up() {
        TopK topK = new TopK(
                new Plan.TopK(INPUT, List.of(0), List.of(BY_NUMBER), 0, 2, false),
                false,
                new CodeCache(),
                new WorkMeter());
        Batch all = new Batch(new Store(TYPES));
        for (int i = 0; i < 1000; i++) {
            all.append(all.store().append(row(1, i)), 1);
        }
        apply(topK, all);
        for (int i = 500; i < 50_000; i++) {
            Batch update = new Batch(new Store(TYPES));
            update.append(update.store().append(row(1, i)), -1);
            update.append(update.store().append(row(1, i + 500)), 1);
            assertTrue(apply(topK, update).isEmpty());
        }
        topK.validate();
        assertTrue(topK.memoryBytes() < 1000 * 200, () -> "bytes: " + topK.memoryBytes());
    }

    @Test
    void a_row_that_is_not_there_cannot_be_retracted() {
        TopK topK = new TopK(
                new Plan.TopK(INPUT, List.of(0), List.of(BY_NUMBER), 0, 2, false),
                false,
                new CodeCache(),
                new WorkMeter());
        Batch absent = new Batch(new Store(TYPES));
        absent.append(absent.store().append(row(1, 1)), -1);
        assertThrows(IllegalStateException.class, () -> topK.apply(new Batch[] {absent}));
    }

    private static Row row(long group, int number) {
        return Row.of(Decimal.of(group), number, "", 0.0);
    }

    private static Map<Row, Long> apply(TopK topK, Batch batch) {
        Map<Row, Long> change = rows(topK.apply(new Batch[] {batch}));
        topK.endStep();
        return change;
    }

    private static SortedMap<Row, Long> enumerate(Operator topK) {
        SortedMap<Row, Long> view = new TreeMap<>(Row::compareExactly);
        topK.enumerate(batch -> rows(batch).forEach((row, weight) -> view.merge(row, weight, Long::sum)));
        return view;
    }

    /** A batch's rows, which must be unlike each other. */
    private static SortedMap<Row, Long> rows(Batch batch) {
        SortedMap<Row, Long> rows = new TreeMap<>(Row::compareExactly);
        for (int i = 0; i < batch.size(); i++) {
            Row row = batch.store().row(batch.position(i));
            assertNull(rows.put(row, batch.weight(i)), () -> "two entries of " + row);
        }
        return rows;
    }

    /** Random steps of one operator, beside a multiset of rows of which the view is taken anew each time. */
    private static final class Run {
        private final Plan.TopK plan;
        private final Load load;
        private final Random random;
        private final boolean appendOnly;
        private final Operator topK;
        private final TreeMap<Row, Long> rows;
        private final TreeMap<Row, Long> view = new TreeMap<>(Row::compareExactly);

        Run(Plan.TopK plan, Load load, boolean appendOnly, long seed) {
            this.plan = plan;
            this.load = load;
            this.random = new Random(seed);
            this.appendOnly = appendOnly;
            this.topK = FirstRow.does(plan, appendOnly)
                    ? new FirstRow(plan, new CodeCache(), new WorkMeter())
                    : new TopK(plan, appendOnly, new CodeCache(), new WorkMeter());
            Comparator<Row> order = SortKey.comparator(plan.order());
            this.rows = new TreeMap<>(order.thenComparing(Row::compareExactly));
        }

        void run() {
            for (int step = 0; step < load.steps; step++) {
                Batch change = change(step);
                rows(topK.apply(new Batch[] {change})).forEach(this::show);
                topK.endStep();
                topK.validate();
                SortedMap<Row, Long> expected = expectedView();
                assertEquals(expected.toString(), view.toString(), () -> plan + " " + load);
                if (step % 7 == 0) {
                    assertEquals(expected.toString(), enumerate(topK).toString());
                }
            }
            if (appendOnly) {
                return;
            }
            Batch rest = new Batch(new Store(TYPES));
            rows.forEach((row, weight) -> rest.append(rest.store().append(row), -weight));
            rows(topK.apply(new Batch[] {rest})).forEach(this::show);
            topK.endStep();
            topK.validate();
            assertTrue(view.isEmpty());
        }

        private void show(Row row, long weight) {
            if (view.merge(row, weight, Long::sum) == 0) {
                view.remove(row);
            }
        }

        /** A change in which what is retracted stood before, and which may have several entries of a row. */
        private Batch change(int step) {
            Batch batch = new Batch(new Store(TYPES));
            int size = 1 + random.nextInt(load.largest);
            int insertions = appendOnly ? 10 : step % 20 < 15 ? load.insertions : 1;
            TreeMap<Row, Long> before = new TreeMap<>(rows);
            for (int i = 0; i < size; i++) {
                Row some = randomRow();
                if (random.nextInt(10) < insertions || before.isEmpty()) {
                    append(batch, some, 1 + random.nextInt(load.heaviest));
                    continue;
                }
                Row found = before.ceilingKey(some);
                Row row = random.nextInt(3) == 0 || found == null ? before.firstKey() : found;
                long weight = before.getOrDefault(row, 0L);
                long taken = random.nextBoolean() ? weight : 1 + random.nextLong(weight);
                append(batch, row, -taken);
                if (before.merge(row, -taken, Long::sum) == 0) {
                    before.remove(row);
                }
            }
            return batch;
        }

        private void append(Batch batch, Row row, long weight) {
            int position = batch.store().append(row);
            if (weight > 1 && random.nextBoolean()) {
                batch.append(position, 1);
                batch.append(position, weight - 1);
            } else {
                batch.append(position, weight);
            }
            if (rows.merge(row, weight, Long::sum) == 0) {
                rows.remove(row);
            }
        }

        private Row randomRow() {
            int group = random.nextInt(load.groups);
            int number = random.nextInt(load.numbers);
            Decimal decimal = Decimal.of(new BigDecimal(group).setScale(random.nextInt(2)));
            return Row.of(
                    group == 7 ? null : decimal,
                    number % 10 == 3 ? null : number,
                    number % 4 == 3 ? null : "text" + number % 5,
                    number % 6 == 5 ? null : number % 3 == 0 ? -0.0 : number % 3 == 1 ? 0.0 : Double.NaN);
        }

        private SortedMap<Row, Long> expectedView() {
            int[] groups = plan.groups().stream().mapToInt(Integer::intValue).toArray();
            long end = plan.offset() + Math.min(plan.limit(), Long.MAX_VALUE - plan.offset());
            SortedMap<Row, Long> expected = new TreeMap<>(Row::compareExactly);
            Map<Row, Long> ranks = new HashMap<>();
            rows.forEach((row, weight) -> {
                long rank = ranks.merge(row.key(groups), weight, Long::sum) - weight;
                for (long copy = Math.max(plan.offset(), rank); copy < Math.min(end, rank + weight); copy++) {
                    Row shown = plan.numbered() ? row.concat(Row.of(copy + 1)) : row;
                    expected.merge(shown, 1L, Long::sum);
                }
            });
            return expected;
        }
    }
}
