package dev.millrace.sql.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.dataflow.circuit.RandomPlans;
import dev.millrace.dataflow.circuit.ReferenceEvaluator;
import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.plan.SortKey;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Row;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

class UniqueKeysPropertyTest {
    private static final Plan.Table T = new Plan.Table("t", List.of(DataType.INT4, DataType.INT4));

    @Property(tries = 2000, shrinking = ShrinkingMode.OFF)
    void no_two_rows_agree_in_a_key(@ForAll RandomPlans.Root root, @ForAll long seed) {
        Random random = new Random(seed);
        Plan plan = new RandomPlans(random, false).plan(root);
        Set<Set<Integer>> keys = new UniqueKeys(Map.of()).of(plan);
        for (int i = 0; i < 3; i++) {
            List<Row> rows = new ReferenceEvaluator(RandomPlans.tables(random)).evaluate(plan);
            for (Set<Integer> key : keys) {
                int[] columns = key.stream().mapToInt(Integer::intValue).toArray();
                Set<Row> seen = new HashSet<>();
                rows.forEach(row -> assertTrue(seen.add(row.key(columns)), () -> key + " in " + rows + " of " + plan));
            }
        }
    }

    @Example
    void group_and_row_number_are_a_key_and_the_group_alone_where_it_has_one_row() {
        assertEquals(Set.of(Set.of(1, 2)), keys(new Plan.TopK(T, List.of(1), order(), 0, 3, true)));
        assertEquals(Set.of(Set.of(1)), keys(new Plan.TopK(T, List.of(1), order(), 0, 1, true)));
        assertEquals(Set.of(Set.of(2)), keys(new Plan.TopK(T, List.of(), order(), 0, 3, true)));
        assertEquals(Set.of(), keys(new Plan.TopK(T, List.of(1), order(), 0, 3, false)));
        assertEquals(Set.of(Set.of(0, 1)), keys(new Plan.TopK(new Plan.Distinct(T), List.of(1), order(), 0, 3, false)));
    }

    private static List<SortKey> order() {
        return List.of(new SortKey(0, false, false));
    }

    private static Set<Set<Integer>> keys(Plan plan) {
        return new UniqueKeys(Map.of()).of(plan);
    }
}
