package dev.millrace.dataflow.plan;

import java.util.List;

/**
 * Which rows of its partition a window function sees from a row: those from the start to the end, both included.
 *
 * @param unit what an offset counts
 */
public record WindowFrame(Unit unit, Bound start, Bound end) {
    /** All rows of the partition. */
    public static final WindowFrame PARTITION =
            new WindowFrame(Unit.RANGE, new Bound.Unbounded(), new Bound.Unbounded());

    /** What is at a distance from a row. Peers are rows that agree in the order's keys. */
    public enum Unit {
        /** Rows; the current row is the row itself. */
        ROWS,
        /** Values of the one key of the order; the current row are all its peers. */
        RANGE,
        /** Groups of peers; the current row are all its peers. */
        GROUPS
    }

    /** Where a frame starts or ends. */
    public sealed interface Bound {
        /** The partition's first row for a start, the last for an end. */
        record Unbounded() implements Bound {}

        /** The current row. */
        record Current() implements Bound {}

        /**
         * Before or behind the current row.
         *
         * @param distance not negative: a {@code Long} of rows, groups, or units of an integer key; a {@code Double} or {@code Decimal} for such a key; a {@link Span} for one of time
         */
        record Offset(boolean following, Object distance) implements Bound {}
    }

    /** A distance in time: whole months, then microseconds. */
    public record Span(int months, long micros) {}

    public boolean isPartition() {
        return start instanceof Bound.Unbounded && end instanceof Bound.Unbounded;
    }

    /** Whether a bound is told by a value that is added to the order's key. */
    public boolean hasDistances() {
        return unit == Unit.RANGE && List.of(start, end).stream().anyMatch(Bound.Offset.class::isInstance);
    }
}
