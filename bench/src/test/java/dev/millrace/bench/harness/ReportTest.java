package dev.millrace.bench.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ReportTest {
    private static final Report REPORT = new Report(
            "follow",
            List.of(
                    new Outcome(
                            new Metric("insert-200k", "rows/s", Comparison.RATIO, OptionalDouble.of(0.8)),
                            "pgjdbc",
                            List.of(171_000.0, 180_000.0, 160_000.0),
                            List.of(200_000.0, 200_000.0, 200_000.0)),
                    new Outcome(
                            new Metric("latency p50", "ms", Comparison.DIFFERENCE, OptionalDouble.of(0.3)),
                            "pgjdbc",
                            List.of(0.65, 0.7),
                            List.of(0.25, 0.2)),
                    new Outcome(
                            new Metric("latency p99", "ms", Comparison.DIFFERENCE, OptionalDouble.empty()),
                            "pgjdbc",
                            List.of(1.5),
                            List.of(2.0))));

    @Test
    void table_shows_what_was_measured_and_whether_the_goal_was_met() {
        assertEquals("""
                workload     Millrace        measured against       compared: median (min – max)  goal
                insert-200k  171,000 rows/s  pgjdbc 200,000 rows/s  × 0.86 (0.80 – 0.90)          ≥ 0.80    met
                latency p50  0.675 ms        pgjdbc 0.225 ms        Δ +0.450 (+0.400 – +0.500)    ≤ +0.300  MISSED
                latency p99  1.500 ms        pgjdbc 2.000 ms        Δ -0.500 (-0.500 – -0.500)
                × is Millrace divided by the other (more is better), Δ is Millrace minus the other (less is better).
                """, REPORT.table());
    }

    @Test
    void json_has_one_object_a_line_and_no_goal_where_there_is_none() {
        assertEquals("""
                {"bench":"follow","workload":"insert-200k","value":171000,"unit":"rows/s","against":"pgjdbc","againstValue":200000,\
                "ratio":0.855,"min":0.8,"max":0.9,"rounds":3,"goal":0.8,"met":true}
                {"bench":"follow","workload":"latency p50","value":0.675,"unit":"ms","against":"pgjdbc","againstValue":0.225,\
                "difference":0.45,"min":0.4,"max":0.5,"rounds":2,"goal":0.3,"met":false}
                {"bench":"follow","workload":"latency p99","value":1.5,"unit":"ms","against":"pgjdbc","againstValue":2,\
                "difference":-0.5,"min":-0.5,"max":-0.5,"rounds":1}
                """, REPORT.json());
    }

    @Test
    void json_escapes_text_and_refuses_numbers_that_it_cannot_write() {
        assertEquals(
                "{\"a \\\"b\\\" \\\\\":\"line\\u000aend\",\"zero\":0,\"small\":0.00001234}",
                new JsonObject()
                        .put("a \"b\" \\", "line\nend")
                        .put("zero", 0.0)
                        .put("small", 0.000012341)
                        .toString());
        assertThrows(IllegalArgumentException.class, () -> new JsonObject().put("x", Double.NaN));
    }

    @Test
    void an_outcome_needs_as_many_rounds_of_one_as_of_the_other() {
        Metric metric = new Metric("w", "ms", Comparison.RATIO, OptionalDouble.empty());
        assertThrows(IllegalArgumentException.class, () -> new Outcome(metric, "p", List.of(1.0), List.of()));
        assertThrows(IllegalArgumentException.class, () -> new Outcome(metric, "p", List.of(), List.of()));
    }
}
