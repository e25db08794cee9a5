package dev.millrace.sql.parser;

/** What of a query EXPLAIN shows. */
public enum ExplainMode {
    /** {@code EXPLAIN}: the plan. */
    PLAN,
    /** {@code EXPLAIN CIRCUIT}: the operators that run, and their state. */
    CIRCUIT,
    /** {@code EXPLAIN CODE}: the code that was generated. */
    CODE
}
