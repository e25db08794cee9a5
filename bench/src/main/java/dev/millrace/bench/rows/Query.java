package dev.millrace.bench.rows;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;

/**
 * A query that every contestant keeps up to date, and what it reads.
 *
 * @param name of the workload
 * @param sql in Millrace's dialect
 * @param flinkSql what means the same in Flink's dialect; the same text wherever both understand it
 * @param dimensions what is there before the clock starts
 * @param streams what arrives while it runs: the next batch of each of them, step by step
 */
public record Query(String name, String sql, String flinkSql, List<Relation> dimensions, List<Relation> streams) {
    /** Makes a query with its rows: the same ones in any process. */
    @FunctionalInterface
    public interface Recipe extends Serializable {
        Query query();
    }

    public Query {
        dimensions = List.copyOf(dimensions);
        streams = List.copyOf(streams);
        int steps = streams.getFirst().batches().size();
        if (streams.stream().anyMatch(stream -> stream.batches().size() != steps)) {
            throw new IllegalArgumentException("streams of different numbers of batches");
        }
    }

    /** A query over one stream whose text all that speak SQL understand alike. */
    public Query(String name, String sql, List<Relation> dimensions, Relation stream) {
        this(name, sql, sql, dimensions, List.of(stream));
    }

    /**
     * The stream.
     *
     * @throws IllegalStateException if there are several
     */
    public Relation stream() {
        if (streams.size() != 1) {
            throw new IllegalStateException(name + " reads " + streams.size() + " streams");
        }
        return streams.getFirst();
    }

    /** All that it reads, dimensions first. */
    public List<Relation> relations() {
        return Stream.concat(dimensions.stream(), streams.stream()).toList();
    }

    /** How many batches each stream has. */
    public int steps() {
        return streams.getFirst().batches().size();
    }

    /** The rows of all streams. */
    public long rows() {
        return streams.stream().mapToLong(Relation::rows).sum();
    }
}
