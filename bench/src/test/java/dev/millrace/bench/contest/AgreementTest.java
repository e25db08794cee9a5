package dev.millrace.bench.contest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.bench.rows.Content;
import org.junit.jupiter.api.Test;

class AgreementTest {
    private final Agreement agreement = new Agreement("group-by");

    @Test
    void contestants_with_results_of_different_sizes_are_an_error() {
        agreement.check("a", 100);
        agreement.check("b", 100);
        var refused = assertThrows(IllegalStateException.class, () -> agreement.check("c", 99));
        assertEquals("the result of group-by has 100 rows, that of c has 99", refused.getMessage());
    }

    @Test
    void contestants_with_results_of_the_same_size_but_other_rows_are_an_error() {
        agreement.check("a", new Content(100, 7));
        agreement.check("b", new Content(100, 7));
        agreement.check("a", 100);
        var refused = assertThrows(IllegalStateException.class, () -> agreement.check("c", new Content(100, 8)));
        assertEquals(
                "the result of group-by is 100 rows with hash 7, that of c is 100 rows with hash 8",
                refused.getMessage());
    }
}
