package dev.millrace.dataflow.circuit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.dataflow.expression.Expression;
import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.plan.Plan.JoinKey;
import dev.millrace.dataflow.plan.Plan.JoinKind;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Row;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong for one leaves the state of others as it was. */
class SharedStateTest {
    private static final List<DataType> TYPES = List.of(DataType.INT4, DataType.INT4);

    @ParameterizedTest
    @EnumSource(
            value = JoinKind.class,
            names = {"INNER", "LEFT", "RIGHT", "FULL"})
    void an_installation_that_fails_over_a_shared_join_leaves_the_join_as_it_was(JoinKind kind) {
        Circuit circuit = new Circuit();
        TableInput left = circuit.createTable("l", TYPES, List.of());
        TableInput right = circuit.createTable("r", TYPES, List.of());
        int rows = 6000;
        for (int i = 0; i < rows; i++) {
            left.insert(Row.of(i, i == rows - 2 ? 0 : 1));
        }
        for (int i = 0; i < 3 * rows; i++) {
            right.insert(Row.of(i % rows, i));
        }
        circuit.step();
        Plan join = new Plan.Join(
                new Plan.Table("l", TYPES),
                new Plan.Table("r", TYPES),
                kind,
                List.of(new JoinKey(0, 0, false)),
                Optional.empty());
        View view = circuit.install(join);
        Expression faulty = new FaultyFunction(1).of(1);
        assertThrows(IllegalStateException.class, () -> circuit.install(new Plan.Project(join, List.of(faulty))));
        left.insert(Row.of(-1, 1));
        circuit.step();
        assertEquals(3 * rows + (kind == JoinKind.LEFT || kind == JoinKind.FULL ? 1 : 0), view.size());
        right.insert(Row.of(-1, 1));
        circuit.step();
        assertEquals(3 * rows + 1, view.size());
        assertEquals(view.size(), view.rows().size());
    }

    @Test
    void rows_of_a_table_are_the_current_ones_right_after_a_step() {
        Circuit circuit = new Circuit();
        TableInput table = circuit.createTable("t", TYPES, List.of(0));
        table.insert(Row.of(1, 1));
        table.insert(Row.of(2, 2));
        circuit.step();
        table.delete(Row.of(1));
        circuit.step();
        assertEquals(List.of(Row.of(2, 2)), table.rows());
    }

    @Test
    void a_row_of_another_layout_is_refused_and_leaves_nothing() {
        Circuit circuit = new Circuit();
        TableInput table = circuit.createTable("t", TYPES, List.of(0));
        table.insert(Row.of(1, 1));
        circuit.step();
        assertThrows(IllegalArgumentException.class, () -> table.insert(Row.of(7, "x")));
        assertThrows(IllegalArgumentException.class, () -> table.insert(Row.of(7)));
        assertThrows(IllegalArgumentException.class, () -> table.update(null, Row.of(1, "x")));
        assertThrows(
                IllegalArgumentException.class,
                () -> table.insert(2, List.of(new int[] {7, 8}, new Integer[] {1, null})));
        circuit.step();
        assertEquals(List.of(Row.of(1, 1)), table.rows());
        assertEquals(
                List.of(Row.of(1, 1)),
                circuit.install(new Plan.Table("t", TYPES)).rows());
    }

    @ParameterizedTest
    @ValueSource(ints = {39, 41, 130, 450, 1600})
    void rows_as_wide_as_postgres_has_them_are_kept_compared_and_ordered(int width) {
        List<DataType> types = Collections.nCopies(width, DataType.TEXT);
        Circuit circuit = new Circuit();
        TableInput table = circuit.createTable("t", types, List.of());
        Plan.Table plan = new Plan.Table("t", types);
        View distinct = circuit.install(new Plan.Distinct(plan));
        View first = circuit.install(new Plan.TopK(plan, List.of(), List.of(), 0, 1, false));
        Row lesser = row(width, "a");
        Row greater = row(width, "b");
        List.of(greater, lesser, greater).forEach(table::insert);
        circuit.step();
        assertEquals(2, distinct.size());
        assertEquals(List.of(lesser), first.rows());
        table.delete(lesser);
        circuit.step();
        assertEquals(List.of(greater), distinct.rows());
        assertEquals(List.of(greater), first.rows());
    }

    /** A row that differs from others in its last column. */
    private static Row row(int width, String last) {
        return Row.of(IntStream.range(0, width)
                .mapToObj(column -> column + 1 == width ? last : "c" + column)
                .toArray());
    }

    @Test
    void retractions_of_rows_of_keys_with_many_cost_memory_in_proportion() {
        Circuit circuit = new Circuit();
        TableInput table = circuit.createTable("t", TYPES, List.of());
        circuit.createTable("u", TYPES, List.of());
        Plan copied = new Plan.UnionAll(List.of(new Plan.Table("t", TYPES)));
        circuit.install(new Plan.Join(
                copied,
                new Plan.Table("u", TYPES),
                JoinKind.INNER,
                List.of(new JoinKey(0, 0, false)),
                Optional.empty()));
        int keys = 2000;
        for (int i = 0; i < 50 * keys; i++) {
            table.insert(Row.of(i % keys, i));
        }
        circuit.step();
        long before = circuit.memoryBytes();
        for (int key = 0; key < keys; key++) {
            table.delete(Row.of(key, key));
        }
        circuit.step();
        long after = circuit.memoryBytes();
        assertTrue(after < 2 * before, () -> before + " bytes became " + after);
    }
}
