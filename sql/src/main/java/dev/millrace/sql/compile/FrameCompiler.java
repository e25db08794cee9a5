package dev.millrace.sql.compile;

import static dev.millrace.sql.compile.Refusal.unsupported;

import dev.millrace.dataflow.expression.Expression;
import dev.millrace.dataflow.plan.SortKey;
import dev.millrace.dataflow.plan.WindowFrame;
import dev.millrace.dataflow.plan.WindowFrame.Bound;
import dev.millrace.dataflow.plan.WindowFrame.Span;
import dev.millrace.dataflow.plan.WindowFrame.Unit;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Decimal;
import dev.millrace.dataflow.row.Interval;
import dev.millrace.dataflow.row.Row;
import dev.millrace.sql.function.SessionZone;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexWindow;
import org.apache.calcite.rex.RexWindowBound;
import org.apache.calcite.rex.RexWindowExclusion;

/** Compiles the frame of a window. The parser writes GROUPS as ROWS that exclude ties, which is refused where a query says it. */
final class FrameCompiler {
    private final RexWindow window;
    private final List<DataType> types;
    private final List<SortKey> order;
    private final ExpressionCompiler constants;

    /** @param types the columns that the order's are of */
    FrameCompiler(RexWindow window, List<DataType> types, List<SortKey> order, ExpressionCompiler constants) {
        this.window = window;
        this.types = types;
        this.order = order;
        this.constants = constants;
    }

    WindowFrame compile() {
        Unit unit = unit();
        Bound start = bound(unit, window.getLowerBound(), "starting");
        Bound end = bound(unit, window.getUpperBound(), "ending");
        WindowFrame frame = new WindowFrame(unit, start, end);
        boolean allPeers = order.isEmpty() && unit == Unit.RANGE && !frame.hasDistances();
        return allPeers || frame.isPartition() ? WindowFrame.PARTITION : frame;
    }

    private Unit unit() {
        if (window.getExclude() == RexWindowExclusion.EXCLUDE_TIES) {
            if (window.orderKeys.isEmpty()) {
                throw Refusal.invalid("GROUPS mode requires an ORDER BY clause");
            }
            return Unit.GROUPS;
        }
        if (window.getExclude() != RexWindowExclusion.EXCLUDE_NO_OTHER) {
            throw unsupported("EXCLUDE in a window's frame");
        }
        return window.isRows() ? Unit.ROWS : Unit.RANGE;
    }

    private Bound bound(Unit unit, RexWindowBound bound, String which) {
        if (bound.isUnbounded()) {
            return new Bound.Unbounded();
        }
        if (bound.isCurrentRow()) {
            return new Bound.Current();
        }
        RexNode offset = Objects.requireNonNull(bound.getOffset());
        Object distance = unit == Unit.RANGE ? distance(offset, which) : count(offset, which);
        return new Bound.Offset(bound.isFollowing(), distance);
    }

    /** Postgres rounds what is not whole. */
    private long count(RexNode offset, String which) {
        Object value = constant(offset, which);
        Expression rows = ExpressionCompiler.convert(constants.compile(offset), DataType.INT8);
        return notNegative(
                value instanceof Long number ? number : (Long) Objects.requireNonNull(rows.evaluate(Row.EMPTY)), which);
    }

    private Object distance(RexNode offset, String which) {
        if (order.isEmpty()) {
            throw unsupported("RANGE with an offset in a window that is ordered by nothing, or by a constant,");
        }
        if (order.size() != 1) {
            throw Refusal.invalid("RANGE with offset PRECEDING/FOLLOWING requires exactly one ORDER BY column");
        }
        DataType key = types.get(order.getFirst().column());
        boolean ofTime = key == DataType.DATE || key == DataType.TIMESTAMP || key == DataType.TIMESTAMPTZ;
        Object value = constant(offset, which);
        DataType type = constants.compile(offset).type();
        if (ofTime && value instanceof String && offset instanceof RexLiteral) {
            value = Objects.requireNonNull(ExpressionCompiler.convert(constants.compile(offset), DataType.INTERVAL)
                    .evaluate(Row.EMPTY));
        }
        if (value instanceof Interval interval) {
            requireKey(ofTime, key, "interval");
            return span(interval, key, which);
        }
        boolean whole = value instanceof Long || value instanceof Integer || value instanceof Short;
        return switch (key) {
            case INT2, INT4, INT8 -> {
                requireKey(whole, key, type.sqlName());
                yield notNegative(((Number) value).longValue(), which);
            }
            case NUMERIC -> {
                requireKey(whole || value instanceof Decimal, key, type.sqlName());
                Decimal distance =
                        value instanceof Decimal decimal ? decimal : Decimal.of(((Number) value).longValue());
                notNegative(distance.doubleValue(), which);
                yield distance;
            }
            case FLOAT4, FLOAT8 -> {
                double distance = value instanceof Decimal decimal
                        ? decimal.doubleValue()
                        : value instanceof Number number ? number.doubleValue() : Double.NaN;
                requireKey(value instanceof Number || value instanceof Decimal, key, type.sqlName());
                notNegative(distance, which);
                yield distance;
            }
            default -> {
                requireKey(false, key, type.sqlName());
                yield value;
            }
        };
    }

    /** A day is as long as another where no clock is put forward or back. */
    private static Span span(Interval interval, DataType key, String which) {
        notNegative(interval.compareTo(Interval.ZERO), which);
        if (!interval.isFinite() || interval.months() < 0 || interval.days() < 0 || interval.micros() < 0) {
            throw unsupported("RANGE with an offset that is infinite, or of parts that are negative,");
        }
        boolean exact = interval.months() == 0 && interval.days() == 0;
        if (key == DataType.TIMESTAMPTZ && !exact && !SessionZone.isUtc(SessionZone.current())) {
            throw unsupported("RANGE with an offset of days or months over timestamptz in the time zone "
                    + SessionZone.current());
        }
        return new Span(
                interval.months(),
                Math.addExact(Math.multiplyExact(interval.days(), Interval.MICROS_PER_DAY), interval.micros()));
    }

    private Object constant(RexNode offset, String which) {
        if (!(constants.compile(offset) instanceof Expression.Literal(Object value, DataType ignored))) {
            throw unsupported("a window's frame with a bound that is not a constant");
        }
        if (value == null) {
            throw Refusal.invalid("frame " + which + " offset must not be null");
        }
        return value;
    }

    private static long notNegative(long distance, String which) {
        if (distance < 0) {
            throw Refusal.invalid("frame " + which + " offset must not be negative");
        }
        return distance;
    }

    private static void notNegative(double distance, String which) {
        if (distance < 0 || Double.isNaN(distance)) {
            throw Refusal.invalid("invalid preceding or following size in window function: frame " + which + " offset");
        }
    }

    private static void requireKey(boolean fits, DataType key, String offset) {
        if (!fits) {
            throw Refusal.invalid("RANGE with offset PRECEDING/FOLLOWING is not supported for column type "
                    + key.sqlName() + " and offset type " + offset);
        }
    }
}
