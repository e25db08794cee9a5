package dev.millrace.testkit.slt;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What came of the queries of some scripts. For use by one thread. */
public final class SltTally {
    private final Map<String, Integer> unsupported = new TreeMap<>();
    private final List<String> failures = new ArrayList<>();
    private int passed;
    private int rejected;
    private int otherwise;

    void pass() {
        passed++;
    }

    /** Postgres gives another result than the script expects, and so does Millrace, the same one. */
    void passOtherwise() {
        otherwise++;
        passed++;
    }

    /** Postgres does not answer the query. */
    void reject() {
        rejected++;
    }

    void refuse(String reason) {
        unsupported.merge(
                reason.split("\n", 2)[0].replaceAll("'[^']*'|\"[^\"]*\"", "…").replaceAll("[-(]?\\d+(\\.\\d+)?", "n"),
                1,
                Integer::sum);
    }

    void fail(String failure) {
        failures.add(failure);
    }

    /** How many results were as they should be. */
    public int passed() {
        return passed;
    }

    /** How many queries Millrace said it does not support, of those that Postgres answers. */
    public int unsupported() {
        return unsupported.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** The results that were not Postgres's, each with its place and text. */
    public List<String> failures() {
        return List.copyOf(failures);
    }

    /** The queries that Postgres answers. */
    public int queries() {
        return passed + failures.size() + unsupported();
    }

    /** A line for a run that goes on. */
    public String progress() {
        return "passed %,d of %,d, failed %,d, unsupported %,d; not answered by Postgres %,d, answered otherwise than the script says %,d"
                .formatted(passed, queries(), failures.size(), unsupported(), rejected, otherwise);
    }

    /** The lines that close a run. */
    public String summary() {
        String reasons = unsupported.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .map(entry -> "\n%,9d  %s".formatted(entry.getValue(), entry.getKey()))
                .collect(Collectors.joining());
        return progress() + (reasons.isEmpty() ? "" : "\nunsupported:" + reasons);
    }
}
