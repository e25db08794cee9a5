package dev.millrace.sql.function;

import dev.millrace.dataflow.expression.Expression;
import dev.millrace.dataflow.expression.Function;
import dev.millrace.dataflow.row.ColumnType;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Decimal;
import dev.millrace.dataflow.row.Interval;
import dev.millrace.dataflow.row.TimeTz;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A function of times with time zone in a zone that is not UTC. Most are those of UTC over what the zone's clocks show; where they skip a time, it is taken as before the change, where they show one
 * twice, as after it.
 */
public record ZonedFunction(Kind kind, ZoneId zone) implements Function {
    /** Which function; a conversion is named for both types. */
    public enum Kind {
        TIMESTAMPTZ_TO_TEXT,
        TIMESTAMPTZ_TO_DATE,
        TIMESTAMPTZ_TO_TIMESTAMP,
        TIMESTAMPTZ_TO_TIME,
        TIMESTAMPTZ_TO_TIMETZ,
        TEXT_TO_TIMESTAMPTZ,
        DATE_TO_TIMESTAMPTZ,
        TIMESTAMP_TO_TIMESTAMPTZ,
        DATE_TRUNC,
        EXTRACT,
        DATE_PART,
        ADD,
        ADD_TO,
        SUBTRACT,
        MAKE,
        TO_CHAR,
        AGE
    }

    private static final Map<String, Kind> BY_SIGNATURE = Map.ofEntries(
            Map.entry("date_trunc(text, timestamptz) timestamptz", Kind.DATE_TRUNC),
            Map.entry("extract(text, timestamptz) numeric", Kind.EXTRACT),
            Map.entry("date_part(text, timestamptz) float8", Kind.DATE_PART),
            Map.entry("+(timestamptz, interval) timestamptz", Kind.ADD),
            Map.entry("date_add(timestamptz, interval) timestamptz", Kind.ADD),
            Map.entry("+(interval, timestamptz) timestamptz", Kind.ADD_TO),
            Map.entry("-(timestamptz, interval) timestamptz", Kind.SUBTRACT),
            Map.entry("date_subtract(timestamptz, interval) timestamptz", Kind.SUBTRACT),
            Map.entry("make_timestamptz(int4, int4, int4, int4, int4, float8) timestamptz", Kind.MAKE),
            Map.entry("to_char(timestamptz, text) text", Kind.TO_CHAR),
            Map.entry("age(timestamptz, timestamptz) interval", Kind.AGE));

    /** Which mean the same in each zone. */
    private static final Set<String> WITHOUT_ZONE = Set.of(
            "isfinite(timestamptz) bool",
            "-(timestamptz, timestamptz) interval",
            "to_timestamp(float8) timestamptz",
            "timezone(text, timestamptz) timestamp",
            "timezone(text, timestamp) timestamptz",
            "timezone(interval, timestamptz) timestamp",
            "timezone(interval, timestamp) timestamptz",
            "+(date, timetz) timestamptz",
            "+(timetz, date) timestamptz",
            "date_trunc(text, timestamptz, text) timestamptz",
            "date_add(timestamptz, interval, text) timestamptz",
            "date_subtract(timestamptz, interval, text) timestamptz",
            "overlaps(timestamptz, timestamptz, timestamptz, timestamptz) bool",
            "date_bin(interval, timestamptz, timestamptz) timestamptz");

    private static final Set<DataType> AS_TEXT = Set.of(DataType.TEXT, DataType.JSON, DataType.JSONB);
    private static final Pattern ZONE_FIELDS = Pattern.compile("TZ|OF", Pattern.CASE_INSENSITIVE);
    private static final Pattern OFFSET =
            Pattern.compile(".*\\d\\s*(?:Z|UTC|[+-]\\d[\\d:]*)\\s*(?:BC|AD)?\\s*", Pattern.CASE_INSENSITIVE);
    private static final String TYPE = "timestamp with time zone";

