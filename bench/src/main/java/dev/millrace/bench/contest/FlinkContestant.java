package dev.millrace.bench.contest;

import dev.millrace.bench.flink.Finished;
import dev.millrace.bench.flink.FlinkProcess;
import dev.millrace.bench.flink.MiniBatch;
import dev.millrace.bench.harness.Contestant;
import dev.millrace.bench.harness.Progress;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * Flink at a query: rows of the stream per second. While warming up it runs with and without mini-batches, after that in the mode that
 * was faster.
 */
final class FlinkContestant implements Contestant {
    static final String NAME = "Flink";

    private final String workload;
    private final FlinkProcess process;
    private final Agreement agreement;
    private final Progress progress;
    private final Map<MiniBatch, Double> rates = new EnumMap<>(MiniBatch.class);
    private int warmUps;

    FlinkContestant(String workload, FlinkProcess process, Agreement agreement, int warmUps, Progress progress) {
        this.workload = workload;
        this.process = process;
        this.agreement = agreement;
        this.warmUps = warmUps;
        this.progress = progress;
    }

    @Override
    public double[] measure() throws IOException {
        if (warmUps == 0) {
            return new double[] {run(faster())};
        }
        warmUps--;
        for (MiniBatch mode : MiniBatch.values()) {
            rates.put(mode, run(mode));
        }
        MiniBatch faster = faster();
        if (warmUps == 0) {
            progress.tell(String.format(
                    Locale.ROOT,
                    "%s: %s is faster with mini-batches %s: %,.0f rows/s, else %,.0f",
                    workload,
                    NAME,
                    faster.name().toLowerCase(Locale.ROOT),
                    rate(faster),
                    rate(faster == MiniBatch.ON ? MiniBatch.OFF : MiniBatch.ON)));
        }
        return new double[] {rate(faster)};
    }

    private MiniBatch faster() {
        return rate(MiniBatch.ON) > rate(MiniBatch.OFF) ? MiniBatch.ON : MiniBatch.OFF;
    }

    private double rate(MiniBatch mode) {
        return rates.getOrDefault(mode, 0.0);
    }

    private double run(MiniBatch mode) throws IOException {
        Finished finished = process.run(mode);
        agreement.check(NAME, finished.content().rows());
        return finished.rowsPerSecond();
    }
}
