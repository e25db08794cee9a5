package dev.millrace.sql.compile;

import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;

/** How the compiler says no: by the name of what it cannot do. */
final class Refusal {
    private Refusal() {}

    static MillraceException unsupported(String construct) {
        return new MillraceException(ErrorCode.UNSUPPORTED_SQL, construct + " cannot be kept live yet");
    }

    static MillraceException invalid(String message) {
        return new MillraceException(ErrorCode.INVALID_QUERY, message);
    }
}
