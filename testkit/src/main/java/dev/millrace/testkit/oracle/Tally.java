package dev.millrace.testkit.oracle;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What came of many cases. Safe for use by several threads. */
public final class Tally {
    private final Map<Feature, Integer> features = new EnumMap<>(Feature.class);
    private final Map<String, Integer> refusals = new TreeMap<>();
    private final Map<String, Integer> rejections = new TreeMap<>();
    private final List<String> differences = new ArrayList<>();
    private final Set<String> messages = new HashSet<>();
    private int cases;
    private long comparisons;

    synchronized void add(List<WatchedCase> watched, List<String> found) {
        differences.addAll(found);
        for (WatchedCase one : watched) {
            if (one.rejection().isPresent()) {
                rejections.merge(reason(one.rejection().get()), 1, Integer::sum);
            } else if (one.refusal().isPresent()) {
                refusals.merge(reason(one.refusal().get()), 1, Integer::sum);
            } else {
                cases++;
                comparisons += one.comparisons();
                one.watched().features().forEach(feature -> features.merge(feature, 1, Integer::sum));
            }
        }
    }

    /** Whether this is the first question about a message. */
    synchronized boolean isNew(String message) {
        return messages.add(message);
    }

    /** How many queries were compared with Postgres over a whole history. */
    public synchronized int cases() {
        return cases;
    }

    /** How many queries were made. */
    public synchronized int queries() {
        return cases + sum(refusals) + sum(rejections);
    }

    /** What differed, each with all that is needed to see it again. */
    public synchronized List<String> differences() {
        return List.copyOf(differences);
    }

    /** How many queries used this feature, of those that were compared. */
    public synchronized int count(Feature feature) {
        return features.getOrDefault(feature, 0);
    }

    /** The share of the queries that Millrace said it does not support. */
    public synchronized double refusedShare() {
        return (double) sum(refusals) / Math.max(1, queries());
    }

    /** The share of the queries that Postgres did not answer: the generator's mistakes. */
    public synchronized double rejectedShare() {
        return (double) sum(rejections) / Math.max(1, queries());
    }

    /** A line for a run that goes on. */
    public synchronized String progress() {
        return "%d cases, %d comparisons, %d differences, %d refused, %d not answered by Postgres"
                .formatted(cases, comparisons, differences.size(), sum(refusals), sum(rejections));
    }

    /** The lines that close a run. */
    public synchronized String summary() {
        return progress()
                + "\nfeatures: "
                + features.entrySet().stream()
                        .map(entry -> entry.getKey() + " " + entry.getValue())
                        .collect(Collectors.joining(", "))
                + reasons("refused by Millrace", refusals)
                + reasons("not answered by Postgres", rejections);
    }

    private String reasons(String title, Map<String, Integer> reasons) {
        return reasons.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .map(entry -> "\n%8.2f %%  %s".formatted(100.0 * entry.getValue() / queries(), entry.getKey()))
                .collect(Collectors.joining("", reasons.isEmpty() ? "" : "\n" + title + ":", ""));
    }

    private static int sum(Map<String, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** A message without what is different each time. */
    static String reason(String message) {
        return message.split("\n", 2)[0]
                .replaceAll(" \\(line .*", "")
                .replaceAll("Expression '.*?'", "Expression …")
                .replaceAll("RecordType\\(.*\\)", "row type")
                .replaceAll("the function array.*", "the function array cannot be kept live yet")
                .replaceAll("\\(\\w+\\), which LIMIT", "which LIMIT")
                .replaceAll("\"[^\"]*\"", "…")
                .replaceAll("\\b[cqvwt]\\d+(\\.\\w+)?", "…")
                .replaceAll("\\d+", "n");
    }
}
