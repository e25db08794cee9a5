package dev.millrace.sql.function;

import dev.millrace.dataflow.row.Interval;
import dev.millrace.dataflow.row.TimeTz;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Times in zones: {@code AT TIME ZONE}. A zone goes by its name in the tz database, by one of a few abbreviations, or by an offset, which POSIX counts to the west. A time that a zone's clocks skip is taken as before the
 * change, one that they show twice as after it.
 */
public final class TimeZones {
    private static final Pattern POSIX = Pattern.compile("[A-Za-z]*([+-])(\\d{1,2})(?::(\\d{2}))?");
    private static final Map<String, ZoneId> BY_NAME = ZoneId.getAvailableZoneIds().stream()
            .filter(name -> !name.startsWith("SystemV/"))
            .collect(Collectors.toUnmodifiableMap(
                    name -> name.toLowerCase(Locale.ROOT), ZoneId::of, (one, other) -> one));
    private static final Map<String, Integer> HOURS_BY_ABBREVIATION = Map.ofEntries(
            Map.entry("z", 0),
            Map.entry("edt", -4),
            Map.entry("cst", -6),
            Map.entry("cdt", -5),
            Map.entry("mdt", -6),
            Map.entry("pst", -8),
            Map.entry("pdt", -7),
            Map.entry("bst", 1),
            Map.entry("west", 1),
            Map.entry("cest", 2),
            Map.entry("eest", 3),
            Map.entry("msk", 3),
            Map.entry("jst", 9),
            Map.entry("est", -5),
            Map.entry("mst", -7),
            Map.entry("cet", 1),
            Map.entry("eet", 2),
            Map.entry("wet", 0));

    private TimeZones() {}

    @Sql(
            value = "timezone(text, timestamptz) timestamp",
            about = "what a zone's clocks show at a time: time AT TIME ZONE zone",
            example = "timezone('America/New_York', timestamptz '2024-02-29 12:00+00')")
    public static long toLocal(String zone, long micros) {
        return TimeFunctions.isInfinite(micros) ? micros : toLocal(zone(zone), micros);
    }

    static long toLocal(ZoneId zone, long micros) {
        return micros + offset(zone, TimeFunctions.toLocal(micros).toInstant(ZoneOffset.UTC));
    }

    private static long offset(ZoneId zone, Instant instant) {
        return zone.getRules().getOffset(instant).getTotalSeconds() * TimeText.MICROS_PER_SECOND;
    }

    @Sql(
            value = "timezone(text, timestamp) timestamptz",
            about = "when a zone's clocks show a time: time AT TIME ZONE zone",
            example = "timezone('America/New_York', timestamp '2024-02-29 12:00')")
    public static long toInstant(String zone, long micros) {
        return TimeFunctions.isInfinite(micros) ? micros : toInstant(zone(zone), micros);
    }

    static long toInstant(ZoneId id, long micros) {
        LocalDateTime local = TimeFunctions.toLocal(micros);
        ZoneOffsetTransition transition = id.getRules().getTransition(local);
        ZoneOffset offset = transition == null
                ? id.getRules().getOffset(local)
                : transition.isGap() ? transition.getOffsetBefore() : transition.getOffsetAfter();
        return micros - offset.getTotalSeconds() * TimeText.MICROS_PER_SECOND;
    }

    @Sql(
            value = "timezone(interval, timestamptz) timestamp",
            about = "what clocks show at a time, so much ahead of UTC: time AT TIME ZONE offset",
            example = "timezone(interval '2 hours', timestamptz '2024-02-29 12:00+00')")
    public static long toLocal(Interval offset, long micros) {
        return TimeFunctions.isInfinite(micros) ? micros : moved(micros, offset(offset));
    }

    @Sql(
            value = "timezone(interval, timestamp) timestamptz",
            about = "when clocks show a time, so much ahead of UTC: time AT TIME ZONE offset",
            example = "timezone(interval '2 hours', timestamp '2024-02-29 12:00')")
    public static long toInstant(Interval offset, long micros) {
        return TimeFunctions.isInfinite(micros) ? micros : moved(micros, -offset(offset));
    }

    @Sql(
            value = "timezone(interval, timetz) timetz",
            about = "the same time of day, so much ahead of UTC: time AT TIME ZONE offset",
            example = "timezone(interval '2 hours', timetz '12:00+00')")
    public static TimeTz shift(Interval offset, TimeTz time) {
        long micros = offset(offset);
        return new TimeTz(Math.floorMod(time.microsUtc() + micros, TimeText.MICROS_PER_DAY), (int)
                (micros / TimeText.MICROS_PER_SECOND));
    }

    /** In whole seconds, of which the lowest 32 bits count. */
    private static long offset(Interval interval) {
        if (!interval.isFinite() || interval.months() != 0 || interval.days() != 0) {
            throw DataErrors.of("interval time zone \"" + interval + "\" must not include months or days");
        }
        return (int) (interval.micros() / TimeText.MICROS_PER_SECOND) * TimeText.MICROS_PER_SECOND;
    }

