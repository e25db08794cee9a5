package dev.millrace.sql.parser;

import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;

/** A statement's text, which can point at a place in itself. Lines and columns count from 1. */
public record SourceText(String text) {
    /** An error whose message ends with the place, the line, and a caret below it. */
    public MillraceException error(ErrorCode code, String what, int line, int column) {
        String[] lines = text.split("\\R", -1);
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
        String before = text.substring(0, Math.clamp(offset, 0, text.length()));
        int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
        return error(code, what, line, before.length() - before.lastIndexOf('\n'));
    }
}
