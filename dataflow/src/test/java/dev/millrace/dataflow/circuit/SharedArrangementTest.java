package dev.millrace.dataflow.circuit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.plan.Plan.JoinKey;
import dev.millrace.dataflow.plan.Plan.JoinKind;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Row;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** All joins that look the same rows up by the same key do so in one index. */
class SharedArrangementTest {
    private static final List<DataType> TYPES = List.of(DataType.INT4, DataType.INT4);
    private static final Plan T = new Plan.Table("t", TYPES);
    private static final Plan U = new Plan.Table("u", TYPES);

    private final Circuit circuit = new Circuit();
    private final TableInput t = circuit.createTable("t", TYPES, List.of());
    private final TableInput u = circuit.createTable("u", TYPES, List.of());

    @Test
    void joins_by_the_same_key_share_an_index_that_goes_with_the_last() {
        fill();
        View inner = circuit.install(join(T, U, JoinKind.INNER, 0));
        long one = circuit.memoryBytes();
        View semi = circuit.install(join(U, T, JoinKind.SEMI, 0));
        assertEquals(4, circuit.nodeCount());
        long both = circuit.memoryBytes();
        assertTrue(both - one < one / 2, () -> one + " bytes became " + both);
        List<String> text = circuit.explain(semi, table -> List.of("a", "b"));
        assertTrue(text.get(2).matches("  arranged by \\(a\\) {3}· state .* · read by 2"), text::toString);
        circuit.release(inner);
        assertEquals(3, circuit.nodeCount());
        t.insert(Row.of(7, 7));
        u.insert(Row.of(7, 7));
        u.insert(Row.of(-1, 7));
        circuit.step();
        assertEquals(1001, semi.size());
        circuit.release(semi);
        assertEquals(0, circuit.nodeCount());
    }

    @Test
    void both_sides_of_a_self_join_are_one_index() {
        fill();
        View self = circuit.install(join(T, T, JoinKind.INNER, 0));
        assertEquals(2, circuit.nodeCount());
        assertEquals(1000, self.size());
        t.insert(Row.of(3, 1));
        t.insert(Row.of(3, 2));
        t.delete(Row.of(4, 4));
        circuit.step();
        assertEquals(1000 + 8 - 1, self.size());
        assertEquals(1007, self.rows().size());
    }

    @Test
    void the_order_of_the_keys_does_not_matter() {
        List<JoinKey> keys = List.of(new JoinKey(0, 0, false), new JoinKey(1, 1, false));
        circuit.install(new Plan.Join(T, U, JoinKind.INNER, keys, Optional.empty()));
        circuit.install(new Plan.Join(T, U, JoinKind.SEMI, keys.reversed(), Optional.empty()));
        assertEquals(4, circuit.nodeCount());
    }

    private void fill() {
        for (int i = 0; i < 1000; i++) {
            t.insert(Row.of(i, i));
            u.insert(Row.of(i, -i));
        }
        circuit.step();
    }

    private static Plan join(Plan left, Plan right, JoinKind kind, int column) {
        return new Plan.Join(left, right, kind, List.of(new JoinKey(column, column, false)), Optional.empty());
    }
}
