package dev.millrace.sql.tablefunction;

import dev.millrace.dataflow.expression.TableFunction;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Decimal;
import dev.millrace.dataflow.row.DecimalMath;
import dev.millrace.dataflow.row.Interval;
import dev.millrace.dataflow.row.Row;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import dev.millrace.sql.function.TimeArithmetic;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** {@code generate_series} of numerics, and of timestamps by an interval; none if an argument is null. */
record Series(DataType type) implements TableFunction {
    private static final Interval NONE = new Interval(0, 0, 0);

    @Override
    public String name() {
        return "generate_series";
    }

    @Override
    public void expand(@Nullable Object[] arguments, Consumer<Row> rows) {
        @Nullable Object step = arguments.length > 2 ? arguments[2] : Decimal.of(1);
        if (arguments[0] instanceof Decimal first
                && arguments[1] instanceof Decimal last
                && step instanceof Decimal by) {
            numbers(first, last, by, rows);
        } else if (arguments[0] instanceof Long first
                && arguments[1] instanceof Long last
                && step instanceof Interval by) {
            times(first, last, by, rows);
        }
    }

    private static void numbers(Decimal first, Decimal last, Decimal step, Consumer<Row> rows) {
        requireFinite(first, "start value");
        requireFinite(last, "stop value");
        requireFinite(step, "step size");
        int sign = step.compareTo(Decimal.ZERO);
        if (sign == 0) {
            throw error("step size cannot equal zero");
        }
        Decimal next = first;
        while (sign > 0 ? next.compareTo(last) <= 0 : next.compareTo(last) >= 0) {
            rows.accept(Row.of(next));
            next = DecimalMath.add(next, step);
        }
    }

    private static void requireFinite(Decimal number, String what) {
        if (!number.isFinite()) {
            throw error(what + " cannot be " + (number.equals(Decimal.NAN) ? "NaN" : "infinity"));
        }
    }

    private static void times(long first, long last, Interval step, Consumer<Row> rows) {
        if (!step.isFinite()) {
            throw error("step size cannot be infinite");
        }
        int sign = step.compareTo(NONE);
        if (sign == 0) {
            throw error("step size cannot equal zero");
        }
        boolean endless = sign > 0 ? last == Long.MAX_VALUE : last == Long.MIN_VALUE;
        if (endless || first == Long.MAX_VALUE || first == Long.MIN_VALUE) {
            throw error("a series from or to infinity has no end");
        }
        long next = first;
        while (sign > 0 ? next <= last : next >= last) {
            rows.accept(Row.of(next));
            next = TimeArithmetic.add(next, step);
        }
    }

    private static MillraceException error(String message) {
        return new MillraceException(ErrorCode.DATA_ERROR, message);
    }
}
