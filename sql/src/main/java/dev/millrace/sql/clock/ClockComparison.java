package dev.millrace.sql.clock;

import static dev.millrace.dataflow.row.DataType.DATE;
import static dev.millrace.dataflow.row.DataType.INT4;
import static dev.millrace.dataflow.row.DataType.INTERVAL;
import static dev.millrace.dataflow.row.DataType.NUMERIC;
import static dev.millrace.dataflow.row.DataType.TIMESTAMP;
import static dev.millrace.dataflow.row.DataType.TIMESTAMPTZ;

import dev.millrace.dataflow.expression.Expression;
import dev.millrace.dataflow.row.Calendar;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Interval;
import dev.millrace.sql.function.Comparison;
import dev.millrace.sql.function.Conversion;
import dev.millrace.sql.function.Logic;
import dev.millrace.sql.function.MomentFunction;
import dev.millrace.sql.function.Now;
import dev.millrace.sql.function.ZonedFunction;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Solves comparisons for the clock. Where one side is computed of {@code now()} by steps that only grow with it (or only fall), what was done to it is undone on the other side, step by step:
 *
 * <pre>
 *   now() - created &gt; interval '1 day'       now() &gt; created + 24 hours
 *   date_trunc('day', now()) &gt; t              now() &gt;= the first midnight after t
 *   due - current_date &lt;= 3                   not now() &lt; midnight of due - 3
 * </pre>
 *
 * What remains is a comparison of {@code now()}, or of {@code now()} and an interval, with a moment that does not depend on it.
 */
final class ClockComparison {
    private static final Set<DataType> TIMES = EnumSet.of(TIMESTAMP, TIMESTAMPTZ);
    /** What tells whether a test holds. */
    private final Function<ClockCondition, Expression> flag;

    ClockComparison(Function<ClockCondition, Expression> flag) {
        this.flag = flag;
    }

    /** The same condition over tests, if there is a solution. */
    Optional<Expression> solve(Expression expression) {
        if (!(expression instanceof Expression.Call call) || !(call.function() instanceof Comparison comparison)) {
            return Optional.empty();
        }
        Expression left = call.operands().getFirst();
        Expression right = call.operands().getLast();
        if (Now.isIn(left) == Now.isIn(right)) {
            return Optional.empty();
        }
        return Now.isIn(left) ? solve(comparison, left, right) : solve(mirrored(comparison), right, left);
    }

    private static Comparison mirrored(Comparison comparison) {
        return switch (comparison) {
            case LESS -> Comparison.GREATER;
            case LESS_OR_EQUAL -> Comparison.GREATER_OR_EQUAL;
            case GREATER -> Comparison.LESS;
            case GREATER_OR_EQUAL -> Comparison.LESS_OR_EQUAL;
            default -> comparison;
        };
    }

    private Optional<Expression> solve(Comparison comparison, Expression clock, Expression bound) {
        return switch (comparison) {
            case GREATER -> reached(clock, bound, true);
            case GREATER_OR_EQUAL -> reached(clock, bound, false);
            case LESS -> reached(clock, bound, false).map(ClockComparison::not);
            case LESS_OR_EQUAL -> reached(clock, bound, true).map(ClockComparison::not);
            case EQUAL -> equal(clock, bound);
            case NOT_EQUAL -> equal(clock, bound).map(ClockComparison::not);
            case DISTINCT, NOT_DISTINCT -> Optional.empty();
        };
    }

    private Optional<Expression> equal(Expression clock, Expression bound) {
        return reached(clock, bound, false)
                .flatMap(from -> reached(clock, bound, true).map(past -> new Expression.And(List.of(from, not(past)))));
    }

    private static Expression not(Expression condition) {
        return new Expression.Call(Logic.NOT, List.of(condition), DataType.BOOL);
    }

    /** Whether something computed of the clock has come to a bound of its type, or if strict is past it. */
    private Optional<Expression> reached(Expression clock, Expression bound, boolean strict) {
        if (Now.is(clock)) {
            return Optional.of(flag.apply(new ClockCondition(bound, Optional.empty(), strict, Calendar.UTC)));
        }
        if (!(clock instanceof Expression.Call call)) {
            return Optional.empty();
        }
        if (call.function() instanceof Conversion) {
            return ofConversion(call, bound, strict);
        }
        Expression first = call.operands().getFirst();
        Expression last = call.operands().getLast();
        if (call.function() instanceof ZonedFunction zoned) {
            return ofZoned(zoned, first, last, bound, strict);
        }
        return switch (call.function().name()) {
            case "+" -> Now.isIn(first) ? ofSum(first, last, bound, strict) : ofSum(last, first, bound, strict);
            case "-" -> ofDifference(first, last, bound, strict);
            case "date_trunc" -> ofUnit(first, last, bound, strict);
            case "extract", "date_part" -> ofSeconds(first, last, bound, strict);
            default -> Optional.empty();
        };
    }