    /** What a conversion is in the current zone; nothing if it is the same in each. */
    static Optional<Function> conversion(DataType from, ColumnType target) {
        DataType to = target.type();
        ZoneId zone = SessionZone.current();
        boolean zoned = from == DataType.TIMESTAMPTZ
                || to == DataType.TIMESTAMPTZ
                || from == DataType.TIMESTAMPTZ_ARRAY
                || to == DataType.TIMESTAMPTZ_ARRAY
                || (to == DataType.TIMETZ && from != DataType.TIMETZ);
        if (!zoned || from == to || SessionZone.isUtc(zone)) {
            return Optional.empty();
        }
        for (Kind kind : Kind.values()) {
            boolean declared = target.precision() != ColumnType.UNDECLARED;
            if (!declared && kind.name().equals(from.name() + "_TO_" + to.name())) {
                return Optional.of(new ZonedFunction(kind, zone));
            }
        }
        throw refused("a cast from " + from.sqlName() + " to " + target, zone);
    }

    /**
     * What an overload is in the current zone; nothing if it is the same in each.
     *
     * @param operands the types of what it is given
     * @param values what it is given, converted
     */
    static Optional<Function> of(Overload overload, List<DataType> operands, List<Expression> values) {
        ZoneId zone = SessionZone.current();
        boolean zoned = overload.result() == DataType.TIMESTAMPTZ
                || operands.contains(DataType.TIMESTAMPTZ)
                || operands.contains(DataType.TIMESTAMPTZ_ARRAY);
        boolean ofElements = overload.declared().contains("anyarray") && !AS_TEXT.contains(overload.result());
        boolean same = ofElements
                || WITHOUT_ZONE.contains(overload.declared())
                || overload.function() instanceof UserFunction
                || overload.function() instanceof Now
                || values.stream().anyMatch(ZonedFunction::isOfFixedLength)
                || SessionZone.isUtc(zone);
        if (!zoned || same) {
            return Optional.empty();
        }
        Kind kind = BY_SIGNATURE.get(overload.declared());
        if (kind == null) {
            throw refused("the function " + overload.declared(), zone);
        }
        return Optional.of(new ZonedFunction(kind, zone));
    }

    /** Whether it is an interval that is as long wherever it begins. */
    private static boolean isOfFixedLength(Expression value) {
        return value instanceof Expression.Literal(Object constant, DataType ignored)
                && constant instanceof Interval interval
                && interval.months() == 0
                && interval.days() == 0
                && value.type() == DataType.INTERVAL;
    }

    /** @throws MillraceException if values of this type, as parts of others, would be written in UTC although the zone is another */
    static void requireUtc(DataType type, String what) {
        ZoneId zone = SessionZone.current();
        boolean zoned = type == DataType.TIMESTAMPTZ || type == DataType.TIMESTAMPTZ_ARRAY;
        if (zoned && !SessionZone.isUtc(zone)) {
            throw refused(what + " of " + type.sqlName(), zone);
        }
    }

    private static MillraceException refused(String what, ZoneId zone) {
        return new MillraceException(
                ErrorCode.UNSUPPORTED_SQL,
                what + " cannot be kept live in the time zone " + zone
                        + " yet; write AT TIME ZONE, or set the time zone to UTC");
    }

    @Override
    public String name() {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ') + " in " + zone;
    }

    /** An infinite time has no time of day, and some fields of it are NULL. */
    @Override
    public boolean strict() {
        return false;
    }

