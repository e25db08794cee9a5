package dev.millrace.dataflow.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.dataflow.row.DataType;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OverloadsTest {
    private static final Overloads SUM = Overloads.of("sum", Sums.class);

    /** A function with static methods and one of its own, and with an error. */
    public record Sums(int start, boolean strict) implements OverloadedFunction {
        @Override
        public String name() {
            return "sum";
        }

        @Override
        public Overloads methods() {
            return SUM;
        }

        public static long sum(long left, long right) {
            return left + right;
        }

        public int sum(int value) {
            if (value < 0) {
                throw new ArithmeticException("negative");
            }
            return start + value;
        }

        public static @Nullable Long sum(@Nullable Long left, @Nullable Object right) {
            return right == null ? left : null;
        }

        static int sum(short value) {
            return value;
        }
    }

    @Test
    void the_method_is_found_by_the_carriers_of_the_operands() throws ReflectiveOperationException {
        assertEquals(
                Optional.of(Sums.class.getMethod("sum", long.class, long.class)),
                new Sums(0, true).direct(List.of(DataType.INT8, DataType.TIMESTAMP), DataType.INT8));
        assertEquals(
                Optional.of(Sums.class.getMethod("sum", int.class)),
                new Sums(0, true).direct(List.of(DataType.DATE), DataType.INT4));
    }

    @Test
    void a_function_that_is_not_strict_takes_boxes_or_objects() throws ReflectiveOperationException {
        assertEquals(
                Optional.of(Sums.class.getMethod("sum", Long.class, Object.class)),
                new Sums(0, false).direct(List.of(DataType.INT8, DataType.TEXT), DataType.INT8));
    }

    @Test
    void what_does_not_fit_is_refused() {
        Sums strict = new Sums(0, true);
        assertThrows(IllegalArgumentException.class, () -> strict.direct(List.of(DataType.TEXT), DataType.INT4));
        assertThrows(IllegalArgumentException.class, () -> strict.direct(List.of(DataType.INT4), DataType.INT8));
        assertThrows(IllegalArgumentException.class, () -> strict.direct(List.of(DataType.INT2), DataType.INT4));
        assertThrows(
                IllegalArgumentException.class,
                () -> strict.direct(List.of(DataType.INT8, DataType.TEXT), DataType.INT8));
        assertThrows(IllegalArgumentException.class, () -> strict.apply(new @Nullable Object[] {"text"}));
        assertThrows(IllegalArgumentException.class, () -> strict.apply(new @Nullable Object[] {null}));
    }

    @Test
    void apply_calls_the_method_that_takes_the_values() {
        Sums function = new Sums(40, true);
        assertEquals(42, function.apply(new @Nullable Object[] {2}));
        assertEquals(5L, function.apply(new @Nullable Object[] {2L, 3L}));
        assertEquals(7L, function.apply(new @Nullable Object[] {7L, null}));
        assertNull(function.apply(new @Nullable Object[] {null, "text"}));
    }

    @Test
    void apply_throws_what_the_method_throws() {
        ArithmeticException failure =
                assertThrows(ArithmeticException.class, () -> new Sums(0, true).apply(new @Nullable Object[] {-1}));
        assertEquals("negative", failure.getMessage());
        assertSame(ArithmeticException.class, failure.getClass());
    }

    @Test
    void a_name_without_methods_or_a_class_that_is_not_public_fails_at_once() {
        assertThrows(IllegalArgumentException.class, () -> Overloads.of("product", Sums.class));
        assertThrows(IllegalArgumentException.class, () -> Overloads.of("sum", OverloadsTest.class));
    }
}
