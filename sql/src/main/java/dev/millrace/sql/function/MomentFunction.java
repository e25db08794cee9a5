package dev.millrace.sql.function;

import dev.millrace.dataflow.expression.Expression;
import dev.millrace.dataflow.expression.OverloadedFunction;
import dev.millrace.dataflow.expression.Overloads;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Row;
import java.util.List;

/** The functions of {@link Moments}, which stand in no query, but in what is made of comparisons with {@code now()}. */
public enum MomentFunction implements OverloadedFunction {
    LATER("later", DataType.TIMESTAMPTZ),
    EARLIER("earlier", DataType.TIMESTAMPTZ),
    BACKWARDS("backwards", DataType.INTERVAL),
    LATER_PAST("laterPast", DataType.TIMESTAMPTZ),
    LATER_FROM("laterFrom", DataType.TIMESTAMPTZ),
    UNIT_FROM("unitFrom", DataType.TIMESTAMPTZ),
    UNIT_PAST("unitPast", DataType.TIMESTAMPTZ),
    DAY_FROM("dayFrom", DataType.TIMESTAMPTZ),
    DAY_PAST("dayPast", DataType.TIMESTAMPTZ),
    FIRST_DAY("firstDay", DataType.DATE),
    DAY("day", DataType.DATE),
    DAYS_LATER("daysLater", DataType.DATE),
    DAYS_EARLIER("daysEarlier", DataType.DATE);

    private final DataType result;

    @SuppressWarnings("ImmutableEnumChecker") // it is
    private final Overloads methods;

    MomentFunction(String method, DataType result) {
        this.methods = Overloads.of(method, Moments.class);
        this.result = result;
    }

    @Override
    public boolean mayFail() {
        return false;
    }

    @Override
    public Overloads methods() {
        return methods;
    }

    /** A call; its value, if it is of constants. */
    public Expression of(Expression... operands) {
        Expression call = new Expression.Call(this, List.of(operands), result);
        boolean constant = List.of(operands).stream().allMatch(Expression.Literal.class::isInstance);
        return constant ? new Expression.Literal(call.evaluate(Row.EMPTY), result) : call;
    }
}
