package dev.millrace.dataflow.zset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.dataflow.row.Decimal;
import dev.millrace.dataflow.row.Row;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Tables and batches of rows against sorted maps of what is shown of them. */
class RowTablePropertyTest {
    @Property(tries = 300)
    void a_multiset_holds_what_was_added_and_not_taken(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 300) int size) {
        Random random = new Random(seed);
        Multiset multiset = new Multiset();
        Map<String, Long> expected = new TreeMap<>();
        List<Row> present = new ArrayList<>();
        for (int i = 0; i < size * 4; i++) {
            boolean growing = i < size || (i > size * 2 && i < size * 3);
            if (present.isEmpty() || random.nextInt(10) < (growing ? 9 : 1)) {
                Row row = row(random, size);
                multiset.add(row, 1);
                present.add(row);
                expected.merge(row.toString(), 1L, Long::sum);
            } else {
                Row row = present.remove(random.nextInt(present.size()));
                multiset.add(row, -1);
                expected.computeIfPresent(row.toString(), (key, weight) -> weight == 1 ? null : weight - 1);
            }
            Row probe = row(random, size);
            assertEquals(expected.getOrDefault(probe.toString(), 0L), multiset.weight(probe));
        }
        assertEquals(expected, shown(multiset));
        assertEquals(present.size(), multiset.total());
    }

    @Property(tries = 300)
    void consolidation_sums_identical_rows_and_drops_zeros(@ForAll long seed, @ForAll @IntRange(max = 100) int size) {
        Random random = new Random(seed);
        ZSet batch = new ZSet();
        Map<String, Long> expected = new TreeMap<>();
        for (int i = 0; i < size; i++) {
            Row row = row(random, 10);
            long weight = random.nextInt(5) - 2L;
            batch.append(row, weight);
            expected.merge(row.toString(), weight, Long::sum);
        }
        expected.values().removeIf(weight -> weight == 0);
        ZSet negation = batch.negate();
        assertEquals(expected, shown(batch.consolidate()));
        assertEquals(expected.size(), batch.size());
        batch.addAll(negation);
        assertEquals(0, batch.consolidate().size());
    }

    @Example
    void a_multiset_refuses_to_retract_what_is_not_there() {
        Multiset multiset = new Multiset();
        multiset.add(Row.of(1), 2);
        assertThrows(IllegalStateException.class, () -> multiset.add(Row.of(1), -3));
        assertThrows(IllegalStateException.class, () -> multiset.add(Row.of(2), -1));
    }

    @Example
    void equal_rows_are_represented_by_the_first_of_those_that_are_there() {
        EqualRows rows = new EqualRows();
        rows.add(decimal("1.00"), 1);
        rows.add(decimal("1"), 1);
        rows.add(decimal("1.0"), 2);
        assertEquals("[1]", String.valueOf(rows.representative()));
        rows.add(decimal("1"), -1);
        assertEquals("[1.0]", String.valueOf(rows.representative()));
        rows.add(decimal("1.0"), -2);
        assertEquals("[1.00]", String.valueOf(rows.representative()));
        assertThrows(IllegalStateException.class, () -> rows.add(decimal("1.0"), -1));
    }

    private static Row row(Random random, int variety) {
        int number = random.nextInt(variety);
        return Row.of(number % 7 == 0 ? null : number, Decimal.of(BigDecimal.ONE.setScale(random.nextInt(2))));
    }

    private static Row decimal(String text) {
        return Row.of(Decimal.of(new BigDecimal(text)));
    }

    private static Map<String, Long> shown(Relation rows) {
        Map<String, Long> result = new TreeMap<>();
        rows.forEach((row, weight) -> result.merge(row.toString(), weight, Long::sum));
        return result;
    }
}
