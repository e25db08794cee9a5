package dev.millrace.dataflow.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.dataflow.row.Carriers;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Row;
import dev.millrace.dataflow.row.SampleValues;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Stores against a map from slots to rows. */
class StorePropertyTest {
    @Property(tries = 200)
    void a_store_holds_what_was_written_and_snapshots_never_change(@ForAll long seed) {
        Random random = new Random(seed);
        StoreModel model = new StoreModel(SampleValues.layout(random, 1, 4), random);
        List<StoreModel.Frozen> snapshots = new ArrayList<>();
        int steps = 20 + random.nextInt(60);
        for (int i = 0; i < steps; i++) {
            switch (random.nextInt(8)) {
                case 0, 1 -> model.allocateOne();
                case 2 -> model.allocateSeveral(random.nextInt(60));
                case 3 -> model.free(random.nextInt(40));
                case 4 -> model.overwrite(random.nextInt(20));
                case 5 -> model.reweigh(random.nextInt(10));
                case 6 -> model.touch(random.nextInt(5));
                default -> snapshots.add(model.freeze());
            }
            model.verify();
        }
        snapshots.forEach(StoreModel.Frozen::verify);
    }

    @Property(tries = 12)
    void pages_beyond_the_first_are_shared_and_copied_alike(@ForAll long seed) {
        Random random = new Random(seed);
        StoreModel model = new StoreModel(SampleValues.layout(random, 1, 3), random);
        List<StoreModel.Frozen> snapshots = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            model.allocateSeveral(i == 3 ? Pages.ROWS : random.nextInt(Pages.ROWS));
            snapshots.add(model.freeze());
            model.free(random.nextInt(Pages.ROWS));
            model.reweigh(10);
            model.overwrite(100);
            snapshots.add(model.freeze());
            model.allocateOne();
            model.verify();
        }
        assertTrue(model.store().limit() >= Pages.ROWS);
        snapshots.forEach(StoreModel.Frozen::verify);
    }

    @Property(tries = 100)
    void an_emptied_scratch_store_is_as_a_new_one(@ForAll long seed) {
        Random random = new Random(seed);
        List<DataType> layout = SampleValues.layout(random, 1, 4);
        Store store = Store.scratch(layout);
        for (int round = 0; round < 4; round++) {
            int count = random.nextInt(random.nextBoolean() ? 30 : 6000);
            List<Row> rows = new ArrayList<>();
            List<Integer> positions = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                rows.add(SampleValues.row(layout, random));
                positions.add(store.append(rows.get(i)));
            }
            assertEquals(count, store.size());
            for (int i = 0; i < count; i++) {
                assertTrue(Row.identical(rows.get(i), store.row(positions.get(i))));
            }
            if (random.nextBoolean()) {
                assertThrows(IllegalArgumentException.class, () -> store.append(Row.nulls(layout.size() - 1)));
                assertEquals(count, store.size());
            } else {
                store.clear();
                assertEquals(0, store.size());
            }
            int fresh = store.allocate();
            for (int column = 0; column < layout.size(); column++) {
                boolean isReference = Carrier.of(layout.get(column)) == Carrier.REFERENCE;
                assertEquals(isReference, store.get(fresh, column) == null);
            }
            store.clear();
        }
    }

    @Property(tries = 100)
    void rows_that_came_as_arrays_are_read_as_those_that_came_one_by_one(@ForAll long seed) {
        Random random = new Random(seed);
        List<DataType> layout = SampleValues.layout(random, 1, 4);
        boolean isScratch = random.nextBoolean();
        Store store = isScratch ? Store.scratch(layout) : new Store(layout);
        for (int round = 0; round < 3; round++) {
            List<Row> rows = new ArrayList<>();
            List<Integer> positions = new ArrayList<>();
            for (int part = 0; part < 4; part++) {
                if (random.nextInt(3) == 0) {
                    rows.add(SampleValues.row(layout, random));
                    positions.add(store.append(rows.getLast()));
                    continue;
                }
                int count = random.nextInt(random.nextBoolean() ? 5 : 5000);
                List<Row> added = new ArrayList<>();
                for (int i = 0; i < count; i++) {
                    added.add(Row.of(layout.stream()
                            .map(type -> SampleValues.value(type, random))
                            .toArray()));
                }
                int[] places = new int[count];
                store.append(count, arrays(layout, added), places);
                rows.addAll(added);
                IntStream.of(places).forEach(positions::add);
                assertThrows(
                        IllegalArgumentException.class,
                        () -> store.append(count + 1, arrays(layout, added), new int[count + 1]));
            }
            for (int i = 0; i < rows.size(); i++) {
                assertTrue(Row.identical(rows.get(i), store.row(positions.get(i))));
            }
            if (isScratch) {
                store.clear();
            }
        }
    }

    /** The rows' columns, as arrays of the narrowest types that there are for them. */
    private static List<Object> arrays(List<DataType> layout, List<Row> rows) {
        List<Object> arrays = new ArrayList<>();
        for (int column = 0; column < layout.size(); column++) {
            Carrier carrier = Carrier.of(layout.get(column));
            Class<?> element = carrier == Carrier.BYTE
                    ? boolean.class
                    : carrier == Carrier.REFERENCE ? Carriers.boxed(layout.get(column)) : carrier.element();
            Object array = Array.newInstance(element, rows.size());
            for (int i = 0; i < rows.size(); i++) {
                Array.set(array, i, rows.get(i).get(column));
            }
            arrays.add(array);
        }
        return arrays;
    }

    @Example
    void only_scratch_rows_end_together_and_only_others_one_by_one() {
        Store scratch = Store.scratch(List.of(DataType.INT8));
        int row = scratch.allocate();
        assertThrows(IllegalStateException.class, () -> scratch.free(row));
        assertThrows(IllegalStateException.class, () -> scratch.weight(row, 2));
        assertThrows(IllegalStateException.class, () -> scratch.nextLive(0));
        assertThrows(IllegalStateException.class, scratch::freeze);
        assertThrows(IllegalStateException.class, new Store(List.of(DataType.INT8))::clear);
    }

    @Example
    void a_small_store_takes_little_room_and_a_large_one_is_not_copied() {
        Store store = new Store(List.of(DataType.INT8));
        store.allocate();
        assertEquals(Pages.FIRST_ROWS, store.longs(0)[0].length);
        store.allocate(Pages.ROWS, new int[Pages.ROWS]);
        long[] first = store.longs(0)[0];
        assertEquals(Pages.ROWS, first.length);
        store.allocate(5 * Pages.ROWS, new int[5 * Pages.ROWS]);
        assertEquals(first, store.longs(0)[0]);
    }

    @Example
    void null_bits_are_there_from_the_first_null_on() {
        Store store = new Store(List.of(DataType.INT4, DataType.TEXT));
        store.append(Row.of(1, null));
        assertNull(store.nulls(0));
        int position = store.append(Row.of(null, "x"));
        assertTrue(store.isNull(position, 0));
        store.set(position, 0, 5);
        assertEquals(Row.of(5, "x"), store.row(position));
    }
}
