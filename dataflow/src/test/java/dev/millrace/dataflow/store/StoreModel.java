package dev.millrace.dataflow.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Row;
import dev.millrace.dataflow.row.SampleValues;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A store and what must be in it. */
final class StoreModel {
    private final Store store;
    private final List<DataType> layout;
    private final Random random;
    private final List<Integer> positions = new ArrayList<>();
    private final Map<Integer, Entry> rows = new HashMap<>();
    private Set<Integer> dirty = new HashSet<>();

    StoreModel(List<DataType> layout, Random random) {
        this.layout = layout;
        this.random = random;
        this.store = new Store(layout);
    }

    /** What a slot must hold. */
    record Entry(Row row, long weight) {}

    /** A snapshot and what must be in it for ever. */
    record Frozen(Store snapshot, Map<Integer, Entry> rows, Set<Integer> dirty) {
        void verify() {
            StoreModel.verify(snapshot, rows, dirty);
        }
    }

    Store store() {
        return store;
    }

    void allocateOne() {
        int position = store.allocate();
        fill(position);
    }

    void allocateSeveral(int count) {
        int[] allocated = new int[count];
        store.allocate(count, allocated);
        for (int position : allocated) {
            fill(position);
        }
    }

    void free(int count) {
        for (int i = 0; i < count && !positions.isEmpty(); i++) {
            int index = random.nextInt(positions.size());
            int position = positions.get(index);
            positions.set(index, positions.getLast());
            positions.removeLast();
            int slot = store.slot(position);
            store.free(position);
            rows.remove(slot);
            dirty.add(slot);
        }
    }

    /** Writes other values, as a state does. */
    void overwrite(int count) {
        for (int i = 0; i < count && !positions.isEmpty(); i++) {
            int position = touchAny();
            int slot = store.slot(position);
            Row row = SampleValues.row(layout, random);
            for (int column = 0; column < layout.size(); column++) {
                Object value = row.get(column);
                store.set(position, column, value);
            }
            rows.put(slot, new Entry(row, store.weight(position)));
        }
    }

    void reweigh(int count) {
        for (int i = 0; i < count && !positions.isEmpty(); i++) {
            int position = positions.get(random.nextInt(positions.size()));
            int slot = store.slot(position);
            long weight = random.nextInt(3);
            store.weight(position, weight);
            dirty.add(slot);
            rows.computeIfPresent(slot, (key, entry) -> new Entry(entry.row(), weight));
        }
    }

    void touch(int count) {
        for (int i = 0; i < count && !positions.isEmpty(); i++) {
            touchAny();
        }
    }

    Frozen freeze() {
        Frozen frozen = new Frozen(store.freeze(), new HashMap<>(rows), dirty);
        dirty = new HashSet<>();
        return frozen;
    }

    void verify() {
        verify(store, rows, dirty);
    }

    private int touchAny() {
        int position = positions.get(random.nextInt(positions.size()));
        store.touch(position);
        dirty.add(store.slot(position));
        return position;
    }

    private void fill(int position) {
        int slot = store.slot(position);
        Row row = SampleValues.row(layout, random);
        for (int column = 0; column < layout.size(); column++) {
            store.set(position, column, row.get(column));
        }
        @Nullable Entry before = rows.put(slot, new Entry(row, 1));
        assertEquals(null, before, "a slot was given twice");
        positions.add(position);
        dirty.add(slot);
    }

    private static void verify(Store store, Map<Integer, Entry> rows, Set<Integer> dirty) {
        assertEquals(rows.size(), store.size());
        int live = 0;
        for (int slot = store.nextLive(0); slot < store.limit(); slot = store.nextLive(slot + 1)) {
            Entry expected = rows.get(slot);
            assertTrue(expected != null && store.isLive(slot), "a row that was freed");
            int position = store.position(slot);
            assertTrue(Row.identical(expected.row(), store.row(position)));
            assertEquals(expected.weight(), store.weight(position));
            live++;
        }
        assertEquals(rows.size(), live);
        for (int slot = 0; slot < store.limit() + Pages.ROWS; slot++) {
            assertEquals(dirty.contains(slot), store.isDirty(slot));
        }
    }
}
