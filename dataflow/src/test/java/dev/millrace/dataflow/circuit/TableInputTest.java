package dev.millrace.dataflow.circuit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Row;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableInputTest {
    private static final List<DataType> TYPES = List.of(DataType.NUMERIC, DataType.TEXT);

    private final Circuit circuit = new Circuit();
    private final TableInput keyed = circuit.createTable("keyed", TYPES, List.of(0));
    private final TableInput bag = circuit.createTable("bag", TYPES, List.of());

    @Test
    void a_keyed_row_is_found_and_replaced_by_its_key() {
        keyed.insert(row("1", "a"));
        keyed.insert(row("1.0", "b"));
        assertEquals(1, keyed.size());
        assertEquals("[1.0, b]", String.valueOf(keyed.find(key("1.00"))));
        keyed.update(null, row("1", "c"));
        assertEquals("[1, c]", String.valueOf(keyed.find(key("1"))));
        keyed.update(key("1"), row("2", "d"));
        assertNull(keyed.find(key("1")));
        keyed.delete(key("2"));
        assertEquals(List.of(), keyed.rows());
    }

    @Test
    void an_unknown_row_is_neither_updated_nor_deleted() {
        assertThrows(IllegalStateException.class, () -> keyed.delete(key("1")));
        assertThrows(IllegalStateException.class, () -> keyed.update(null, row("1", "a")));
        assertThrows(IllegalStateException.class, () -> bag.delete(row("1", "a")));
        assertThrows(IllegalArgumentException.class, () -> bag.update(null, row("1", "a")));
        circuit.install(new Plan.Table("keyed", TYPES));
    }

    @Test
    void a_bag_holds_equal_rows_and_loses_one_at_a_time() {
        bag.insert(row("1", "a"));
        bag.insert(row("1", "a"));
        bag.delete(row("1", "a"));
        assertEquals(1, bag.size());
        bag.update(row("1", "a"), row("1", "b"));
        assertEquals(List.of(row("1", "b")), bag.rows());
    }

    @Test
    void replacing_all_rows_stages_exactly_the_difference() {
        View keyedView = circuit.install(new Plan.Table("keyed", TYPES));
        View bagView = circuit.install(new Plan.Table("bag", TYPES));
        for (TableInput table : List.of(keyed, bag)) {
            table.insert(row("1", "a"));
            table.insert(row("2", "b"));
            table.insert(row("3", "c"));
        }
        circuit.step();
        for (TableInput table : List.of(keyed, bag)) {
            table.replaceAll(List.of(row("1", "a"), row("2.0", "b"), row("4", "d")));
        }
        StepResult result = circuit.step();
        assertEquals(2, result.deltas().size());
        for (ViewDelta changed : result.deltas()) {
            assertEquals(4, changed.delta().size(), () -> changed.delta().toString());
        }
        List<String> expected = List.of("[1, a]", "[2.0, b]", "[4, d]");
        assertEquals(expected, Rows.shown(keyedView.rows()));
        assertEquals(expected, Rows.shown(bagView.rows()));
        keyed.replaceAll(keyed.rows());
        assertEquals(List.of(), circuit.step().deltas());
    }

    @Test
    void a_new_scale_alone_is_a_change() {
        View view = circuit.install(new Plan.Table("keyed", TYPES));
        keyed.insert(row("1", "a"));
        circuit.step();
        keyed.insert(row("1.0", "a"));
        assertEquals(1, circuit.step().deltas().size());
        assertEquals(List.of("[1.0, a]"), Rows.shown(view.rows()));
    }

    private static Row row(String number, String text) {
        return Row.of(RandomRows.decimal(number), text);
    }

    private static Row key(String number) {
        return Row.of(RandomRows.decimal(number));
    }
}
