package dev.millrace.dataflow.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.dataflow.plan.AggregateKind;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Decimal;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Results are those that Postgres shows for {@code select f(x) from (values …)}. */
class AggregateFunctionTest {
    @Test
    void integers_sum_to_bigint_and_average_to_numeric() {
        assertEquals("7", shown(AggregateKind.SUM, DataType.INT4, DataType.INT8, 3, 4, null));
        assertEquals("3.5000000000000000", shown(AggregateKind.AVG, DataType.INT4, DataType.NUMERIC, 3, 4, null));
        assertEquals("1.00000000000000000000", shown(AggregateKind.AVG, DataType.INT4, DataType.NUMERIC, 1));
        assertEquals("1.3333333333333333", shown(AggregateKind.AVG, DataType.INT4, DataType.NUMERIC, 1, 1, 2));
        assertEquals(
                "0.66666666666666666667", shown(AggregateKind.AVG, DataType.INT2, DataType.NUMERIC, s(0), s(1), s(1)));
        assertEquals("0.00000000000000000000", shown(AggregateKind.AVG, DataType.INT4, DataType.NUMERIC, 0));
        assertEquals("-0.50000000000000000000", shown(AggregateKind.AVG, DataType.INT4, DataType.NUMERIC, -1, 0));
        assertEquals("10000.0000000000000000", shown(AggregateKind.AVG, DataType.INT4, DataType.NUMERIC, 5000, 15000));
        assertEquals("50000.000000000000", shown(AggregateKind.AVG, DataType.INT4, DataType.NUMERIC, 50000));
    }

    @Test
    void a_bigint_sum_overflows_only_by_its_total() {
        OneGroup sum = new OneGroup(AggregateKind.SUM, DataType.INT4, DataType.INT8);
        sum.add(Integer.MAX_VALUE, 1L << 32);
        sum.addBoth(Integer.MAX_VALUE, 1L << 33, Integer.MIN_VALUE, 1L << 33);
        assertEquals((1L << 32) * Integer.MAX_VALUE - (1L << 33), sum.result());
        sum.add(Integer.MAX_VALUE, 1L << 33);
        assertEquals("bigint out of range", sum.failure());
        sum.add(Integer.MAX_VALUE, -(1L << 33));
        assertNull(sum.failure());
        assertEquals((1L << 32) * Integer.MAX_VALUE - (1L << 33), sum.result());
    }

    @Test
    void bigints_sum_to_numeric_beyond_64_bits() {
        assertEquals(
                "18446744073709551614",
                shown(AggregateKind.SUM, DataType.INT8, DataType.NUMERIC, Long.MAX_VALUE, Long.MAX_VALUE));
        assertEquals(
                "-18446744073709551616",
                shown(AggregateKind.SUM, DataType.INT8, DataType.NUMERIC, Long.MIN_VALUE, Long.MIN_VALUE));
        assertEquals("-1", shown(AggregateKind.SUM, DataType.INT8, DataType.NUMERIC, Long.MIN_VALUE, Long.MAX_VALUE));
    }

    @Test
    void the_scale_of_a_numeric_sum_is_that_of_its_values_now() {
        OneGroup sum = new OneGroup(AggregateKind.SUM, DataType.NUMERIC, DataType.NUMERIC);
        sum.add(decimal("1.5"), 1);
        sum.add(decimal("1.2500"), 1);
        assertEquals("2.7500", String.valueOf(sum.result()));
        sum.add(decimal("1.2500"), -1);
        assertEquals("1.5", String.valueOf(sum.result()));
        sum.add(decimal("1.5"), -1);
        assertNull(sum.result());
        sum.add(decimal("1.25"), 1);
        assertEquals("1.25", String.valueOf(sum.result()));
    }

    @Test
    void a_value_leaves_a_numeric_sum_by_another_way_than_it_came() {
        OneGroup sum = new OneGroup(AggregateKind.SUM, DataType.NUMERIC, DataType.NUMERIC);
        sum.add(decimal("1.5"), 1);
        sum.add(decimal("0.25"), 2);
        sum.add(decimal("1.5"), -1);
        sum.add(decimal("0.25"), -1);
        assertEquals("0.25", String.valueOf(sum.result()));
        sum.add(decimal("0.25"), -1);
        assertNull(sum.result());
        sum.add(decimal("7"), 1);
        assertEquals("7", String.valueOf(sum.result()));
    }

