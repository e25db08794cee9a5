package dev.millrace.lifecycle;

import dev.millrace.connector.Position;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.stream.Collectors;

/** Where each source is. */
final class Positions {
    static final Position NOWHERE = new Position(0, "none");

    private final Map<String, Position> bySource = new HashMap<>();

    void set(String source, Position position) {
        bySource.put(source, position);
    }

    /** Where these sources are; of several each one's place, ordered by the epoch. */
    Position of(SortedSet<String> sources, long epoch) {
        return switch (sources.size()) {
            case 0 -> NOWHERE;
            case 1 -> of(sources.first());
            default ->
                new Position(
                        epoch,
                        sources.stream()
                                .map(source -> source + ":" + of(source))
                                .collect(Collectors.joining(",")));
        };
    }

    private Position of(String source) {
        return bySource.getOrDefault(source, NOWHERE);
    }
}
