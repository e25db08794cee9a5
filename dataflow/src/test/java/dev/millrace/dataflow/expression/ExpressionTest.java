package dev.millrace.dataflow.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Decimal;
import dev.millrace.dataflow.row.Row;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ExpressionTest {
    private static final Expression TRUE = new Expression.Literal(true, DataType.BOOL);
    private static final Expression FALSE = new Expression.Literal(false, DataType.BOOL);
    private static final Expression NULL = new Expression.Literal(null, DataType.BOOL);
    private static final Expression FAILING =
            new Expression.Call(new Recording("fail", true, new ArrayList<>()), List.of(), DataType.BOOL);

    /** Returns its last argument and writes down its calls; with no arguments it fails. */
    private record Recording(String name, boolean strict, List<List<@Nullable Object>> calls) implements Function {
        @Override
        public @Nullable Object apply(@Nullable Object[] arguments) {
            if (arguments.length == 0) {
                throw new MillraceException(ErrorCode.DATA_ERROR, "evaluated");
            }
            calls.add(Arrays.asList(arguments));
            return arguments[arguments.length - 1];
        }
    }

    @Test
    void and_is_false_before_null_before_true() {
        assertEquals(true, and(TRUE, TRUE));
        assertEquals(false, and(TRUE, FALSE));
        assertEquals(false, and(NULL, FALSE));
        assertEquals(false, and(FALSE, NULL));
        assertNull(and(TRUE, NULL));
        assertNull(and(NULL, TRUE));
        assertNull(and(NULL, NULL));
        assertEquals(true, and());
    }

    @Test
    void or_is_true_before_null_before_false() {
        assertEquals(true, or(FALSE, TRUE));
        assertEquals(true, or(NULL, TRUE));
        assertEquals(true, or(TRUE, NULL));
        assertEquals(false, or(FALSE, FALSE));
        assertNull(or(FALSE, NULL));
        assertNull(or(NULL, FALSE));
        assertNull(or(NULL, NULL));
        assertEquals(false, or());
    }

    @Test
    void and_stops_at_the_first_false_and_or_at_the_first_true() {
        assertEquals(false, and(FALSE, FAILING));
        assertEquals(true, or(TRUE, FAILING));
        assertThrows(MillraceException.class, () -> and(NULL, FAILING));
        assertThrows(MillraceException.class, () -> or(NULL, FAILING));
    }

    @Test
    void only_true_is_true() {
        assertTrue(TRUE.isTrue(Row.EMPTY));
        assertFalse(FALSE.isTrue(Row.EMPTY));
        assertFalse(NULL.isTrue(Row.EMPTY));
    }

    @Test
    void a_strict_function_is_not_called_with_a_null() {
        Recording function = new Recording("strict", true, new ArrayList<>());
        assertNull(call(function, TRUE, NULL));
        assertEquals(List.of(), function.calls());
        assertEquals(false, call(function, TRUE, FALSE));
        assertEquals(List.of(List.of(true, false)), function.calls());
    }

    @Test
    void a_function_that_is_not_strict_sees_nulls() {
        Recording function = new Recording("lenient", false, new ArrayList<>());
        assertEquals(true, call(function, NULL, TRUE));
        assertEquals(List.of(Arrays.asList(null, true)), function.calls());
    }

    @Test
    void case_takes_the_first_true_condition_and_evaluates_no_more() {
        assertEquals("b", choose(List.of(NULL, TRUE, FAILING), List.of(FAILING, text("b"), FAILING), FAILING));
        assertEquals("else", choose(List.of(NULL, FALSE), List.of(FAILING, FAILING), text("else")));
    }

    @Test
    void a_column_is_the_value_at_its_position() {
        Expression second = new Expression.Column(1, DataType.TEXT);
        assertEquals("b", second.evaluate(Row.of("a", "b")));
        assertNull(second.evaluate(Row.of("a", null)));
    }

    @Test
    void literals_that_are_shown_differently_are_different() {
        assertEquals(numeric("1.0"), numeric("1.0"));
        assertEquals(numeric("1.0").hashCode(), numeric("1.0").hashCode());
        assertNotEquals(numeric("1.0"), numeric("1.00"));
        assertNotEquals(new Expression.Literal(0.0, DataType.FLOAT8), new Expression.Literal(-0.0, DataType.FLOAT8));
        assertNotEquals(new Expression.Literal(null, DataType.TEXT), new Expression.Literal(null, DataType.INT4));
    }

    private static Expression numeric(String value) {
        return new Expression.Literal(Decimal.of(new BigDecimal(value)), DataType.NUMERIC);
    }

    private static Expression text(String value) {
        return new Expression.Literal(value, DataType.TEXT);
    }

    private static @Nullable Object and(Expression... operands) {
        return new Expression.And(List.of(operands)).evaluate(Row.EMPTY);
    }

    private static @Nullable Object or(Expression... operands) {
        return new Expression.Or(List.of(operands)).evaluate(Row.EMPTY);
    }

    private static @Nullable Object call(Function function, Expression... operands) {
        return new Expression.Call(function, List.of(operands), DataType.BOOL).evaluate(Row.EMPTY);
    }

    private static @Nullable Object choose(
            List<Expression> conditions, List<Expression> results, Expression otherwise) {
        return new Expression.Case(conditions, results, otherwise, DataType.TEXT).evaluate(Row.EMPTY);
    }
}
