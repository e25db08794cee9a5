package dev.millrace.error;

import org.jspecify.annotations.Nullable;

/**
 * What went wrong, where, and what would be right. Every failure that a user of Millrace can meet is one of these; anything
 * else that is thrown is a bug of Millrace.
 */
public final class MillraceException extends RuntimeException {
    private final ErrorCode code;

    public MillraceException(ErrorCode code, String message) {
        this(code, message, null);
    }

    public MillraceException(ErrorCode code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    public ErrorCode code() {
        return code;
    }

    /** The message without its code. */
    public String detail() {
        return String.valueOf(super.getMessage());
    }

    /** The message with its code in front: {@code MR-1002: there is no table …}. */
    @Override
    public String getMessage() {
        return code.code() + ": " + detail();
    }
}
