package dev.millrace.sql.function;

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
        return TimeFunctions.isInfinite(micros)
                ? micros
                : micros + offset(zone(zone), TimeFunctions.toLocal(micros).toInstant(ZoneOffset.UTC));
    }

    private static long offset(ZoneId zone, Instant instant) {
        return zone.getRules().getOffset(instant).getTotalSeconds() * TimeText.MICROS_PER_SECOND;
    }

    @Sql(
            value = "timezone(text, timestamp) timestamptz",
            about = "when a zone's clocks show a time: time AT TIME ZONE zone",
            example = "timezone('America/New_York', timestamp '2024-02-29 12:00')")
    public static long toInstant(String zone, long micros) {
        if (TimeFunctions.isInfinite(micros)) {
            return micros;
        }
        ZoneId id = zone(zone);
        LocalDateTime local = TimeFunctions.toLocal(micros);
        ZoneOffsetTransition transition = id.getRules().getTransition(local);
        ZoneOffset offset = transition == null
                ? id.getRules().getOffset(local)
                : transition.isGap() ? transition.getOffsetBefore() : transition.getOffsetAfter();
        return micros - offset.getTotalSeconds() * TimeText.MICROS_PER_SECOND;
    }

    private static ZoneId zone(String name) {
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
