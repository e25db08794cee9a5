package dev.millrace.dataflow.row;

/**
 * Postgres's time with time zone: a time of day and the offset that it is given in. The order is that of the moments in UTC, then eastern offsets before western ones; none are equal
 * that are shown otherwise.
 *
 * @param micros since midnight, up to 24:00
 * @param offsetSeconds east of UTC
 */
public record TimeTz(long micros, int offsetSeconds) implements Comparable<TimeTz> {
    private static final long MICROS_PER_SECOND = 1_000_000;

    /** Microseconds since midnight in UTC, which may be of the day before or after. */
    public long microsUtc() {
        return micros - offsetSeconds * MICROS_PER_SECOND;
    }

    @Override
    public int compareTo(TimeTz other) {
        int order = Long.compare(microsUtc(), other.microsUtc());
        return order != 0 ? order : Integer.compare(other.offsetSeconds, offsetSeconds);
    }
}
