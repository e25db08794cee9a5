package dev.millrace.bench.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class StatisticsTest {
    @Test
    void median_is_the_middle_value_whatever_the_order() {
        assertEquals(3, Statistics.median(List.of(9.0, 1.0, 3.0)));
    }

    @Test
    void median_of_an_even_number_of_values_is_halfway_between_the_middle_two() {
        assertEquals(2.5, Statistics.median(List.of(4.0, 1.0, 100.0, 1.0)));
    }

    @Test
    void percentile_is_the_value_of_the_nearest_rank() {
        double[] values = {15, 20, 35, 40, 50};
        assertEquals(15, Statistics.percentile(values, 0.05));
        assertEquals(20, Statistics.percentile(values, 0.3));
        assertEquals(20, Statistics.percentile(values, 0.4));
        assertEquals(35, Statistics.percentile(values, 0.5));
        assertEquals(50, Statistics.percentile(values, 1));
    }

    @Test
    void no_values_have_no_median_and_no_percentile() {
        assertThrows(IllegalArgumentException.class, () -> Statistics.median(List.of()));
        assertThrows(IllegalArgumentException.class, () -> Statistics.percentile(new double[0], 0.5));
    }

    @Test
    void a_share_outside_of_0_to_1_is_refused() {
        assertThrows(IllegalArgumentException.class, () -> Statistics.percentile(new double[] {1}, 0));
        assertThrows(IllegalArgumentException.class, () -> Statistics.percentile(new double[] {1}, 50));
    }

    @Property
    void percentile_is_the_smallest_value_that_enough_values_do_not_exceed(
            @ForAll @Size(min = 1, max = 50) double[] values, @ForAll @DoubleRange(min = 0.01, max = 1) double share) {
        double percentile = Statistics.percentile(values, share);
        assertTrue(notAbove(values, percentile) >= share * values.length);
        Arrays.stream(values)
                .filter(value -> value < percentile)
                .forEach(smaller -> assertTrue(notAbove(values, smaller) < share * values.length));
    }

    private static long notAbove(double[] values, double bound) {
        return Arrays.stream(values).filter(value -> value <= bound).count();
    }

    @Test
    void geometric_mean_of_ratios_that_cancel_out_is_one() {
        assertEquals(1, Statistics.geometricMean(List.of(4.0, 0.25)), 1e-12);
        assertEquals(6, Statistics.geometricMean(List.of(4.0, 9.0)), 1e-12);
        assertThrows(IllegalArgumentException.class, () -> Statistics.geometricMean(List.of()));
    }
}
