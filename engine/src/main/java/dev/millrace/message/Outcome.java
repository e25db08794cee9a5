package dev.millrace.message;

import java.util.Optional;

/**
 * What a statement did.
 *
 * @param command its first words, such as {@code INSERT} or {@code CREATE TABLE}
 * @param count how many rows it inserted, updated or deleted, or gave
 * @param rows those that it gave: a query's, or those of {@code RETURNING}
 */
public record Outcome(String command, long count, Optional<Result> rows) {
    /** Of a statement that gives no rows. */
    public static Outcome of(String command) {
        return new Outcome(command, 0, Optional.empty());
    }

    /** Of a query. */
    public static Outcome of(String command, Result rows) {
        return new Outcome(command, rows.rows().size(), Optional.of(rows));
    }
}
