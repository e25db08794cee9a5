package dev.millrace.testkit.oracle;

import dev.millrace.connector.Position;

/**
 * Where a live query was first not what Postgres says.
 *
 * @param transaction the number of the transaction after which that was, from 0
 */
record Difference(Case query, Kind kind, int transaction, Position position, String text) {
    /** What shrinking keeps: the kind, and the error's message without what is different each time. */
    String signature() {
        return kind == Kind.INSTALLATION ? Tally.reason(text) : kind.name();
    }

    /** What is different. */
    enum Kind {
        /** Other rows. */
        RESULT,
        /** An error in one only. */
        ERROR,
        /** The query was not accepted, by another code than those for what is not supported. */
        INSTALLATION,
        /** Messages that do not fit together, or none. */
        PROTOCOL
    }
}
