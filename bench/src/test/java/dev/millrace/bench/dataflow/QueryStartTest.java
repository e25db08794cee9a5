package dev.millrace.bench.dataflow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.bench.harness.Effort;
import dev.millrace.bench.harness.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

class QueryStartTest {
    @Test
    void every_shape_of_query_starts() throws Exception {
        List<Outcome> outcomes = new QueryStart().run(Effort.QUICK, line -> {});
        assertEquals(2, outcomes.size());
        assertTrue(outcomes.getFirst().value() > 0, outcomes.toString());
    }
}
