package dev.millrace.testkit.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** SQL as a tree that can be made smaller. Its text is the concatenation of its words, a space between each two. */
sealed interface Sql {
    /**
     * What may stand in the same place.
     *
     * @param simplest what may replace any of this kind
     */
    record Kind(String name, @Nullable String simplest) {
        static final Kind QUERY = new Kind("query", null);
        static final Kind SOURCE = new Kind("source", null);

        static Kind value(Type type) {
            return new Kind(type.name(), type.simplest());
        }
    }

    /** Words that stay as they are. */
    record Words(String text) implements Sql {
        static final Words NONE = new Words("");

        @Override
        public String toString() {
            return text;
        }
    }

    /** Something that may be replaced by another of its kind, such as one that it contains. */
    record Phrase(Kind kind, List<Sql> parts) implements Sql {
        public Phrase {
            parts = List.copyOf(parts);
        }

        @Override
        public String toString() {
            return joined(parts, " ");
        }
    }

    /** Something that may be left out. */
    record Clause(Sql content) implements Sql {
        @Override
        public String toString() {
            return content.toString();
        }
    }

    /** Items of which some may be left out. */
    record Series(String separator, int least, List<Sql> items) implements Sql {
        public Series {
            items = List.copyOf(items);
        }

        @Override
        public String toString() {
            return joined(items, separator);
        }
    }

    /** A phrase of words (strings) and trees. */
    static Phrase phrase(Kind kind, Object... parts) {
        return new Phrase(kind, Stream.of(parts).map(Sql::of).toList());
    }

    static Clause clause(Object... parts) {
        return new Clause(sequence(parts));
    }

    /** Parts that stay together. */
    static Sql sequence(Object... parts) {
        return new Series(" ", parts.length, Stream.of(parts).map(Sql::of).toList());
    }

    static Series list(int least, List<? extends Sql> items) {
        return new Series(", ", least, List.copyOf(items));
    }

    private static Sql of(Object part) {
        return part instanceof Sql sql ? sql : new Words(part.toString());
    }

    private static String joined(List<Sql> parts, String separator) {
        return parts.stream().map(Sql::toString).filter(text -> !text.isEmpty()).collect(Collectors.joining(separator));
    }

    /** All trees that are this one with one thing left out or replaced, those that change most first. */
    default List<Sql> smaller() {
        List<Sql> found = new ArrayList<>();
        shrink(this, UnaryOperator.identity(), found::add);
        return found;
    }

    private static void shrink(Sql node, UnaryOperator<Sql> place, Consumer<Sql> found) {
        switch (node) {
            case Words _ -> {}
            case Clause(Sql content) -> {
                found.accept(place.apply(Words.NONE));
                shrink(content, part -> place.apply(new Clause(part)), found);
            }
            case Series series -> {
                for (int i = 0; i < series.items.size() && series.items.size() > series.least; i++) {
                    List<Sql> fewer = new ArrayList<>(series.items);
                    fewer.remove(i);
                    found.accept(place.apply(new Series(series.separator, series.least, fewer)));
                }
                shrinkEach(
                        series.items, items -> place.apply(new Series(series.separator, series.least, items)), found);
            }
            case Phrase phrase -> {
                String simplest = phrase.kind.simplest;
                if (simplest != null && !phrase.toString().equals(simplest)) {
                    found.accept(place.apply(new Phrase(phrase.kind, List.of(new Words(simplest)))));
                }
                phrase.parts.forEach(part -> inside(part, phrase.kind, inner -> found.accept(place.apply(inner))));
                shrinkEach(phrase.parts, parts -> place.apply(new Phrase(phrase.kind, parts)), found);
            }
        }
    }

    private static void shrinkEach(
            List<Sql> parts, java.util.function.Function<List<Sql>, Sql> place, Consumer<Sql> found) {
        for (int i = 0; i < parts.size(); i++) {
            int index = i;
            shrink(
                    parts.get(i),
                    part -> {
                        List<Sql> changed = new ArrayList<>(parts);
                        changed.set(index, part);
                        return place.apply(changed);
                    },
                    found);
        }
    }

    /** The outermost phrases of this kind in a tree. */
    private static void inside(Sql tree, Kind kind, Consumer<Sql> found) {
        switch (tree) {
            case Words _ -> {}
            case Clause(Sql content) -> inside(content, kind, found);
            case Series series -> series.items.forEach(item -> inside(item, kind, found));
            case Phrase phrase -> {
                if (phrase.kind.equals(kind)) {
                    found.accept(phrase);
                } else {
                    phrase.parts.forEach(part -> inside(part, kind, found));
                }
            }
        }
    }
}
