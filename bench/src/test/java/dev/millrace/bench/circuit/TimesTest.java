package dev.millrace.bench.circuit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TimesTest {
    @Test
    void turns_are_taken_once_to_warm_up_and_once_to_measure() throws Exception {
        List<Integer> numbers = new ArrayList<>();
        Times times = Times.of(100, numbers::add);
        assertEquals(IntStream.range(0, 200).boxed().toList(), numbers);
        assertTrue(times.medianMicros() > 0);
        assertTrue(times.tailMicros() >= times.medianMicros());
    }

    @Test
    void a_median_of_four_micros_makes_a_quarter_of_a_million_a_second() {
        assertEquals(250_000, new Times(5, 4, 9).perSecond());
    }
}
