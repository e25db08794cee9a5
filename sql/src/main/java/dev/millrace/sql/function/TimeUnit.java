package dev.millrace.sql.function;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The fields of a time, by all the names that Postgres knows them by. */
enum TimeUnit {
    MICROSECOND("microseconds", "microsecond", "us", "usec", "usecs", "useconds", "usecond", "microsecon"),
    MILLISECOND("milliseconds", "millisecond", "ms", "msec", "msecs", "mseconds", "msecond", "millisecon"),
    SECOND("second", "seconds", "s", "sec", "secs"),
    MINUTE("minute", "minutes", "m", "min", "mins"),
    HOUR("hour", "hours", "h", "hr", "hrs"),
    DAY("day", "days", "d"),
    WEEK("week", "weeks", "w"),
    MONTH("month", "months", "mon", "mons"),
    QUARTER("quarter", "qtr"),
    YEAR("year", "years", "y", "yr", "yrs"),
    DECADE("decade", "decades", "dec", "decs"),
    CENTURY("century", "centuries", "c", "cent"),
    MILLENNIUM("millennium", "millennia", "mil", "mils"),
    EPOCH("epoch"),
    JULIAN("julian", "j", "jd"),
    DOW("dow"),
    ISODOW("isodow"),
    DOY("doy"),
    ISOYEAR("isoyear"),
    TIMEZONE("timezone"),
    TIMEZONE_HOUR("timezone_hour", "timezone_h"),
    TIMEZONE_MINUTE("timezone_minute", "timezone_m");

    private static final Map<String, TimeUnit> BY_NAME = Arrays.stream(values())
            .flatMap(unit -> unit.names.stream().map(name -> Map.entry(name, unit)))
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    @SuppressWarnings("ImmutableEnumChecker") // it is
    private final List<String> names;

    TimeUnit(String... names) {
        this.names = List.of(names);
    }

    /**
     * The field of this name.
     *
     * @param type whose field it is to be, for the error
     */
    static TimeUnit named(String name, String type) {
        TimeUnit unit = BY_NAME.get(name.toLowerCase(Locale.ROOT));
        if (unit == null) {
            throw DataErrors.of("unit \"" + name + "\" not recognized for type " + type);
        }
        return unit;
    }

    RuntimeException unsupported(String type) {
        return DataErrors.of("unit \"" + name().toLowerCase(Locale.ROOT) + "\" not supported for type " + type);
    }
}
