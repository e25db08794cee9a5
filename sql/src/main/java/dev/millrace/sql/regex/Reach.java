package dev.millrace.sql.regex;

import java.util.BitSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;

/** Where parts of an expression can end that begin at a place of a text, up to a limit. What was found is remembered. */
final class Reach {
    private final String text;
    private final int origin;
    private final int limit;
    private final IdentityHashMap<Tree, Map<Integer, BitSet>> known = new IdentityHashMap<>();

    /**
     * @param origin before which nothing begins
     * @param limit behind which nothing ends
     */
    Reach(String text, int origin, int limit) {
        this.text = text;
        this.origin = origin;
        this.limit = limit;
    }

    boolean matches(Tree tree, int start, int end) {
        return ends(tree, start).get(end - origin);
    }

    /** The last place, up to one, where the tree can end; -1 if there is none. */
    int longest(Tree tree, int start, int atMost) {
        int end = atMost < start ? -1 : ends(tree, start).previousSetBit(atMost - origin);
        return end < 0 ? -1 : end + origin;
    }

    /** The first place, from one on, where the tree can end; -1 if there is none. */
    int shortest(Tree tree, int start, int atLeast) {
        int end = ends(tree, start).nextSetBit(atLeast - origin);
        return end < 0 ? -1 : end + origin;
    }

    private BitSet ends(Tree tree, int start) {
        Map<Integer, BitSet> ofTree = known.computeIfAbsent(tree, ignored -> new HashMap<>());
        BitSet ends = ofTree.get(start);
        if (ends == null) {
            ends = found(tree, start);
            ofTree.put(start, ends);
        }
        return ends;
    }

    private BitSet found(Tree tree, int start) {
        return switch (tree) {
            case Tree.Characters characters -> {
                int character = start < limit ? text.codePointAt(start) : -1;
                boolean has = character >= 0 && characters.set().has(character);
                yield has ? only(start + Character.charCount(character)) : new BitSet();
            }
            case Tree.Place place -> place.anchor().holds(text, start) ? only(start) : new BitSet();
            case Tree.Look look -> isSeen(look, start) == look.wanted() ? only(start) : new BitSet();
            case Tree.Sequence sequence -> {
                BitSet ends = only(start);
                for (Tree part : sequence.parts()) {
                    ends = after(ends, part);
                }
                yield ends;
            }
            case Tree.Repetition repeated -> times(repeated.inner(), start, repeated.least(), repeated.most());
            case Tree.Iteration iteration -> times(iteration.inner(), start, 0, iteration.most());
            case Tree.Concatenation pair -> after(ends(pair.before(), start), pair.behind());
            case Tree.Choice choice -> {
                BitSet ends = new BitSet();
                choice.branches().forEach(branch -> ends.or(ends(branch, start)));
                yield ends;
            }
            case Tree.Group group -> ends(group.inner(), start);
        };
    }

    private BitSet only(int end) {
        BitSet ends = new BitSet();
        if (end <= limit) {
            ends.set(end - origin);
        }
        return ends;
    }

    private BitSet after(BitSet starts, Tree part) {
        BitSet ends = new BitSet();
        starts.stream().forEach(start -> ends.or(ends(part, start + origin)));
        return ends;
    }

    private BitSet times(Tree inner, int start, int least, int most) {
        BitSet reached = only(start);
        for (int i = 0; i < least; i++) {
            reached = after(reached, inner);
        }
        BitSet all = (BitSet) reached.clone();
        for (int i = least; i < most && !reached.isEmpty(); i++) {
            reached = after(reached, inner);
            reached.andNot(all);
            all.or(reached);
        }
        return all;
    }

    private boolean isSeen(Tree.Look look, int at) {
        if (look.ahead()) {
            return !new Reach(text, at, text.length()).ends(look.inner(), at).isEmpty();
        }
        for (int start = at; start >= 0; start--) {
            if (new Reach(text, start, at).matches(look.inner(), start, at)) {
                return true;
            }
        }
        return false;
    }
}
