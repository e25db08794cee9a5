package dev.millrace.dataflow.failure;

import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The errors output of an operator: a multiset of errors. A row that has no value adds its error with its weight, and takes it back when it is retracted, as evaluation is
 * deterministic. Several threads may add at once; who reads does so after them.
 */
public final class DataErrors {
    /** Of an operator that has none, whatever its rows. */
    public static final DataErrors NONE = new DataErrors();

    private final TreeMap<DataError, Long> weights = new TreeMap<>();
    /** Which were added to since {@link #takeTurned}, and whether they were there then. */
    private final TreeMap<DataError, Boolean> touched = new TreeMap<>();

    private long count;
    private boolean present;

    /** What has the errors instead, if this is of a part of an operator. */
    private @Nullable DataErrors whole;

    /** No errors. */
    public DataErrors() {}

    /** The errors of an operator made of others, which have none yet. A part may add what another takes back. */
    public static DataErrors of(List<DataErrors> parts) {
        DataErrors whole = new DataErrors();
        List<DataErrors> adding =
                parts.stream().filter(part -> !part.equals(NONE)).toList();
        adding.forEach(part -> part.whole = whole);
        return adding.isEmpty() ? NONE : whole;
    }

    /** Adds an error as many times, or takes it back as many times if the weight is negative. */
    public synchronized void add(DataError error, long weight) {
        if (whole != null) {
            whole.add(error, weight);
            return;
        }
        if (weight == 0) {
            return;
        }
        touched.putIfAbsent(error, weights.containsKey(error));
        weights.merge(error, weight, (before, change) -> {
            long after = Math.addExact(before, change);
            return after == 0 ? null : after;
        });
        count += weight;
        present = !weights.isEmpty();
    }

    public boolean isEmpty() {
        return !present;
    }

    /** The least one. */
    public Optional<DataError> first() {
        return weights.isEmpty() ? Optional.empty() : Optional.of(weights.firstKey());
    }

    /** The different ones. */
    public Set<DataError> all() {
        return weights.keySet();
    }

    /** How often this one is there. */
    public long weight(DataError error) {
        return weights.getOrDefault(error, 0L);
    }

    /** Those that are there and were not when this was last called, or the other way round. */
    public List<DataError> takeTurned() {
        if (touched.isEmpty()) {
            return List.of();
        }
        List<DataError> turned = touched.entrySet().stream()
                .filter(each -> each.getValue() != weights.containsKey(each.getKey()))
                .map(Map.Entry::getKey)
                .toList();
        touched.clear();
        return turned;
    }

    /** How many there are, each counted as often as it is there. */
    public long count() {
        return count;
    }

    /** Checks that no error was taken back more often than it was there; an {@link IllegalStateException} says which. */
    public void validate() {
        weights.forEach((error, weight) -> {
            if (weight <= 0) {
                throw new IllegalStateException(error + " is there " + weight + " times");
            }
        });
    }

    /** Whether an exception says that a row has no value; any other is a bug. */
    public static boolean isOne(MillraceException failure) {
        return failure.code() == ErrorCode.DATA_ERROR;
    }
}
