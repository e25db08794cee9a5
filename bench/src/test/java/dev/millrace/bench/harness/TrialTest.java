package dev.millrace.bench.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrialTest {
    private static final Promise RATE = new Promise("insert", "rows/s", Promise.Bound.AT_LEAST, 100);
    private static final Promise DELAY = new Promise("delay", "ns", Promise.Bound.AT_MOST, 150);

    @Test
    void what_is_on_the_right_side_of_the_number_keeps_the_promise() throws Exception {
        assertEquals(List.of(Optional.of(true), Optional.of(true)), met(100, 150));
        assertEquals(List.of(Optional.of(false), Optional.of(false)), met(99.9, 150.1));
    }

    @Test
    void the_number_stands_where_the_other_would() {
        String table = new Report("b", List.of(DELAY.outcome(List.of(110.0, 120.0, 160.0)))).table();
        assertEquals(
                "delay 120.000 ns at most 150.000 ns Δ -30.000 (-40.000 – +10.000) ≤ +0.000 met",
                table.lines().toList().get(1).replaceAll(" +", " "));
    }

    private static List<Optional<Boolean>> met(double rate, double delay) throws Exception {
        return new Trial(List.of(RATE, DELAY), () -> new double[] {rate, delay})
                .play(Effort.QUICK, line -> {}).stream().map(Outcome::met).toList();
    }
}