    private Optional<Expression> ofConversion(Expression.Call call, Expression bound, boolean strict) {
        Expression from = call.operands().getFirst();
        boolean sameTime = TIMES.contains(from.type()) && TIMES.contains(call.type());
        if (sameTime) {
            return reached(from, bound, strict);
        }
        if (TIMES.contains(from.type()) && call.type() == DATE) {
            return reached(from, (strict ? MomentFunction.DAY_PAST : MomentFunction.DAY_FROM).of(bound), false);
        }
        if (from.type() == DATE && TIMES.contains(call.type())) {
            return reached(from, (strict ? MomentFunction.DAY : MomentFunction.FIRST_DAY).of(bound), strict);
        }
        return Optional.empty();
    }

    /** Of the clock itself, moved by days and months of a zone. What else is computed in a zone does not grow with the clock where clocks are put back. */
    private Optional<Expression> ofZoned(
            ZonedFunction function, Expression first, Expression last, Expression bound, boolean strict) {
        Expression clock = function.kind() == ZonedFunction.Kind.ADD_TO ? last : first;
        Expression interval = function.kind() == ZonedFunction.Kind.ADD_TO ? first : last;
        if (!Now.is(clock) || Now.isIn(interval)) {
            return Optional.empty();
        }
        Calendar calendar = new Calendar(function.zone());
        return switch (function.kind()) {
            case ADD, ADD_TO ->
                Optional.of(flag.apply(new ClockCondition(bound, Optional.of(interval), strict, calendar)));
            case SUBTRACT ->
                Optional.of(flag.apply(new ClockCondition(
                        bound, Optional.of(MomentFunction.BACKWARDS.of(interval)), strict, calendar)));
            default -> Optional.empty();
        };
    }

    /** Of the clock and what is added to it. */
    private Optional<Expression> ofSum(Expression clock, Expression added, Expression bound, boolean strict) {
        if (Now.isIn(added)) {
            return Optional.empty();
        }
        if (clock.type() == DATE && added.type() == INT4) {
            return reached(clock, MomentFunction.DAYS_EARLIER.of(bound, added), strict);
        }
        if (!TIMES.contains(clock.type()) || added.type() != INTERVAL) {
            return Optional.empty();
        }
        if (isNow(clock)) {
            return Optional.of(flag.apply(new ClockCondition(bound, Optional.of(added), strict, Calendar.UTC)));
        }
        boolean uniform = added instanceof Expression.Literal(Object value, DataType _)
                && value instanceof Interval interval
                && interval.months() == 0;
        return uniform ? reached(clock, MomentFunction.EARLIER.of(bound, added), strict) : Optional.empty();
    }

    private Optional<Expression> ofDifference(Expression first, Expression last, Expression bound, boolean strict) {
        if (Now.isIn(first) && Now.isIn(last)) {
            return Optional.empty();
        }
        boolean days = first.type() == DATE && last.type() == INT4;
        if (days) {
            return Now.isIn(first)
                    ? reached(first, MomentFunction.DAYS_LATER.of(bound, last), strict)
                    : Optional.empty();
        }
        if (TIMES.contains(first.type()) && last.type() == INTERVAL) {
            return Now.isIn(first) ? ofSum(first, MomentFunction.BACKWARDS.of(last), bound, strict) : Optional.empty();
        }
        boolean distance = first.type() == last.type() && (first.type() == DATE || TIMES.contains(first.type()));
        if (!distance) {
            return Optional.empty();
        }
        boolean date = first.type() == DATE;
        if (Now.isIn(first)) {
            return reached(first, (date ? MomentFunction.DAYS_LATER : MomentFunction.LATER).of(last, bound), strict);
        }
        return reached(last, (date ? MomentFunction.DAYS_EARLIER : MomentFunction.EARLIER).of(first, bound), !strict)
                .map(ClockComparison::not);
    }

    private Optional<Expression> ofUnit(Expression unit, Expression clock, Expression bound, boolean strict) {
        boolean known = unit instanceof Expression.Literal && TIMES.contains(clock.type());
        return known
                ? reached(clock, (strict ? MomentFunction.UNIT_PAST : MomentFunction.UNIT_FROM).of(unit, bound), false)
                : Optional.empty();
    }

    /** Of the seconds since a time. */
    private Optional<Expression> ofSeconds(Expression field, Expression distance, Expression bound, boolean strict) {
        boolean seconds = field instanceof Expression.Literal(Object name, DataType _)
                && "epoch".equals(name)
                && bound.type() == NUMERIC
                && distance instanceof Expression.Call call
                && call.function().name().equals("-")
                && call.operands().size() == 2
                && TIMES.contains(call.operands().getLast().type())
                && Now.isIn(call.operands().getFirst());
        if (!seconds) {
            return Optional.empty();
        }
        List<Expression> operands = distance.operands();
        MomentFunction later = strict ? MomentFunction.LATER_PAST : MomentFunction.LATER_FROM;
        return reached(operands.getFirst(), later.of(operands.getLast(), bound), strict);
    }

    private static boolean isNow(Expression expression) {
        return Now.is(expression)
                || (expression instanceof Expression.Call call
                        && call.function() instanceof Conversion
                        && TIMES.contains(call.type())
                        && Now.is(call.operands().getFirst()));
    }
}
