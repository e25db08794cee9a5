package dev.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;

class LatencyHistogramTest {
    @Property
    void a_percentile_is_at_most_a_sixteenth_above_the_exact_one(
            @ForAll @NotEmpty List<@LongRange(max = 1L << 40) Long> micros,
            @ForAll @DoubleRange(min = 0.01, max = 1) double fraction) {
        LatencyHistogram histogram = new LatencyHistogram();
        micros.forEach(histogram::record);
        int rank = Math.max(1, (int) Math.ceil(fraction * micros.size()));
        long exact = micros.stream().sorted().skip(rank - 1).findFirst().orElseThrow();
        long found = histogram.percentile(fraction);
        assertTrue(found >= exact && found <= exact + exact / 16 + 1, found + " for " + exact);
    }

    @Test
    void adds_up_and_takes_negative_as_zero() {
        LatencyHistogram first = new LatencyHistogram();
        assertEquals(0, first.percentile(0.5));
        first.record(-5);
        LatencyHistogram second = new LatencyHistogram();
        second.record(9);
        second.record(9);
        first.add(second);
        assertEquals(3, first.count());
        assertEquals(0, first.percentile(0.33));
        assertEquals(9, first.percentile(0.5));
    }
}
