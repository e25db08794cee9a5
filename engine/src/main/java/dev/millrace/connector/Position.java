package dev.millrace.connector;

/**
 * A place in a source's history, in that source's own terms (for Postgres the LSN just past a commit record). Everything up to and including
 * a position is a prefix of what the source committed.
 *
 * @param value grows along the history of one source
 * @param text how the source itself writes it, such as {@code 0/16B3748}
 */
public record Position(long value, String text) implements Comparable<Position> {
    @Override
    public int compareTo(Position other) {
        return Long.compareUnsigned(value, other.value);
    }

    @Override
    public String toString() {
        return text;
    }
}