    @Test
    void numeric_averages_have_sixteen_significant_digits_at_least() {
        assertEquals(
                "1.5000000000000000",
                shown(AggregateKind.AVG, DataType.NUMERIC, DataType.NUMERIC, decimal("1"), decimal("2")));
        assertEquals(
                "0.33333333333333333333",
                shown(
                        AggregateKind.AVG,
                        DataType.NUMERIC,
                        DataType.NUMERIC,
                        decimal("1"),
                        decimal("0"),
                        decimal("0.0")));
        assertEquals(
                "0.000005000000000000000000",
                shown(AggregateKind.AVG, DataType.NUMERIC, DataType.NUMERIC, decimal("0.00001"), decimal("0")));
        assertEquals(
                "1.0000000000000000000000000",
                shown(AggregateKind.AVG, DataType.NUMERIC, DataType.NUMERIC, decimal("1.0000000000000000000000000")));
    }

    @Test
    void nan_and_infinities_leave_a_sum_again() {
        OneGroup sum = new OneGroup(AggregateKind.SUM, DataType.NUMERIC, DataType.NUMERIC);
        sum.add(decimal("1"), 1);
        sum.add(Decimal.POSITIVE_INFINITY, 1);
        assertEquals(Decimal.POSITIVE_INFINITY, sum.result());
        sum.add(Decimal.NEGATIVE_INFINITY, 1);
        assertEquals(Decimal.NAN, sum.result());
        sum.add(Decimal.POSITIVE_INFINITY, -1);
        assertEquals(Decimal.NEGATIVE_INFINITY, sum.result());
        sum.add(Decimal.NAN, 1);
        assertEquals(Decimal.NAN, sum.result());
        sum.add(Decimal.NAN, -1);
        sum.add(Decimal.NEGATIVE_INFINITY, -1);
        assertEquals(decimal("1"), sum.result());
    }

    @Test
    void a_float_sum_is_exact_until_it_is_shown() {
        assertEquals("1.0", shown(AggregateKind.SUM, DataType.FLOAT8, DataType.FLOAT8, 1e300, 1.0, -1e300));
        assertEquals("0.15000000000000002", shown(AggregateKind.AVG, DataType.FLOAT8, DataType.FLOAT8, 0.1, 0.2));
        assertEquals("-0.0", shown(AggregateKind.SUM, DataType.FLOAT8, DataType.FLOAT8, -0.0, -0.0));
        assertEquals("0.0", shown(AggregateKind.SUM, DataType.FLOAT8, DataType.FLOAT8, -0.0, 0.0));
        assertEquals("0.0", shown(AggregateKind.AVG, DataType.FLOAT8, DataType.FLOAT8, -0.0));
        assertEquals("NaN", shown(AggregateKind.SUM, DataType.FLOAT4, DataType.FLOAT4, Float.NaN, 1f));
        assertEquals(
                "0.3",
                shown(AggregateKind.SUM, DataType.FLOAT4, DataType.FLOAT4, 0.1f, 0.2f)
                        .substring(0, 3));
        assertEquals(
                "4.9E-324", shown(AggregateKind.SUM, DataType.FLOAT8, DataType.FLOAT8, Double.MIN_VALUE, 1e10, -1e10));
    }

    @Test
    void only_a_float_sum_itself_is_out_of_range() {
        OneGroup sum = new OneGroup(AggregateKind.SUM, DataType.FLOAT8, DataType.FLOAT8);
        sum.addBoth(Double.MAX_VALUE, 3, -Double.MAX_VALUE, 2);
        assertEquals(Double.MAX_VALUE, sum.result());
        sum.add(Double.MAX_VALUE, 1);
        assertEquals("value out of range: overflow", sum.failure());
    }

    @Test
    void a_float_sum_that_outgrows_its_window_stays_exact() {
        OneGroup sum = new OneGroup(AggregateKind.SUM, DataType.FLOAT8, DataType.FLOAT8);
        double great = 0x1p49;
        for (int i = 0; i < 20; i++) {
            sum.add(great, 1000);
        }
        sum.add(0.1, 1);
        sum.add(great, -20_000);
        assertEquals(0.1, sum.result());
    }

