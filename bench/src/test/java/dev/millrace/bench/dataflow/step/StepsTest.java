package dev.millrace.bench.dataflow.step;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.bench.harness.Effort;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.RunnerException;

class StepsTest {
    @Test
    void a_step_has_one_time_for_each_round_and_its_tail_is_not_below_its_median() throws RunnerException {
        List<String> progress = new ArrayList<>();
        StepTimes times = ForkedSteps.aggregate(10_000, Effort.QUICK, progress::add);
        assertEquals(Effort.QUICK.rounds(), times.medianNanos().size());
        for (int round = 0; round < Effort.QUICK.rounds(); round++) {
            assertTrue(times.medianNanos().get(round) > 0, times.toString());
            assertTrue(times.medianNanos().get(round) <= times.tailNanos().get(round), times.toString());
        }
        assertEquals(List.of("one-row: measuring single steps over 10,000 rows"), progress);
    }
}
