package dev.millrace.bench.dataflow.rows;

import java.util.List;

/**
 * A query that every contestant keeps up to date, and what it reads.
 *
 * @param name of the workload
 * @param sql understood alike by all that speak SQL
 * @param dimensions what is there before the clock starts
 * @param stream what arrives while it runs
 */
public record Query(String name, String sql, List<Relation> dimensions, Relation stream) {
    public Query {
        dimensions = List.copyOf(dimensions);
    }
}
