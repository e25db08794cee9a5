package dev.millrace.message;

/** One row-level difference of a result. */
public sealed interface Change {
    record Insert(ResultRow row) implements Change {}

    /** A row that keeps its key. */
    record Update(ResultRow oldRow, ResultRow newRow) implements Change {}

    record Delete(ResultRow row) implements Change {}
}
