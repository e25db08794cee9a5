package dev.millrace.sql.function;

import dev.millrace.dataflow.expression.Expression;
import dev.millrace.dataflow.expression.Function;
import dev.millrace.dataflow.row.DataType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code now()}: the time of the engine's clock. It is no function of a row, so a plan that has it does not run: it is made one that reads the clock as time passes, or given the time at
 * which it is evaluated once.
 */
public enum Now implements Function {
    NOW;

    /** Postgres's names of it; it tells the start of a statement from that of its transaction, a live result has neither. */
    private static final List<String> NAMES = List.of("now", "transaction_timestamp", "statement_timestamp");

    static List<Overload> overloads(String family) {
        return NAMES.stream()
                .map(name -> new Overload(
                        name,
                        List.of(),
                        false,
                        DataType.TIMESTAMPTZ,
                        NOW,
                        true,
                        false,
                        AnyAs.TEXT,
                        name + "() timestamptz",
                        new Overload.Description(
                                family,
                                "the time, in a live query as it passes; of a statement, when its transaction began",
                                name + "() > timestamptz '2024-02-29'")))
                .toList();
    }

    /** Whether an expression reads the clock. */
    public static boolean isIn(Expression expression) {
        return is(expression) || expression.operands().stream().anyMatch(Now::isIn);
    }

    /** Whether it is the clock. */
    public static boolean is(Expression expression) {
        return expression instanceof Expression.Call call && call.function() == NOW;
    }

    /** The expression with another in the place of each reading of the clock. */
    public static Expression replace(Expression expression, Expression time) {
        return is(expression) ? time : expression.replacingOperands(operand -> replace(operand, time));
    }

    @Override
    public boolean mayFail() {
        return false;
    }

    @Override
    public @Nullable Object apply(@Nullable Object[] arguments) {
        throw new IllegalStateException("the clock is not read for a row");
    }
}
