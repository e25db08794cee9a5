package dev.millrace.sql.regex;

import org.jspecify.annotations.Nullable;

/** Where an expression matches, and its groups: for each, the whole being the 0th, the start and the end, or -1 twice if it has captured nothing. */
public final class Match {
    private final int[] bounds;

    private Match(int[] bounds) {
        this.bounds = bounds;
    }

    static Match of(int start, int end) {
        return new Match(new int[] {start, end});
    }

    static Match owning(int[] bounds) {
        return new Match(bounds);
    }

    public int start() {
        return bounds[0];
    }

    public int end() {
        return bounds[1];
    }

    public boolean isEmpty() {
        return start() == end();
    }

    /** The start of a group; -1 if it captured nothing or there is none. */
    public int start(int group) {
        return group < bounds.length / 2 ? bounds[2 * group] : -1;
    }

    /** The end of a group; -1 if it captured nothing or there is none. */
    public int end(int group) {
        return group < bounds.length / 2 ? bounds[2 * group + 1] : -1;
    }

    /** What a group captured of the text; null if it captured nothing or there is none. */
    public @Nullable String text(String text, int group) {
        return start(group) < 0 ? null : text.substring(start(group), end(group));
    }
}
