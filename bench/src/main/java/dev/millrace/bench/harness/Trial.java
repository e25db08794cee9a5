package dev.millrace.bench.harness;

import java.util.ArrayList;
import java.util.List;

/** What a {@link Match} is without another: Millrace alone, beside what was promised of it. */
public record Trial(List<Promise> promises, Contestant millrace) {
    public Trial {
        promises = List.copyOf(promises);
    }

    /**
     * Plays the rounds.
     *
     * @return one outcome for each promise
     * @throws Exception what Millrace threw
     */
    public List<Outcome> play(Effort effort, Progress progress) throws Exception {
        List<Metric> metrics = promises.stream().map(Promise::metric).toList();
        List<double[]> values = new ArrayList<>();
        Rounds rounds = new Rounds(effort, progress, System::nanoTime);
        rounds.play((label, counts) -> {
            double[] measured = rounds.measure(Match.MILLRACE, millrace, metrics, label);
            if (counts) {
                values.add(measured);
            }
        });
        List<Outcome> outcomes = new ArrayList<>();
        for (int promise = 0; promise < promises.size(); promise++) {
            int index = promise;
            outcomes.add(promises.get(promise)
                    .outcome(values.stream().map(round -> round[index]).toList()));
        }
        return outcomes;
    }
}
