package dev.millrace.dataflow.aggregate;

/** Statements about state that must be true. */
final class Validation {
    private Validation() {}

    /** @throws IllegalStateException if it is not so */
    static void require(boolean so, String statement) {
        if (!so) {
            throw new IllegalStateException("this should be true: " + statement);
        }
    }
}
