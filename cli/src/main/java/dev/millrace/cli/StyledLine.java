package dev.millrace.cli;

/** A line for a terminal of limited width: text in styles, cut where the width ends, blank up to there. */
final class StyledLine {
    /** How a piece of text looks: an ANSI "select graphic rendition". */
    enum Style {
        PLAIN(""),
        BOLD("\033[1m"),
        DIM("\033[2m"),
        TITLE("\033[1;36m"),
        CHANGED("\033[1;30;43m"),
        STATUS("\033[7m");

        private final String begin;

        Style(String begin) {
            this.begin = begin;
        }
    }

    private static final String RESET = "\033[0m";

    private final StringBuilder text = new StringBuilder();
    private int left;

    StyledLine(int width) {
        this.left = Math.max(0, width);
    }

    StyledLine append(String piece, Style style) {
        if (left == 0 || piece.isEmpty()) {
            return this;
        }
        int length = ResultTable.length(piece);
        String fitting = length <= left ? piece : piece.substring(0, piece.offsetByCodePoints(0, left - 1)) + "…";
        left -= Math.min(length, left);
        text.append(style.begin).append(fitting).append(style == Style.PLAIN ? "" : RESET);
        return this;
    }

    /** Fills what is left of the width. */
    String padded(Style style) {
        return append(" ".repeat(left), style).text.toString();
    }
}
