package dev.millrace.sql.regex;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A tree as RE2 writes it, without its preferences and captures. */
final class Re2Text {
    private final StringBuilder text = new StringBuilder();
    private boolean known = true;

    private Re2Text() {}

    /** Null if RE2 has no such thing. */
    static @Nullable String of(Tree tree) {
        Re2Text text = new Re2Text();
        text.append(tree);
        return text.known ? text.text.toString() : null;
    }

    private void append(Tree tree) {
        switch (tree) {
            case Tree.Characters characters -> text.append(characters.set());
            case Tree.Place place -> {
                String anchor = place.anchor().re2;
                known &= anchor != null;
                text.append(String.valueOf(anchor));
            }
            case Tree.Look ignored -> known = false;
            case Tree.Sequence sequence -> sequence.parts().forEach(this::append);
            case Tree.Repetition repeated -> times(repeated.inner(), repeated.least(), repeated.most());
            case Tree.Concatenation(Tree before, Tree behind, int ignored) -> {
                append(before);
                append(behind);
            }
            case Tree.Choice(List<Tree> branches, int ignored) -> {
                String separator = "(?:";
                for (Tree branch : branches) {
                    text.append(separator);
                    append(branch);
                    separator = "|";
                }
                text.append(')');
            }
            case Tree.Iteration iteration -> times(iteration.inner(), 0, iteration.most());
            case Tree.Group group -> {
                text.append("(?:");
                append(group.inner());
                text.append(')');
            }
        }
    }

    private void times(Tree inner, int least, int most) {
        text.append("(?:");
        append(inner);
        text.append(')');
        if (most == TreeParser.UNBOUNDED) {
            text.append(least == 0 ? "*" : least == 1 ? "+" : "{" + least + ",}");
        } else {
            text.append('{').append(least).append(',').append(most).append('}');
        }
    }
}
