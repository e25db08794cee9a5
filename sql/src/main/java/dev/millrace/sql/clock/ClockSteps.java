package dev.millrace.sql.clock;

import dev.millrace.dataflow.expression.Expression;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Interval;
import dev.millrace.sql.function.Conversion;
import dev.millrace.sql.function.Now;
import dev.millrace.sql.function.ZonedFunction;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Finds what is computed of the clock alone and changes from time to time only: {@code current_date}, {@code date_trunc('hour', now())}. Its value is the same with the clock cut to whole minutes, or to whole
 * seconds, since every zone's hours and days begin with a minute.
 */
final class ClockSteps {
    private static final long SECOND = 1_000_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long NEVER = Long.MAX_VALUE;
    /** What begins with a minute. */
    private static final Set<String> UNITS = Set.of(
            "minute",
            "hour",
            "day",
            "dow",
            "isodow",
            "doy",
            "week",
            "month",
            "quarter",
            "year",
            "isoyear",
            "decade",
            "century",
            "millennium");

    private ClockSteps() {}

    /** To how many microseconds the clock may be cut without changing the value; nothing if that depends on a row, or changes all the time. */
    static OptionalLong period(Expression expression) {
        if (!expression.columns().isEmpty() || expression.hasParameters()) {
            return OptionalLong.empty();
        }
        long period = steps(expression);
        return period == 0 || period == NEVER ? OptionalLong.empty() : OptionalLong.of(period);
    }

    /** {@link #NEVER} if it does not depend on the clock, 0 if it changes all the time. */
    private static long steps(Expression expression) {
        if (!Now.isIn(expression)) {
            return NEVER;
        }
        if (expression instanceof Expression.Call call) {
            long cut = cutTo(call);
            if (cut > 0) {
                // A unit may stand before it, and a zone after it.
                Expression time =
                        call.operands().get(Math.min(1, call.operands().size() - 1));
                return isShifted(time, cut) ? cut : steps(time);
            }
        }
        return expression.operands().stream().mapToLong(ClockSteps::steps).min().orElse(0);
    }

    /** The period of what cuts a time, or 0 if it does not. */
    private static long cutTo(Expression.Call call) {
        if (call.function() instanceof Conversion) {
            return call.type() == DataType.DATE ? MINUTE : 0;
        }
        boolean day = call.function() instanceof ZonedFunction zoned
                && zoned.kind() == ZonedFunction.Kind.TIMESTAMPTZ_TO_DATE;
        if (day) {
            return MINUTE;
        }
        String function = plainName(call);
        boolean truncates = function.equals("date_trunc");
        boolean cuts = truncates || function.equals("extract") || function.equals("date_part");
        if (!cuts || !(call.operands().getFirst() instanceof Expression.Literal(Object value, DataType _))) {
            return 0;
        }
        String unit = String.valueOf(value).toLowerCase(Locale.ROOT).replaceFirst("s$", "");
        // The second that is extracted has a fraction.
        return unit.equals("second") ? (truncates ? SECOND : 0) : UNITS.contains(unit) ? MINUTE : 0;
    }

    /** What a function is called in UTC. */
    private static String plainName(Expression.Call call) {
        if (!(call.function() instanceof ZonedFunction zoned)) {
            return call.function().name();
        }
        return switch (zoned.kind()) {
            case ADD, ADD_TO -> "+";
            case SUBTRACT -> "-";
            case TIMESTAMPTZ_TO_TIMESTAMP -> "timezone";
            default -> zoned.kind().name().toLowerCase(Locale.ROOT);
        };
    }

    /** Whether it is the clock, moved by whole periods, in whatever zone. */
    private static boolean isShifted(Expression expression, long period) {
        if (Now.is(expression)) {
            return true;
        }
        if (!(expression instanceof Expression.Call call)) {
            return false;
        }
        Expression first = call.operands().getFirst();
        Expression last = call.operands().getLast();
        boolean time = call.type() == DataType.TIMESTAMP || call.type() == DataType.TIMESTAMPTZ;
        return time
                && switch (plainName(call)) {
                    case "+" ->
                        (isShifted(first, period) && isWhole(last, period))
                                || (isShifted(last, period) && isWhole(first, period));
                    case "-" -> isShifted(first, period) && isWhole(last, period);
                    case "timezone" ->
                        (first.equals(last) || first instanceof Expression.Literal) && isShifted(last, period);
                    default -> call.function() instanceof Conversion && isShifted(first, period);
                };
    }

    private static boolean isWhole(Expression expression, long period) {
        return expression instanceof Expression.Literal(Object value, DataType _)
                && value instanceof Interval interval
                && interval.isFinite()
                && interval.micros() % period == 0;
    }
}
