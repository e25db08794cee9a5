package dev.millrace.bench.flink;

import dev.millrace.bench.rows.Query;
import dev.millrace.bench.rows.Relation;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Keeps the sources of a run together as the steps of a circuit do: streams begin when all dimensions have been read and all streams are ready, and no stream
 * is more than a batch ahead of another.
 */
final class Pace {
    private final Set<String> waitedFor = new HashSet<>();
    private final Map<String, Integer> batchesGiven = new HashMap<>();
    private CompletableFuture<Void> nextRound = new CompletableFuture<>();
    private int round;
    private long startNanos;

    Pace(Query query) {
        query.relations().forEach(relation -> waitedFor.add(relation.name()));
        query.streams().forEach(stream -> batchesGiven.put(stream.name(), 0));
    }

    boolean isStream(Relation relation) {
        return batchesGiven.containsKey(relation.name());
    }

    /** A dimension has been read, or a stream is ready. */
    synchronized void arrived(Relation relation) {
        if (waitedFor.remove(relation.name()) && waitedFor.isEmpty()) {
            startNanos = System.nanoTime();
            turn();
        }
    }

    /** Whether a relation may give its next batch now. */
    synchronized boolean mayGive(Relation relation) {
        return !isStream(relation) || (waitedFor.isEmpty() && given(relation) <= round);
    }

    /** Done when that changes; if it may give one now, done already. */
    synchronized CompletableFuture<Void> turn(Relation relation) {
        return mayGive(relation) ? CompletableFuture.completedFuture(null) : nextRound;
    }

    /** A stream gave a batch. */
    synchronized void gave(Relation stream) {
        batchesGiven.merge(stream.name(), 1, Integer::sum);
        if (batchesGiven.values().stream().allMatch(given -> given > round)) {
            round++;
            turn();
        }
    }

    /** When the streams began. */
    synchronized long startNanos() {
        return startNanos;
    }

    private int given(Relation stream) {
        return batchesGiven.getOrDefault(stream.name(), 0);
    }

    private void turn() {
        CompletableFuture<Void> reached = nextRound;
        nextRound = new CompletableFuture<>();
        reached.complete(null);
    }
}
