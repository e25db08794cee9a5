package dev.millrace.dataflow.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.dataflow.code.CodeCache;
import dev.millrace.dataflow.code.OrderTemplate;
import dev.millrace.dataflow.code.RowOrder;
import dev.millrace.dataflow.plan.SortKey;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Row;
import dev.millrace.dataflow.store.Store;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrderedIndexTest {
    private static final List<DataType> TYPES = List.of(DataType.TEXT, DataType.INT4);
    private static final List<SortKey> ORDER = List.of(new SortKey(0, false, true), new SortKey(1, true, false));

    private final Store store = new Store(TYPES);
    private final RowOrder order = new CodeCache().get(new OrderTemplate(TYPES, ORDER, false));
    private final OrderedIndex index = new OrderedIndex(store, order);
    private final List<TreeMap<Integer, Long>> model = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({
        "1, 1, 300, 20000, 0.5",
        "2, 1, 100000, 20000, 0.5",
        "3, 1, 4, 20000, 0.5",
        "4, 40, 50, 30000, 0.5",
        "5, 3000, 20, 40000, 0.4",
        "6, 3, 100000, 30000, 0.0",
        "7, 2, 1000, 12000, 1.0"
    })
    void it_is_what_sorted_maps_of_its_entries_are(int seed, int groups, int keys, int steps, double weighted) {
        Random random = new Random(seed);
        for (int group = 0; group < groups; group++) {
            model.add(new TreeMap<>(entryOrder()));
        }
        for (int step = 0; step < steps; step++) {
            // Long phases of growth and of decline, so that nodes split and join.
            boolean grows = step / (steps / 6) % 2 == 0;
            int group = (groups - 1) - (int) Math.sqrt(random.nextInt(groups * groups));
            if (random.nextInt(10) < (grows ? 7 : 2)) {
                add(group, random, keys, weighted);
            } else {
                change(group, random, weighted);
            }
            if (step % 1000 == 0) {
                index.validate();
            }
            if (step % 50 == 0) {
                checkEnds(group);
            }
            if (step % 500 == 0) {
                checkAll(group, random, keys);
            }
        }
        index.validate();
        for (int group = 0; group < groups; group++) {
            checkAll(group, random, keys);
            for (int position : List.copyOf(model.get(group).keySet())) {
                index.remove(group, position);
                store.free(position);
            }
            assertFalse(index.contains(group));
        }
        index.validate();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 15, 16, 17, 64, 65, 1000, 4096, 20_000})
    void ascending_and_descending_entries_are_found_by_rank(int size) {
        for (int i = 0; i < size; i++) {
            index.add(0, append("", i));
            index.add(1, append("", size - i));
        }
        index.validate();
        OrderedCursor cursor = index.cursor();
        for (int group = 0; group < 2; group++) {
            assertTrue(cursor.seek(group, size / 2));
            assertEquals(size / 2, cursor.before());
            Row expected = Row.of("", group == 0 ? size - 1 - size / 2 : size - size / 2);
            assertEquals(expected, store.row(cursor.position()));
            assertFalse(cursor.seek(group, size));
        }
    }

    @Test
    void a_group_of_few_takes_few_bytes() {
        for (int group = 0; group < 10_240; group++) {
            for (int i = 0; i < 3; i++) {
                index.add(group, append("a", i));
            }
        }
        assertTrue(index.memoryBytes() < 10_240 * 40, () -> "bytes: " + index.memoryBytes());
    }

    @Test
    void a_position_that_is_not_there_is_refused() {
        int first = append("a", 1);
        int second = append("a", 2);
        assertThrows(IllegalStateException.class, () -> index.remove(0, first));
        index.add(0, first);
        assertThrows(IllegalStateException.class, () -> index.remove(0, second));
        assertThrows(IllegalStateException.class, () -> index.reweigh(0, second, 1));
        assertThrows(IllegalStateException.class, () -> index.reweigh(1, first, 1));
        index.validate();
        assertEquals(1, index.count(0));
        assertEquals(0, index.count(1));
    }

    private void add(int group, Random random, int keys, double weighted) {
        int position = append(random, keys);
        long weight = random.nextDouble() < weighted ? random.nextInt(5) : 1;
        if (weight == 1) {
            index.add(group, position);
        } else {
            index.add(group, position, weight);
        }
        model.get(group).put(position, weight);
    }

    private void change(int group, Random random, double weighted) {
        TreeMap<Integer, Long> entries = model.get(group);
        if (entries.isEmpty()) {
            return;
        }
        int some = append(random, 100);
        Integer picked = random.nextInt(4) == 0 ? entries.firstKey() : entries.floorKey(some);
        int position = picked == null ? entries.lastKey() : picked;
        store.free(some);
        if (random.nextDouble() < weighted / 2) {
            long change = random.nextInt(4) - Math.min(2, entries.getOrDefault(position, 0L));
            assertEquals(entries.merge(position, change, Long::sum), index.reweigh(group, position, change));
        } else {
            entries.remove(position);
            index.remove(group, position);
            store.free(position);
        }
    }

    private void checkEnds(int group) {
        TreeMap<Integer, Long> entries = model.get(group);
        assertEquals(entries.isEmpty() ? -1 : entries.firstKey(), index.first(group));
        assertEquals(entries.isEmpty() ? -1 : entries.lastKey(), index.last(group));
        assertEquals(entries.isEmpty() ? 0 : entries.lastEntry().getValue(), index.lastWeight(group));
        assertEquals(entries.values().stream().mapToLong(Long::longValue).sum(), index.count(group));
    }

    private void checkAll(int group, Random random, int keys) {
        TreeMap<Integer, Long> entries = model.get(group);
        long count = index.count(group);
        long from = count == 0 ? 0 : random.nextLong(count);
        OrderedCursor cursor = index.cursor();
        boolean more = cursor.seek(group, from);
        long before = 0;
        for (Map.Entry<Integer, Long> entry : entries.entrySet()) {
            if (entry.getValue() > 0 && before + entry.getValue() > from) {
                assertTrue(more);
                assertEquals(entry.getKey(), cursor.position());
                assertEquals(entry.getValue(), cursor.weight());
                assertEquals(before, cursor.before());
                more = cursor.next();
            }
            before += entry.getValue();
        }
        assertFalse(more);
        assertFalse(cursor.seek(group, count));

        Store others = new Store(TYPES);
        int other = others.append(store.row(append(random, keys)));
        checkSought(entries, group, others, other);
        if (!entries.isEmpty()) {
            checkSought(entries, group, others, others.append(store.row(entries.lastKey())));
            checkSought(entries, group, others, others.append(store.row(entries.firstKey())));
        }
    }

    private void checkSought(Map<Integer, Long> entries, int group, Store others, int other) {
        int found = -1;
        long rank = 0;
        for (Map.Entry<Integer, Long> entry : entries.entrySet()) {
            int comparison = order.compare(store, entry.getKey(), others, other);
            rank += comparison < 0 ? entry.getValue() : 0;
            found = comparison == 0 && found < 0 ? entry.getKey() : found;
        }
        assertEquals(rank, index.rank(group, others, other));
        assertEquals(found, index.find(group, others, other));
    }

    private int append(Random random, int keys) {
        int key = random.nextInt(keys);
        return append(key % 7 == 0 ? null : "text" + key % 11, key / 11);
    }

    private int append(@Nullable String text, int number) {
        return store.append(Row.of(text, number));
    }

    private Comparator<Integer> entryOrder() {
        return (left, right) -> {
            int comparison = order.compare(store, left, store, right);
            return comparison == 0 ? Integer.compare(left, right) : comparison;
        };
    }
}
