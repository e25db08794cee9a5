package dev.millrace.sql.regex;

import java.util.List;

/**
 * A regular expression, taken apart as far as Postgres does: of a branch what stands before the first part that has captures, or another preference, is one sequence, which prefers as a whole.
 *
 * @see TreeParser
 */
sealed interface Tree {
    /** It prefers the longest match. */
    int LONGER = 1;
    /** It prefers the shortest match. */
    int SHORTER = 2;
    /** There are both within. */
    int MIXED = 4;
    /** There are groups that capture within. */
    int CAPTURES = 8;

    int PREFERENCE = LONGER | SHORTER;

    /** What it prefers and has within, as bits. */
    int flags();

    default boolean captures() {
        return (flags() & CAPTURES) != 0;
    }

    default boolean prefersShortest() {
        return (flags() & SHORTER) != 0;
    }

    /** One character of a set. */
    record Characters(CharacterSet set) implements Tree {
        @Override
        public int flags() {
            return 0;
        }
    }

    /** A condition on a place. */
    record Place(Anchor anchor) implements Tree {
        @Override
        public int flags() {
            return 0;
        }
    }

    /** Whether something follows, or stands before. */
    record Look(Tree inner, boolean ahead, boolean wanted) implements Tree {
        @Override
        public int flags() {
            return 0;
        }
    }

    /** Parts in a row without captures and of one preference; none of them matches nothing. */
    record Sequence(List<Tree> parts, int flags) implements Tree {}

    /** So many times in a row; the inner one has no captures, or {@link Iteration} would be it. */
    record Repetition(Tree inner, int least, int most, int flags) implements Tree {}

    /** What is before takes what it prefers as long as what is behind matches the rest. */
    record Concatenation(Tree before, Tree behind, int flags) implements Tree {}

    record Choice(List<Tree> branches, int flags) implements Tree {}

    /** None or more times in a row; the captures are those of the last time. */
    record Iteration(Tree inner, int most, int flags) implements Tree {}

    record Group(int number, Tree inner) implements Tree {
        @Override
        public int flags() {
            return inner.flags() | CAPTURES;
        }
    }

    /** The flags of one with others within. */
    static int up(int flags) {
        boolean both = (flags & PREFERENCE) == PREFERENCE;
        return (flags & ~PREFERENCE) | (both ? MIXED : 0);
    }

    /** The flags of a first and a second one together: what the first prefers counts, if it does. */
    static int combine(int first, int second) {
        int preference = (first & PREFERENCE) != 0 ? first & PREFERENCE : second & PREFERENCE;
        return up(first | second) | preference;
    }

    /** Whether a sequence cannot have such a part. */
    static boolean isMixed(int flags) {
        return (up(flags) & (MIXED | CAPTURES)) != 0;
    }
}
