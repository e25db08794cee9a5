package dev.millrace.dataflow.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.dataflow.code.CodeCache;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Row;
import dev.millrace.dataflow.row.SampleValues;
import dev.millrace.dataflow.store.Batch;
import dev.millrace.dataflow.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Multisets of rows against sorted maps from rows to weights. */
class RowMultisetPropertyTest {
    private final CodeCache cache = new CodeCache();

    @Property(tries = 150)
    void a_multiset_holds_identical_rows_once_with_their_weight(@ForAll long seed) {
        Random random = new Random(seed);
        List<DataType> layout = SampleValues.layout(random, 1, 3);
        RowMultiset multiset = new RowMultiset(layout, cache);
        Map<Row, Long> model = new TreeMap<>(Row::compareExactly);
        List<Row> present = new ArrayList<>();
        for (int step = 0; step < 30; step++) {
            Store rows = new Store(layout);
            Batch change = new Batch(rows);
            int entries = random.nextInt(40);
            boolean growing = step % 10 < 5;
            for (int i = 0; i < entries; i++) {
                if (present.isEmpty() || random.nextInt(10) < (growing ? 8 : 2)) {
                    Row row = SampleValues.row(layout, random);
                    long weight = random.nextLong(1, 3);
                    change.append(rows.append(row), weight);
                    present.add(row);
                    if (weight == 2) {
                        present.add(row);
                    }
                } else {
                    change.append(rows.append(present.remove(random.nextInt(present.size()))), -1);
                }
            }
            for (int i = 0; i < change.size(); i++) {
                model.merge(rows.row(change.position(i)), change.weight(i), Long::sum);
            }
            int[] positions = new int[change.size()];
            multiset.add(change, positions);
            for (int i = 0; i < change.size(); i++) {
                Row row = rows.row(change.position(i));
                assertTrue(
                        Row.identical(row, multiset.store().row(positions[i])),
                        "a row that went is read until the sweep");
                assertEquals(model.get(row), multiset.store().weight(positions[i]));
            }
            if (random.nextBoolean()) {
                multiset.sweep();
                model.values().removeIf(weight -> weight == 0);
                assertEquals(model.size(), multiset.store().size());
            }
            assertEquals(model.values().stream().mapToLong(weight -> weight).sum(), multiset.total());
            verify(model, multiset.store());
        }
    }

    @Example
    void a_retraction_of_what_is_not_there_is_an_error() {
        RowMultiset multiset = new RowMultiset(List.of(DataType.INT4), cache);
        Store rows = new Store(List.of(DataType.INT4));
        Batch change = new Batch(rows);
        change.append(rows.append(Row.of(1)), 1);
        change.append(rows.append(Row.of(2)), -1);
        assertThrows(IllegalStateException.class, () -> multiset.add(change, new int[2]));
        change.reset(rows);
        change.append(rows.append(Row.of(1)), -2);
        assertThrows(IllegalStateException.class, () -> multiset.add(change, new int[1]));
    }

    @Example
    void a_row_that_came_back_before_the_sweep_stays() {
        RowMultiset multiset = new RowMultiset(List.of(DataType.TEXT), cache);
        Store rows = new Store(List.of(DataType.TEXT));
        Batch change = new Batch(rows);
        int position = rows.append(Row.of("x"));
        for (long weight : new long[] {1, -1, 1, -1, 1}) {
            change.append(position, weight);
        }
        int[] positions = new int[5];
        multiset.add(change, positions);
        multiset.sweep();
        assertEquals(1, multiset.store().weight(positions[4]));
        assertEquals(1, multiset.total());
        assertEquals(1, multiset.store().size());
    }

    private static void verify(Map<Row, Long> model, Store store) {
        Map<Row, Long> actual = new TreeMap<>(Row::compareExactly);
        for (int slot = store.nextLive(0); slot < store.limit(); slot = store.nextLive(slot + 1)) {
            int position = store.position(slot);
            assertEquals(null, actual.put(store.row(position), store.weight(position)), "identical rows stand twice");
        }
        assertEquals(List.copyOf(model.values()), List.copyOf(actual.values()));
        assertEquals(model.keySet().toString(), actual.keySet().toString());
    }
}
