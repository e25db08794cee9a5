package dev.millrace.bench.harness;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The outcomes of one benchmark, for people and for programs. */
public record Report(String bench, List<Outcome> outcomes) {
    private static final List<String> HEADER =
            List.of("workload", "Millrace", "measured against", "compared: median (min – max)", "goal", "");

    public Report {
        outcomes = List.copyOf(outcomes);
    }

    /** A table with one line for each outcome, then what its comparisons are. */
    public String table() {
        List<List<String>> lines = new ArrayList<>();
        lines.add(HEADER);
        outcomes.forEach(outcome -> lines.add(line(outcome)));
        StringBuilder table = new StringBuilder();
        for (List<String> line : lines) {
            StringBuilder text = new StringBuilder();
            for (int column = 0; column < HEADER.size(); column++) {
                int index = column;
                int width = lines.stream()
                        .mapToInt(cells -> cells.get(index).length())
                        .max()
                        .orElse(0);
                text.append(line.get(column))
                        .repeat(' ', width - line.get(column).length() + 2);
            }
            table.append(text.toString().stripTrailing()).append('\n');
        }
        return table.append(
                        "× is Millrace divided by the other (more is better), Δ is Millrace minus the other (less is better).\n")
                .toString();
    }

    private static List<String> line(Outcome outcome) {
        Metric metric = outcome.metric();
        List<Double> compared = outcome.compared();
        return List.of(
                metric.workload(),
                Numbers.show(outcome.value()) + " " + metric.unit(),
                outcome.against() + " " + Numbers.show(outcome.otherValue()) + " " + metric.unit(),
                compared(metric, outcome.medianCompared())
                        + " (" + number(metric, Collections.min(compared))
                        + " – " + number(metric, Collections.max(compared)) + ")",
                goal(metric),
                outcome.met().map(met -> met ? "met" : "MISSED").orElse(""));
    }

    private static String goal(Metric metric) {
        if (metric.goal().isEmpty()) {
            return "";
        }
        String bound = metric.comparison() == Comparison.RATIO ? "≥ " : "≤ ";
        return bound + number(metric, metric.goal().getAsDouble());
    }

    private static String compared(Metric metric, double compared) {
        return switch (metric.comparison()) {
            case RATIO -> "× " + number(metric, compared);
            case DIFFERENCE -> "Δ " + number(metric, compared);
        };
    }

    private static String number(Metric metric, double compared) {
        return String.format(Locale.ROOT, metric.comparison() == Comparison.RATIO ? "%.2f" : "%+.3f", compared);
    }

    /** One JSON object a line, one line for each outcome. A comparison is in {@code ratio} or {@code difference}, whichever it is. */
    public String json() {
        StringBuilder lines = new StringBuilder();
        for (Outcome outcome : outcomes) {
            Metric metric = outcome.metric();
            List<Double> compared = outcome.compared();
            JsonObject object = new JsonObject()
                    .put("bench", bench)
                    .put("workload", metric.workload())
                    .put("value", outcome.value())
                    .put("unit", metric.unit())
                    .put("against", outcome.against())
                    .put("againstValue", outcome.otherValue())
                    .put(metric.comparison().name().toLowerCase(Locale.ROOT), outcome.medianCompared())
                    .put("min", Collections.min(compared))
                    .put("max", Collections.max(compared))
                    .put("rounds", compared.size());
            Optional<Boolean> met = outcome.met();
            if (met.isPresent()) {
                object.put("goal", metric.goal().getAsDouble()).put("met", met.get());
            }
            lines.append(object).append('\n');
        }
        return lines.toString();
    }
}
