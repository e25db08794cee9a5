package dev.millrace.sql.regex;

import java.util.Arrays;

/** Which parts of a match its groups are, as Postgres (Henry Spencer's library, {@code regexec.c}) decides it: what stands first takes what it prefers of what leaves a match for the rest; of branches the first that fits. */
final class Dissection {
    private final Reach reach;
    private final int[] bounds;

    private Dissection(Reach reach, int[] bounds) {
        this.reach = reach;
        this.bounds = bounds;
    }

    static Match of(Tree tree, String text, Match whole, int groups) {
        int[] bounds = new int[2 * (groups + 1)];
        Arrays.fill(bounds, -1);
        bounds[0] = whole.start();
        bounds[1] = whole.end();
        new Dissection(new Reach(text, whole.start(), whole.end()), bounds).dissect(tree, whole.start(), whole.end());
        return Match.owning(bounds);
    }

    private void dissect(Tree tree, int start, int end) {
        if (!tree.captures()) {
            return;
        }
        switch (tree) {
            case Tree.Group group -> {
                bounds[2 * group.number()] = start;
                bounds[2 * group.number() + 1] = end;
                dissect(group.inner(), start, end);
            }
            case Tree.Concatenation pair -> {
                int middle = middle(pair, start, end);
                dissect(pair.before(), start, middle);
                dissect(pair.behind(), middle, end);
            }
            case Tree.Choice choice ->
                dissect(
                        choice.branches().stream()
                                .filter(branch -> reach.matches(branch, start, end))
                                .findFirst()
                                .orElseThrow(),
                        start,
                        end);
            case Tree.Iteration iteration -> {
                int last = lastTime(iteration, start, end);
                if (last >= 0) {
                    dissect(iteration.inner(), last, end);
                }
            }
            case Tree.Sequence ignored -> throw new IllegalStateException("a sequence captures nothing");
            case Tree.Repetition repeated -> dissect(repeated.inner(), start, end);
            case Tree.Characters ignored -> throw new IllegalStateException("characters capture nothing");
            case Tree.Place ignored -> throw new IllegalStateException("a place captures nothing");
            case Tree.Look ignored -> throw new IllegalStateException("what is looked at is not captured");
        }
    }

    private int middle(Tree.Concatenation pair, int start, int end) {
        boolean shortest = pair.before().prefersShortest();
        int middle = shortest ? reach.shortest(pair.before(), start, start) : reach.longest(pair.before(), start, end);
        while (!reach.matches(pair.behind(), middle, end)) {
            middle = shortest
                    ? reach.shortest(pair.before(), start, middle + 1)
                    : reach.longest(pair.before(), start, middle - 1);
        }
        return middle;
    }

    /** Where the last time begins if each time takes what it prefers of what leaves a match for the others; -1 if there is none. */
    private int lastTime(Tree.Iteration iteration, int start, int end) {
        Tree inner = iteration.inner();
        boolean shortest = inner.prefersShortest();
        if (start == end) {
            return !shortest && reach.matches(inner, start, end) ? start : -1;
        }
        int at = start;
        int left = iteration.most();
        while (true) {
            left -= left == TreeParser.UNBOUNDED ? 0 : 1;
            Tree others = new Tree.Repetition(inner, left == 0 ? 0 : 1, left, 0);
            int next = shortest ? reach.shortest(inner, at, at + 1) : reach.longest(inner, at, end);
            while (next != end && !reach.matches(others, next, end)) {
                next = shortest ? reach.shortest(inner, at, next + 1) : reach.longest(inner, at, next - 1);
            }
            if (next == end) {
                return at;
            }
            at = next;
        }
    }
}
