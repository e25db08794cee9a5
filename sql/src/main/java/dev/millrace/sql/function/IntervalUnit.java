package dev.millrace.sql.function;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The units of intervals by all their names in Postgres, each a number of months, of days or of microseconds. */
enum IntervalUnit {
    MICROSECOND(0, 0, 1, "us", "usec", "usecs", "usecond", "useconds", "microsecon"),
    MILLISECOND(0, 0, 1000, "ms", "msec", "msecs", "msecond", "mseconds", "millisecon"),
    SECOND(0, 0, 1_000_000, "s", "sec", "secs", "second", "seconds"),
    MINUTE(0, 0, 60_000_000L, "m", "min", "mins", "minute", "minutes"),
    HOUR(0, 0, 3_600_000_000L, "h", "hr", "hrs", "hour", "hours"),
    DAY(0, 1, 0, "d", "day", "days"),
    WEEK(0, 7, 0, "w", "week", "weeks"),
    MONTH(1, 0, 0, "mon", "mons", "month", "months"),
    YEAR(12, 0, 0, "y", "yr", "yrs", "year", "years"),
    DECADE(120, 0, 0, "dec", "decs", "decade", "decades"),
    CENTURY(1200, 0, 0, "c", "cent", "century", "centuries"),
    MILLENNIUM(12_000, 0, 0, "mil", "mils", "millennium", "millennia");

    static final int MONTHS_PER_YEAR = 12;
    /** What a number of seconds with a fraction counts as. */
    static final Set<IntervalUnit> SECONDS = EnumSet.of(SECOND, MILLISECOND, MICROSECOND);
    /** What {@code 04:05:06} counts as. */
    static final Set<IntervalUnit> CLOCK = EnumSet.range(MICROSECOND, HOUR);
    /** Postgres looks at no more of a word. */
    private static final int MAX_NAME_LENGTH = 10;

    private final int months;
    private final int days;
    private final long micros;

    @SuppressWarnings("ImmutableEnumChecker") // it is
    private final List<String> names;

    IntervalUnit(int months, int days, long micros, String... names) {
        this.months = months;
        this.days = days;
        this.micros = micros;
        this.names = List.of(names);
    }

    int months() {
        return months;
    }

    int days() {
        return days;
    }

    long micros() {
        return micros;
    }

    /** @param name in lower case */
    static Optional<IntervalUnit> named(String name) {
        String significant = name.length() > MAX_NAME_LENGTH ? name.substring(0, MAX_NAME_LENGTH) : name;
        return Arrays.stream(values())
                .filter(unit -> unit.names.contains(significant))
                .findFirst();
    }
}
