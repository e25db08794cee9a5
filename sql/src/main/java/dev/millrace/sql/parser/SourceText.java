package dev.millrace.sql.parser;

import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;

/**
 * A statement's text, which can point at a place in itself. Lines and columns count from 1.
 *
 * @param text what is to be parsed
 * @param written what the user wrote: the same, but for a {@linkplain #part part} the whole statement
 */
public record SourceText(String text, String written) {
    /** The longest text that is read, in characters. */
    public static final int MAX_LENGTH = 1 << 16;

    /**
     * A whole statement.
     *
     * @throws MillraceException {@code TEXT_TOO_LONG}
     */
    public SourceText(String text) {
        this(text, text);
        if (text.length() > MAX_LENGTH) {
            throw new MillraceException(
                    ErrorCode.TEXT_TOO_LONG,
                    "the statement has " + text.length() + " characters, and at most " + MAX_LENGTH
                            + " are read; give values as parameters, or write several statements");
        }
    }

    /** A part of the statement, each character where it stands, with blanks in the place of all others. */
    public SourceText part(int from, int to) {
        return part("", from, to);
    }

    /**
     * As {@link #part(int, int)}, with words before it in the place of some that are left out.
     *
     * @param words no longer than what is before the part
     */
    public SourceText part(String words, int from, int to) {
        StringBuilder part = new StringBuilder(to);
        for (int i = 0; i < from; i++) {
            char c = text.charAt(i);
            part.append(c == '\n' || c == '\r' ? c : ' ');
        }
        part.append(text, from, to);
        int latest = from - words.length();
        int place = part.substring(0, words.length()).isBlank() && !hasBreak(0, words.length()) ? 0 : latest;
        part.replace(place, place + words.length(), words);
        return new SourceText(part.toString(), written);
    }

    private boolean hasBreak(int from, int to) {
        return text.substring(from, to).chars().anyMatch(c -> c == '\n' || c == '\r');
    }

    /** An error whose message ends with the place, the line, and a caret below it. */
    public MillraceException error(ErrorCode code, String what, int line, int column) {
        String[] lines = written.split("\\R", -1);
        if (line < 1 || line > lines.length) {
            return new MillraceException(code, what);
        }
        String shown = lines[line - 1];
        int caret = Math.clamp(column - 1, 0, shown.length());
        return new MillraceException(
                code,
                what + " (line " + line + ", column " + column + ")\n  " + shown + "\n  " + " ".repeat(caret) + "^");
    }

    /** The rest of a line from a column on; empty if there is no such place. */
    public String from(int line, int column) {
        String[] lines = text.split("\\R", -1);
        boolean exists = line >= 1 && line <= lines.length && column >= 1 && column <= lines[line - 1].length();
        return exists ? lines[line - 1].substring(column - 1) : "";
    }

    /** As {@link #error(ErrorCode, String, int, int)}, at a character offset. */
    public MillraceException errorAt(ErrorCode code, String what, int offset) {
        return error(code, what, line(offset), column(offset));
    }

    /** The line that a character offset is on. */
    public int line(int offset) {
        return 1 + (int) before(offset).chars().filter(c -> c == '\n').count();
    }

    /** The column that a character offset is in. */
    public int column(int offset) {
        String before = before(offset);
        return before.length() - before.lastIndexOf('\n');
    }

    private String before(int offset) {
        return text.substring(0, Math.clamp(offset, 0, text.length()));
    }
}
