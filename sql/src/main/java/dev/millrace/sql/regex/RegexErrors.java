package dev.millrace.sql.regex;

import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;

/** What is wrong with the text of a regular expression. */
final class RegexErrors {
    private RegexErrors() {}

    static MillraceException invalid(String what) {
        return new MillraceException(ErrorCode.DATA_ERROR, "invalid regular expression: " + what);
    }

    static MillraceException unsupported(String what) {
        return new MillraceException(
                ErrorCode.DATA_ERROR, "a regular expression with " + what + " cannot be kept live yet");
    }
}
