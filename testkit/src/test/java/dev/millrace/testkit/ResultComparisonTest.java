package dev.millrace.testkit;

import static dev.millrace.testkit.ResultComparison.ORDERED;
import static dev.millrace.testkit.ResultComparison.UNORDERED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotEmpty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ResultComparisonTest {
    @Test
    void order_counts_only_where_asked() {
        var left = rows(row(1, "a"), row(2, null));
        var right = rows(row(2, null), row(1, "a"));
        assertEquals(Optional.empty(), UNORDERED.difference(left, right));
        String difference = ORDERED.difference(left, right).orElseThrow();
        assertTrue(difference.contains("row 1 should be (1, 'a') but is (2, NULL)"), difference);
        assertEquals(Optional.empty(), ORDERED.difference(left, left));
    }

    @Test
    void values_are_equal_as_sql_has_it() {
        var left = rows(row(new BigDecimal("1.50"), new byte[] {1}, -0.0, Double.NaN, null));
        var right = rows(row(new BigDecimal("1.5"), new byte[] {1}, 0.0, Double.NaN, null));
        assertEquals(Optional.empty(), UNORDERED.difference(left, right));
    }

    @Test
    void floats_may_differ_a_little() {
        assertEquals(Optional.empty(), UNORDERED.difference(rows(row(1, 1e10)), rows(row(1, 1e10 + 1))));
        assertTrue(UNORDERED
                .difference(rows(row(1, 1e10)), rows(row(1, 1e10 + 100)))
                .isPresent());
        assertEquals(Optional.empty(), UNORDERED.difference(rows(row(1f)), rows(row(1.000001f))));
        assertTrue(UNORDERED.difference(rows(row(1f)), rows(row(1.0001f))).isPresent());
        assertTrue(UNORDERED
                .difference(rows(row(1e300)), rows(row(Double.POSITIVE_INFINITY)))
                .isPresent());
        assertTrue(UNORDERED.difference(rows(row(Double.NaN)), rows(row(1.0))).isPresent());
    }

    @Test
    void arrays_are_compared_by_their_elements() {
        var left = rows(row(Arrays.asList(new BigDecimal("1.50"), null), List.of(1e10, -0.0), List.of(new byte[] {1})));
        var same =
                rows(row(Arrays.asList(new BigDecimal("1.5"), null), List.of(1e10 + 1, 0.0), List.of(new byte[] {1})));
        assertEquals(Optional.empty(), UNORDERED.difference(left, same));
        assertTrue(UNORDERED
                .difference(rows(row(List.of(1, 2))), rows(row(List.of(2, 1))))
                .isPresent());
        assertTrue(UNORDERED
                .difference(rows(row(List.of(1.0))), rows(row(List.of(1.0, 1.0))))
                .isPresent());
        assertTrue(UNORDERED
                .difference(rows(row(List.of(1.0, 2.0))), rows(row(List.of(1.0, 2.1))))
                .isPresent());
        assertTrue(UNORDERED
                .difference(rows(row(List.of(1))), rows(row(List.of(1L))))
                .isPresent());
    }

    @Test
    void null_is_not_zero_and_an_int_is_not_a_long() {
        assertTrue(UNORDERED.difference(rows(row(0)), rows(row((Object) null))).isPresent());
        String difference = UNORDERED.difference(rows(row(1L)), rows(row(1))).orElseThrow();
        assertTrue(difference.contains("(1:Long)") && difference.contains("(1:Integer)"), difference);
    }

    @Test
    void shows_the_first_rows_that_are_missing_on_each_side() {
        String difference = UNORDERED
                .difference(rows(row(1), row(2)), rows(row(2), row(3), row(3)))
                .orElseThrow();
        assertEquals("""
                expected 2 rows, got 3: 1 missing, 2 unexpected
                  missing    (1)
                  unexpected (3)
                  unexpected (3)""", difference);
    }

    @Property
    void a_shuffled_result_is_the_same_and_one_less_row_is_not(
            @ForAll @NotEmpty List<@IntRange(max = 5) Integer> values, @ForAll Random random) {
        List<@Nullable Object[]> left = new ArrayList<>();
        values.forEach(value -> left.add(row(value, value / 3.0)));
        List<@Nullable Object[]> right = new ArrayList<>(left);
        Collections.shuffle(right, random);
        assertEquals(Optional.empty(), UNORDERED.difference(left, right));
        right.removeLast();
        assertTrue(UNORDERED.difference(left, right).isPresent());
        assertTrue(UNORDERED.difference(right, left).isPresent());
    }

    private static @Nullable Object[] row(@Nullable Object... values) {
        return values;
    }

    private static List<@Nullable Object[]> rows(@Nullable Object[]... rows) {
        return Arrays.asList(rows);
    }
}
