package dev.millrace.bench.rows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContentTest {
    private static final List<?> ONE = List.of(1L, "a");
    private static final List<?> OTHER = Arrays.asList(2L, null);

    @Test
    void order_and_what_came_and_went_do_not_matter() {
        Content expected = Content.NONE.with(ONE, 2).with(OTHER, 1);
        assertEquals(expected, Content.NONE.with(OTHER, 1).with(ONE, 1).with(ONE, 1));
        assertEquals(expected, expected.with(List.of("gone"), 1).with(List.of("gone"), -1));
    }

    @Test
    void numbers_are_the_same_if_they_are_equal() {
        assertEquals(number(1L), number(1));
        assertEquals(number(1L), number(new BigDecimal("1.000")));
        assertEquals(number(0L), number(new BigDecimal("0.00")));
        assertEquals(number(0.5), number(new BigDecimal("0.5")));
        assertNotEquals(number(1L), number("1"));
    }

    @Test
    void other_rows_are_another_content() {
        assertNotEquals(Content.NONE.with(ONE, 1), Content.NONE.with(OTHER, 1));
        assertNotEquals(Content.NONE.with(List.of("a", "b"), 1), Content.NONE.with(List.of("b", "a"), 1));
        assertNotEquals(
                Content.NONE.with(List.of("a", "b"), 1).with(List.of("c", "d"), 1),
                Content.NONE.with(List.of("a", "d"), 1).with(List.of("c", "b"), 1));
    }

    private static Content number(Object value) {
        return Content.NONE.with(List.of(value), 1);
    }
}
