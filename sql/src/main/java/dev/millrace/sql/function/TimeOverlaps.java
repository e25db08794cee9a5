package dev.millrace.sql.function;

import dev.millrace.dataflow.row.Interval;
import dev.millrace.dataflow.row.TimeTz;
import org.jspecify.annotations.Nullable;

/** {@code (start, end) OVERLAPS (start, end)}: whether two periods have a time in common, their ends excluded. The ends of a period may be the other way round, and its second a length. */
public final class TimeOverlaps {
    private static final String ABOUT = "whether two periods overlap: (start, end) OVERLAPS (start, end)";

    private TimeOverlaps() {}

    @Sql(
            value = {
                "overlaps(timestamp, timestamp, timestamp, timestamp) bool",
                "overlaps(timestamptz, timestamptz, timestamptz, timestamptz) bool",
                "overlaps(time, time, time, time) bool"
            },
            about = ABOUT,
            example = "(time '08:00', time '10:00') OVERLAPS (time '09:00', time '11:00')",
            strict = false,
            nullable = true,
            mayFail = false)
    public static @Nullable Boolean overlap(
            @Nullable Long start, @Nullable Long end, @Nullable Long otherStart, @Nullable Long otherEnd) {
        return anyOverlap(start, end, otherStart, otherEnd);
    }

    @Sql(
            value = "overlaps(timetz, timetz, timetz, timetz) bool",
            about = ABOUT,
            example = "(timetz '08:00+00', timetz '10:00+00') OVERLAPS (timetz '09:00+00', timetz '11:00+00')",
            strict = false,
            nullable = true,
            mayFail = false)
    public static @Nullable Boolean overlap(
            @Nullable TimeTz start, @Nullable TimeTz end, @Nullable TimeTz otherStart, @Nullable TimeTz otherEnd) {
        return anyOverlap(start, end, otherStart, otherEnd);
    }

    @Sql(
            value = {
                "overlaps(timestamp, interval, timestamp, interval) bool",
                "overlaps(timestamptz, interval, timestamptz, interval) bool"
            },
            about = ABOUT,
            example =
                    "(timestamp '2024-02-28', interval '2 days') OVERLAPS (timestamp '2024-02-29', interval '1 hour')",
            strict = false,
            nullable = true)
    public static @Nullable Boolean overlap(
            @Nullable Long start,
            @Nullable Interval length,
            @Nullable Long otherStart,
            @Nullable Interval otherLength) {
        return anyOverlap(start, plus(start, length), otherStart, plus(otherStart, otherLength));
    }

    @Sql(
            value = {
                "overlaps(timestamp, timestamp, timestamp, interval) bool",
                "overlaps(timestamptz, timestamptz, timestamptz, interval) bool"
            },
            about = ABOUT,
            example =
                    "(timestamp '2024-02-28', timestamp '2024-03-01') OVERLAPS (timestamp '2024-02-29', interval '1 hour')",
            strict = false,
            nullable = true)
    public static @Nullable Boolean overlap(
            @Nullable Long start, @Nullable Long end, @Nullable Long otherStart, @Nullable Interval otherLength) {
        return anyOverlap(start, end, otherStart, plus(otherStart, otherLength));
    }

    @Sql(
            value = {
                "overlaps(timestamp, interval, timestamp, timestamp) bool",
                "overlaps(timestamptz, interval, timestamptz, timestamptz) bool"
            },
            about = ABOUT,
            example =
                    "(timestamp '2024-02-29', interval '1 hour') OVERLAPS (timestamp '2024-02-28', timestamp '2024-03-01')",
            strict = false,
            nullable = true)
    public static @Nullable Boolean overlap(
            @Nullable Long start, @Nullable Interval length, @Nullable Long otherStart, @Nullable Long otherEnd) {
        return anyOverlap(start, plus(start, length), otherStart, otherEnd);
    }

    private static @Nullable Long plus(@Nullable Long start, @Nullable Interval length) {
        return start == null || length == null ? null : (Long) TimeArithmetic.add(start, length);
    }

    @Sql(
            value = "overlaps(time, interval, time, interval) bool",
            about = ABOUT,
            example = "(time '08:00', interval '2 hours') OVERLAPS (time '09:00', interval '1 hour')",
            strict = false,
            nullable = true)
    public static @Nullable Boolean timesOverlap(
            @Nullable Long start,
            @Nullable Interval length,
            @Nullable Long otherStart,
            @Nullable Interval otherLength) {
        return anyOverlap(start, timePlus(start, length), otherStart, timePlus(otherStart, otherLength));
    }

    @Sql(
            value = "overlaps(time, time, time, interval) bool",
            about = ABOUT,
            example = "(time '08:00', time '10:00') OVERLAPS (time '09:00', interval '1 hour')",
            strict = false,
            nullable = true)
    public static @Nullable Boolean timesOverlap(
            @Nullable Long start, @Nullable Long end, @Nullable Long otherStart, @Nullable Interval otherLength) {
        return anyOverlap(start, end, otherStart, timePlus(otherStart, otherLength));
    }

    @Sql(
            value = "overlaps(time, interval, time, time) bool",
            about = ABOUT,
            example = "(time '09:00', interval '1 hour') OVERLAPS (time '08:00', time '10:00')",
            strict = false,
            nullable = true)
    public static @Nullable Boolean timesOverlap(
            @Nullable Long start, @Nullable Interval length, @Nullable Long otherStart, @Nullable Long otherEnd) {
        return anyOverlap(start, timePlus(start, length), otherStart, otherEnd);
    }

    private static @Nullable Long timePlus(@Nullable Long start, @Nullable Interval length) {
        return start == null || length == null ? null : (Long) TimeArithmetic.addToTime(start, length);
    }

    /** NULL if it depends on an end that is. */
    private static <T extends Comparable<T>> @Nullable Boolean anyOverlap(
            @Nullable T start, @Nullable T end, @Nullable T otherStart, @Nullable T otherEnd) {
        T first = least(start, end);
        T otherFirst = least(otherStart, otherEnd);
        if (first == null || otherFirst == null) {
            return null;
        }
        T last = greatest(start, end);
        T otherLast = greatest(otherStart, otherEnd);
        int order = first.compareTo(otherFirst);
        if (order == 0) {
            return (last == null || otherLast == null) ? null : true;
        }
        return order < 0 ? reaches(last, otherFirst, otherLast) : reaches(otherLast, first, last);
    }

    /** Whether the period that begins first lasts until the other begins, which ends at {@code end}. */
    private static <T extends Comparable<T>> @Nullable Boolean reaches(@Nullable T last, T begin, @Nullable T end) {
        if (last == null) {
            return null;
        }
        if (begin.compareTo(last) < 0) {
            return true;
        }
        return end == null ? null : false;
    }

    /** The one that is, if the other is NULL. */
    private static <T extends Comparable<T>> @Nullable T least(@Nullable T one, @Nullable T other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.compareTo(other) <= 0 ? one : other;
    }

    /** NULL if either is. */
    private static <T extends Comparable<T>> @Nullable T greatest(@Nullable T one, @Nullable T other) {
        if (one == null || other == null) {
            return null;
        }
        return one.compareTo(other) >= 0 ? one : other;
    }
}
