package dev.millrace.dataflow.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Row;
import java.util.List;
import org.junit.jupiter.api.Test;

class PositionsTest {
    private final Store store = new Store(List.of(DataType.INT4));

    @Test
    void every_test_runs_with_checked_positions() {
        assertTrue(Positions.CHECKED, "the build sets millrace.positions");
    }

    @Test
    void a_position_of_a_freed_row_is_an_error() {
        int position = store.append(Row.of(1));
        store.free(position);
        assertThrows(IllegalStateException.class, () -> store.row(position));
    }

    @Test
    void a_position_is_an_error_when_another_row_has_its_slot() {
        int first = store.append(Row.of(1));
        store.free(first);
        int second = store.append(Row.of(2));
        assertNotEquals(first, second);
        assertEquals(0, store.slot(second));
        assertThrows(IllegalStateException.class, () -> store.touch(first));
        assertThrows(IllegalStateException.class, () -> store.weight(first));
        assertThrows(IllegalStateException.class, () -> store.free(first));
    }

    @Test
    void positions_of_an_emptied_store_are_errors() {
        Store scratch = Store.scratch(store.types());
        int position = scratch.append(Row.of(1));
        scratch.clear();
        int next = scratch.append(Row.of(2));
        assertThrows(IllegalStateException.class, () -> scratch.get(position, 0));
        assertEquals(2, scratch.get(next, 0));
    }

    @Test
    void a_snapshot_goes_by_the_positions_of_its_time() {
        int position = store.append(Row.of(1));
        Store snapshot = store.freeze();
        store.free(position);
        int next = store.append(Row.of(2));
        assertEquals(Row.of(1), snapshot.row(position));
        assertThrows(IllegalStateException.class, () -> snapshot.row(next));
        assertThrows(IllegalStateException.class, () -> store.row(position));
    }

    @Test
    void a_missing_row_is_not_a_position() {
        store.append(Row.of(1));
        assertThrows(IllegalStateException.class, () -> store.row(-1));
    }
}