    private static long moved(long micros, long by) {
        return TimeArithmetic.add(micros, new Interval(0, 0, by));
    }

    @Sql(
            value = "date_trunc(text, timestamptz, text) timestamptz",
            about = "the time at which such a unit began by a zone's clocks",
            example = "date_trunc('day', timestamptz '2024-02-29 03:00+00', 'America/New_York')")
    public static long dateTrunc(String unit, long micros, String zone) {
        ZoneId id = zone(zone);
        if (TimeFunctions.isInfinite(micros)) {
            return TimeFunctions.dateTrunc(unit, micros);
        }
        long local = toLocal(id, micros);
        long truncated = TimeFunctions.dateTrunc(unit, local);
        // Within a day the clocks are taken to go on as they do, across a change of theirs as well.
        boolean ofDay = TimeUnit.named(unit, "timestamp with time zone").compareTo(TimeUnit.DAY) < 0;
        return ofDay ? micros - (local - truncated) : toInstant(id, truncated);
    }

    @Sql(
            value = "date_add(timestamptz, interval) timestamptz",
            about = "a time later by an interval",
            example = "date_add(timestamptz '2024-01-31 12:00+00', interval '1 month')")
    public static long dateAdd(long micros, Interval interval) {
        return TimeArithmetic.add(micros, interval);
    }

    @Sql(
            value = "date_subtract(timestamptz, interval) timestamptz",
            about = "a time earlier by an interval",
            example = "date_subtract(timestamptz '2024-03-31 12:00+00', interval '1 month')")
    public static long dateSubtract(long micros, Interval interval) {
        return TimeArithmetic.subtract(micros, interval);
    }

    @Sql(
            value = "date_add(timestamptz, interval, text) timestamptz",
            about = "a time later by an interval, whose months and days are those of a zone's calendar",
            example = "date_add(timestamptz '2024-03-30 12:00+00', interval '1 day', 'Europe/Berlin')")
    public static long dateAdd(long micros, Interval interval, String zone) {
        ZoneId id = zone(zone);
        if (TimeFunctions.isInfinite(micros) || !interval.isFinite()) {
            return TimeArithmetic.add(micros, interval);
        }
        long moved = inZone(micros, new Interval(interval.months(), 0, 0), id);
        return moved(inZone(moved, new Interval(0, interval.days(), 0), id), interval.micros());
    }

    private static long inZone(long micros, Interval interval, ZoneId zone) {
        boolean stays = interval.months() == 0 && interval.days() == 0;
        return stays ? micros : toInstant(zone, TimeArithmetic.add(toLocal(zone, micros), interval));
    }

    @Sql(
            value = "date_subtract(timestamptz, interval, text) timestamptz",
            about = "a time earlier by an interval, whose months and days are those of a zone's calendar",
            example = "date_subtract(timestamptz '2024-04-01 12:00+00', interval '1 day', 'Europe/Berlin')")
    public static long dateSubtract(long micros, Interval interval, String zone) {
        return dateAdd(micros, IntervalArithmetic.negate(interval), zone);
    }

    /** The abbreviation that a text begins with, the longest one; empty if it begins with none. */
    static String abbreviation(String text) {
        int end = 0;
        while (end < text.length() && Character.isLetter(text.charAt(end))) {
            end++;
        }
        while (end > 0 && !isAbbreviation(text.substring(0, end).toLowerCase(Locale.ROOT))) {
            end--;
        }
        return text.substring(0, end);
    }

    private static boolean isAbbreviation(String name) {
        return HOURS_BY_ABBREVIATION.containsKey(name) || name.equals("utc") || name.equals("gmt");
    }

    /** The seconds that an abbreviation's clocks are ahead of UTC. */
    static int offsetSeconds(String abbreviation) {
        return 3600 * HOURS_BY_ABBREVIATION.getOrDefault(abbreviation.toLowerCase(Locale.ROOT), 0);
    }

    static ZoneId zone(String name) {
        String folded = name.strip().toLowerCase(Locale.ROOT);
        Function<Integer, ZoneId> hours = ZoneOffset::ofHours;
        return Optional.ofNullable(HOURS_BY_ABBREVIATION.get(folded))
                .map(hours)
                .or(() -> Optional.ofNullable(BY_NAME.get(folded)))
                .or(() -> posix(name.strip()))
                .orElseThrow(() -> DataErrors.of("time zone \"" + name + "\" not recognized"));
    }

    private static Optional<ZoneId> posix(String name) {
        Matcher parts = POSIX.matcher(name);
        if (!parts.matches() || Integer.parseInt(parts.group(2)) > 15) {
            return Optional.empty();
        }
        int minutes =
                Integer.parseInt(parts.group(2)) * 60 + (parts.group(3) == null ? 0 : Integer.parseInt(parts.group(3)));
        return Optional.of(ZoneOffset.ofTotalSeconds((parts.group(1).equals("+") ? -minutes : minutes) * 60));
    }
}