    @Override
    public @Nullable Object apply(@Nullable Object[] arguments) {
        for (Object argument : arguments) {
            if (argument == null) {
                return null;
            }
        }
        return switch (kind) {
            case TIMESTAMPTZ_TO_TEXT -> text(time(arguments, 0));
            case TIMESTAMPTZ_TO_DATE -> TimeConversion.date(local(arguments, 0));
            case TIMESTAMPTZ_TO_TIMESTAMP -> local(arguments, 0);
            case TIMESTAMPTZ_TO_TIME -> timeOfDay(local(arguments, 0));
            case TIMESTAMPTZ_TO_TIMETZ -> timeOfDayWithZone(time(arguments, 0));
            case TEXT_TO_TIMESTAMPTZ -> parse((String) arguments[0]);
            case DATE_TO_TIMESTAMPTZ -> instant(TimeConversion.timestamp((Integer) arguments[0]));
            case TIMESTAMP_TO_TIMESTAMPTZ -> instant(time(arguments, 0));
            case DATE_TRUNC -> TimeZones.dateTrunc((String) arguments[0], time(arguments, 1), zone.getId());
            case EXTRACT -> field((String) arguments[0], time(arguments, 1));
            case DATE_PART -> {
                Decimal field = field((String) arguments[0], time(arguments, 1));
                yield field == null ? null : field.doubleValue();
            }
            case ADD -> TimeZones.dateAdd(time(arguments, 0), (Interval) arguments[1], zone.getId());
            case ADD_TO -> TimeZones.dateAdd(time(arguments, 1), (Interval) arguments[0], zone.getId());
            case SUBTRACT -> TimeZones.dateSubtract(time(arguments, 0), (Interval) arguments[1], zone.getId());
            case AGE -> IntervalFunctions.age(local(arguments, 0), local(arguments, 1));
            case MAKE ->
                instant(TimeFunctions.makeTimestamp(
                        (Integer) arguments[0],
                        (Integer) arguments[1],
                        (Integer) arguments[2],
                        (Integer) arguments[3],
                        (Integer) arguments[4],
                        (Double) arguments[5]));
            case TO_CHAR -> formatted(local(arguments, 0), (String) arguments[1]);
        };
    }

    private static long time(@Nullable Object[] arguments, int index) {
        return (Long) Objects.requireNonNull(arguments[index]);
    }

    private long local(@Nullable Object[] arguments, int index) {
        return toLocal(time(arguments, index));
    }

    private long toLocal(long micros) {
        return TimeFunctions.isInfinite(micros) ? micros : TimeZones.toLocal(zone, micros);
    }

    private long instant(long local) {
        return TimeFunctions.isInfinite(local) ? local : TimeZones.toInstant(zone, local);
    }

    private int offsetSeconds(long micros) {
        return (int) ((toLocal(micros) - micros) / TimeText.MICROS_PER_SECOND);
    }

    private String text(long micros) {
        if (TimeFunctions.isInfinite(micros)) {
            return TimeText.formatTimestamp(micros, false);
        }
        String local = TimeText.formatTimestamp(toLocal(micros), false);
        String era = local.endsWith(" BC") ? " BC" : "";
        return local.substring(0, local.length() - era.length()) + TimeText.formatOffset(offsetSeconds(micros)) + era;
    }

    private static @Nullable Object timeOfDay(long local) {
        return TimeFunctions.isInfinite(local) ? null : Math.floorMod(local, TimeText.MICROS_PER_DAY);
    }

    private @Nullable Object timeOfDayWithZone(long micros) {
        return TimeFunctions.isInfinite(micros)
                ? null
                : new TimeTz(Math.floorMod(toLocal(micros), TimeText.MICROS_PER_DAY), offsetSeconds(micros));
    }

    /** An offset that the text gives counts, else the zone. */
    private long parse(@Nullable String text) {
        String given = Objects.requireNonNull(text);
        return OFFSET.matcher(given).matches() && given.indexOf(':') >= 0
                ? TimeText.parseTimestamp(given, true)
                : instant(TimeText.parseTimestamp(given, false));
    }

    private @Nullable Decimal field(@Nullable String name, long micros) {
        String field = Objects.requireNonNull(name);
        TimeUnit unit = TimeUnit.named(field, TYPE);
        if (TimeFunctions.isInfinite(micros) || unit == TimeUnit.EPOCH) {
            return TimeParts.ofTimestamptz(field, micros);
        }
        int offset = offsetSeconds(micros);
        return switch (unit) {
            case TIMEZONE -> Decimal.of(offset);
            case TIMEZONE_HOUR -> Decimal.of(offset / 3600);
            case TIMEZONE_MINUTE -> Decimal.of(offset / 60 % 60);
            default -> TimeParts.ofTimestamptz(field, toLocal(micros));
        };
    }

    private @Nullable String formatted(long local, @Nullable String pattern) {
        String given = Objects.requireNonNull(pattern);
        if (ZONE_FIELDS.matcher(given).find()) {
            throw DataErrors.of("the patterns TZ and OF of to_char are for the time zone UTC only");
        }
        return TimeFormats.ofTimestamp(local, given);
    }
}
