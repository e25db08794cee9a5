package dev.millrace.sql.function;

import dev.millrace.dataflow.expression.OverloadedFunction;
import dev.millrace.dataflow.expression.Overloads;
import org.jspecify.annotations.Nullable;

/**
 * LIKE and ILIKE of a text, a pattern and, unless it is a backslash, the escape character. One object serves one call in a query and
 * keeps the pattern that it read last, so a constant one is read once; the objects of one kind are equal all the same.
 */
public final class Like implements OverloadedFunction {
    private static final Overloads METHODS = Overloads.of("matches", Like.class);
    static final String DEFAULT_ESCAPE = "\\";

    private final boolean caseInsensitive;
    /** Threads may race here: a pattern is immutable, and one that is overwritten is only read again. */
    private @Nullable LikePattern last;

    Like(boolean caseInsensitive) {
        this.caseInsensitive = caseInsensitive;
    }

    @Override
    public String name() {
        return caseInsensitive ? "ILIKE" : "LIKE";
    }

    @Override
    public Overloads methods() {
        return METHODS;
    }

    public boolean matches(String text, String pattern) {
        return matches(text, pattern, DEFAULT_ESCAPE);
    }

    public boolean matches(String text, String pattern, String escape) {
        LikePattern compiled = last;
        if (compiled == null || !compiled.isOf(pattern, escape)) {
            compiled = new LikePattern(pattern, escape, caseInsensitive);
            last = compiled;
        }
        return compiled.matches(text);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Like that && caseInsensitive == that.caseInsensitive;
    }

    @Override
    public int hashCode() {
        return Boolean.hashCode(caseInsensitive);
    }

    @Override
    public String toString() {
        return name();
    }
}