    @Test
    void extremes_skip_nulls_and_come_back_after_a_retraction() {
        assertNull(result(AggregateKind.MIN, DataType.TEXT, DataType.TEXT, new @Nullable Object[] {null}));
        OneGroup max = new OneGroup(AggregateKind.MAX, DataType.FLOAT8, DataType.FLOAT8);
        max.add(1.0, 2);
        max.add(Double.NaN, 1);
        assertEquals(Double.NaN, max.result());
        max.add(Double.NaN, -1);
        max.add(1.0, -1);
        assertEquals(1.0, max.result());
        assertThrows(IllegalStateException.class, () -> max.add(2.0, -1));
    }

    @Test
    void booleans_are_null_over_nothing() {
        assertNull(result(AggregateKind.BOOL_AND, DataType.BOOL, DataType.BOOL, new @Nullable Object[] {null}));
        assertEquals(false, result(AggregateKind.BOOL_AND, DataType.BOOL, DataType.BOOL, true, false, null));
        assertEquals(true, result(AggregateKind.BOOL_AND, DataType.BOOL, DataType.BOOL, true, null));
        assertEquals(true, result(AggregateKind.BOOL_OR, DataType.BOOL, DataType.BOOL, true, false));
        assertEquals(false, result(AggregateKind.BOOL_OR, DataType.BOOL, DataType.BOOL, false, null));
    }

    @Test
    void single_value_of_several_rows_is_the_first_in_order_nulls_last() {
        OneGroup single = new OneGroup(AggregateKind.SINGLE_VALUE, DataType.INT4, DataType.INT4);
        assertNull(single.result());
        single.add(7, 1);
        assertEquals(7, single.result());
        single.addBoth(7, -1, null, 1);
        assertNull(single.result());
        single.add(8, 1);
        assertEquals(8, single.result());
    }

    @Test
    void variances_have_the_scale_of_a_numeric_quotient() {
        assertEquals("1.6666666666666667", shown(AggregateKind.VAR_SAMP, DataType.INT4, DataType.NUMERIC, 1, 2, 3, 4));
        assertEquals("1.2500000000000000", shown(AggregateKind.VAR_POP, DataType.INT4, DataType.NUMERIC, 1, 2, 3, 4));
        assertEquals(
                "1.2909944487358056", shown(AggregateKind.STDDEV_SAMP, DataType.INT4, DataType.NUMERIC, 1, 2, 3, 4));
        assertEquals(
                "1.1180339887498948", shown(AggregateKind.STDDEV_POP, DataType.INT4, DataType.NUMERIC, 1, 2, 3, 4));
        assertEquals("0", shown(AggregateKind.VAR_POP, DataType.NUMERIC, DataType.NUMERIC, decimal("1.50")));
        assertNull(result(AggregateKind.VAR_SAMP, DataType.INT4, DataType.NUMERIC, 1));
        assertNull(result(AggregateKind.STDDEV_SAMP, DataType.FLOAT8, DataType.FLOAT8, Double.NaN));
        assertEquals(Double.NaN, result(AggregateKind.STDDEV_POP, DataType.FLOAT8, DataType.FLOAT8, Double.NaN));
        assertEquals(
                Decimal.NAN,
                result(AggregateKind.VAR_POP, DataType.NUMERIC, DataType.NUMERIC, Decimal.POSITIVE_INFINITY));
        assertEquals(0.5, result(AggregateKind.STDDEV_POP, DataType.FLOAT4, DataType.FLOAT8, 1f, 2f));
    }

    @Test
    void distinct_takes_equal_values_once() {
        OneGroup count = OneGroup.distinct(AggregateKind.COUNT, DataType.FLOAT8, DataType.INT8);
        count.add(0.0, 2);
        count.add(-0.0, 1);
        count.add(null, 1);
        assertEquals(1L, count.result());
        count.add(0.0, -2);
        assertEquals(1L, count.result());
        count.add(-0.0, -1);
        assertEquals(0L, count.result());
    }

    private static @Nullable Object result(
            AggregateKind kind, DataType column, DataType result, @Nullable Object... values) {
        OneGroup group = new OneGroup(kind, column, result);
        for (Object value : values) {
            group.add(value, 1);
        }
        return group.result();
    }

    private static String shown(AggregateKind kind, DataType column, DataType result, @Nullable Object... values) {
        return String.valueOf(result(kind, column, result, values));
    }

    private static Decimal decimal(String text) {
        return Decimal.of(new BigDecimal(text));
    }

    private static Short s(int value) {
        return (short) value;
    }
}
