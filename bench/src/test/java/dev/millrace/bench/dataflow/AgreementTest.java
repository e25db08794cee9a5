package dev.millrace.bench.dataflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class AgreementTest {
    @Test
    void contestants_with_results_of_different_sizes_are_an_error() {
        Agreement agreement = new Agreement("group-by");
        agreement.check("a", 100);
        agreement.check("b", 100);
        var refused = assertThrows(IllegalStateException.class, () -> agreement.check("c", 99));
        assertEquals("the result of group-by has 100 rows, that of c has 99", refused.getMessage());
    }
}
