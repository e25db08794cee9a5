package dev.millrace.bench.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class MatchTest {
    private static final Metric RATE = new Metric("insert", "rows/s", Comparison.RATIO, OptionalDouble.of(0.8));
    private static final Metric DELAY = new Metric("delay p50", "ms", Comparison.DIFFERENCE, OptionalDouble.of(0.3));

    private final List<String> turns = new ArrayList<>();
    private final List<String> progress = new ArrayList<>();

    @Test
    void contestants_take_turns() throws Exception {
        new Match("other", List.of(RATE), turn("millrace", 1), turn("other", 1)).play(Effort.QUICK, progress::add);
        int rounds = Effort.QUICK.warmUps() + Effort.QUICK.rounds();
        assertEquals(
                Collections.nCopies(rounds, List.of("other", "millrace")).stream()
                        .flatMap(List::stream)
                        .toList(),
                turns);
        assertEquals(2 * rounds, progress.size());
        assertTrue(progress.getFirst().startsWith("insert, warm-up: other 1.000 rows/s"), progress.getFirst());
    }

    @Test
    void values_are_compared_within_their_round() throws Exception {
        // The machine is ten times slower in the last round, for both.
        List<Outcome> outcomes = new Match("other", List.of(RATE), values(7, 90, 90, 9), values(7, 100, 100, 10))
                .play(Effort.QUICK, progress::add);
        assertEquals(List.of(0.9, 0.9, 0.9), outcomes.getFirst().compared());
        assertEquals(90, outcomes.getFirst().value());
        assertEquals(100, outcomes.getFirst().otherValue());
        assertEquals(Optional.of(true), outcomes.getFirst().met());
    }

    @Test
    void warm_ups_do_not_count() throws Exception {
        Outcome outcome = new Match("other", List.of(RATE), values(1, 50, 50, 50), values(1000, 100, 100, 100))
                .play(Effort.QUICK, progress::add)
                .getFirst();
        assertEquals(List.of(50.0, 50.0, 50.0), outcome.millrace());
        assertEquals(Optional.of(false), outcome.met());
    }

    @Test
    void each_metric_has_its_outcome() throws Exception {
        Contestant millrace = () -> new double[] {200, 0.5};
        Contestant other = () -> new double[] {100, 0.25};
        List<Outcome> outcomes =
                new Match("other", List.of(RATE, DELAY), millrace, other).play(Effort.QUICK, progress::add);
        assertEquals(2.0, outcomes.get(0).medianCompared());
        assertEquals(0.25, outcomes.get(1).medianCompared());
        assertEquals(Optional.of(true), outcomes.get(1).met());
    }

    @Test
    void a_contestant_that_measures_less_than_the_metrics_is_an_error() {
        Match match = new Match("other", List.of(RATE, DELAY), values(1, 1, 1, 1), values(1, 1, 1, 1));
        assertThrows(IllegalStateException.class, () -> match.play(Effort.QUICK, progress::add));
    }

    @Test
    void on_a_slow_machine_a_match_ends_early_but_not_without_a_round_that_counts() throws Exception {
        var clock = new Object() {
            long nanos;
        };
        Contestant slow = () -> {
            clock.nanos += Effort.QUICK.limit().toNanos();
            return new double[] {1};
        };
        Outcome outcome = new Match("other", List.of(RATE), slow, slow)
                .play(Effort.QUICK, progress::add, () -> clock.nanos)
                .getFirst();
        assertEquals(1, outcome.compared().size());
        assertEquals("the time is up after 1 of 3 rounds", progress.getLast());
    }

    private Contestant turn(String name, double value) {
        return () -> {
            turns.add(name);
            return new double[] {value};
        };
    }

    private static Contestant values(double inWarmUp, double... inRounds) {
        var next = new Object() {
            int index;
        };
        return () -> {
            int round = next.index++ - Effort.QUICK.warmUps();
            return new double[] {round < 0 ? inWarmUp : inRounds[round]};
        };
    }
}
