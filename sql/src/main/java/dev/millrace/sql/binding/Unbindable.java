package dev.millrace.sql.binding;

/** Why a plan cannot be carried. */
final class Unbindable extends RuntimeException {
    private static final long serialVersionUID = 1;

    Unbindable(String reason) {
        super(reason, null, false, false);
    }
}
