package dev.millrace.sql.function;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.dataflow.row.Carriers;
import dev.millrace.dataflow.row.ColumnType;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Values;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** {@link dev.millrace.dataflow.expression.Function#direct} of every function and combination of types. */
class DirectMethodTest {
    private static final List<Calls.Call> CALLS = Calls.all();
    private static final int ROUNDS_PER_CALL = 5;
    private static final int MAX_LATER_OPERANDS = 2;
    private static final int MAX_THIRD_OPERANDS = 10;

    @Test
    void every_function_is_known_with_every_combination_of_types() {
        assertTrue(CALLS.size() > 400, CALLS.size() + " calls");
    }

    @Test
    void the_method_can_be_called_from_anywhere_and_takes_and_gives_carriers() {
        for (Calls.Call call : CALLS) {
            Method method = direct(call);
            String name = call + ": " + method;
            assertTrue(Modifier.isPublic(method.getModifiers()), name);
            assertTrue(Modifier.isPublic(method.getDeclaringClass().getModifiers()), name);
            assertTrue(
                    Modifier.isStatic(method.getModifiers())
                            || method.getDeclaringClass().isInstance(call.function()),
                    name);
            assertEquals(0, method.getExceptionTypes().length, name);
            assertEquals(call.operands().size(), method.getParameterCount(), name);
            for (int i = 0; i < call.operands().size(); i++) {
                Class<?> parameter = method.getParameterTypes()[i];
                DataType operand = call.operands().get(i);
                assertTrue(
                        call.function().strict()
                                ? parameter == Carriers.of(operand)
                                : parameter == Carriers.boxed(operand) || parameter == Object.class,
                        name);
            }
            assertTrue(
                    mayBeNull(call)
                            ? method.getReturnType() == Carriers.boxed(call.result())
                            : method.getReturnType() == Carriers.of(call.result()),
                    name);
        }
    }

    @Test
    void the_method_and_apply_come_to_the_same_for_all_edge_values() {
        for (Calls.Call call : CALLS) {
            Method method = direct(call);
            forEachCombination(
                    call, new @Nullable Object[call.operands().size()], 0, values -> check(call, method, values));
        }
    }

    @Property(tries = 20)
    void the_method_and_apply_come_to_the_same_for_random_values(@ForAll long seed) {
        Random random = new Random(seed);
        for (Calls.Call call : CALLS) {
            Method method = direct(call);
            for (int round = 0; round < ROUNDS_PER_CALL; round++) {
                check(call, method, randomArguments(call, random));
            }
        }
    }

    @Property(tries = 20)
    void comparisons_keep_the_order_of_values(@ForAll long seed) {
        Random random = new Random(seed);
        for (Calls.Call call : Calls.comparisons()) {
            Method method = direct(call);
            for (int round = 0; round < ROUNDS_PER_CALL; round++) {
                assertOrder(call, method, randomArguments(call, random));
            }
        }
    }

    @Test
    void comparisons_keep_the_order_of_edge_values() {
        for (Calls.Call call : Calls.comparisons()) {
            Method method = direct(call);
            forEachCombination(call, new @Nullable Object[2], 0, arguments -> assertOrder(call, method, arguments));
        }
    }

    @Test
    void the_extreme_of_more_than_two_has_no_method_and_is_the_first_of_the_greatest_or_least() {
        for (Calls.Call call : Calls.extremes(3)) {
            assertEquals(Optional.empty(), call.function().direct(call.operands(), call.result()));
            forEachCombination(call, new @Nullable Object[3], 0, arguments -> {
                int sign = call.function() == Extreme.GREATEST ? 1 : -1;
                Object expected = null;
                for (Object argument : arguments) {
                    boolean better =
                            argument != null && (expected == null || sign * Values.compare(argument, expected) > 0);
                    expected = better ? argument : expected;
                }
                assertEquals(
                        new Outcome(expected, null, null),
                        Outcome.ofApply(call.function(), arguments.clone()),
                        () -> call + " of " + Arrays.toString(arguments));
            });
        }
    }

    @Test
    void operands_that_a_function_does_not_take_are_refused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> Comparison.LESS.direct(List.of(DataType.INT4, DataType.INT8), DataType.BOOL));
        assertThrows(
                IllegalArgumentException.class,
                () -> Logic.NOT.direct(List.of(DataType.BOOL), DataType.INT4),
                "another result");
        assertThrows(
                IllegalArgumentException.class,
                () -> new Arithmetic(Arithmetic.Operation.REMAINDER, DataType.FLOAT8)
                        .direct(List.of(DataType.FLOAT8, DataType.FLOAT8), DataType.FLOAT8));
    }

    /** Whether a call may be NULL although no operand is. */
    private static boolean mayBeNull(Calls.Call call) {
        return call.nullable()
                || (call.function() instanceof Conversion(DataType from, ColumnType to)
                        && (to.type() == DataType.TIME
                                || !call.function().strict()
                                || (from == DataType.JSONB
                                        && to.type() != DataType.JSON
                                        && to.type() != DataType.TEXT
                                        && to.type() != DataType.JSONB)));
    }

    private static Method direct(Calls.Call call) {
        return call.function()
                .direct(call.operands(), call.result())
                .orElseThrow(() -> new AssertionError("no method for " + call));
    }

    private static void check(Calls.Call call, Method method, @Nullable Object[] arguments) {
        Outcome expected = Outcome.ofApply(call.function(), arguments.clone());
        assertEquals(
                expected,
                Outcome.ofDirect(method, call.function(), arguments),
                () -> call + " of " + Arrays.toString(arguments));
        if (expected.code() != null) {
            return;
        }
        assertTrue(mayBeNull(call) || expected.value() != null, () -> call + " of " + Arrays.toString(arguments));
        if (expected.value() != null) {
            assertTrue(Carriers.boxed(call.result()).isInstance(expected.value()), call::toString);
        }
    }

    private static void assertOrder(Calls.Call call, Method method, @Nullable Object[] arguments) {
        int order = Values.compare(arguments[0], arguments[1]);
        boolean expected = switch ((Comparison) call.function()) {
            case EQUAL, NOT_DISTINCT -> order == 0;
            case NOT_EQUAL, DISTINCT -> order != 0;
            case LESS -> order < 0;
            case LESS_OR_EQUAL -> order <= 0;
            case GREATER -> order > 0;
            case GREATER_OR_EQUAL -> order >= 0;
        };
        assertEquals(
                new Outcome(expected, null, null),
                Outcome.ofDirect(method, call.function(), arguments),
                () -> call + " of " + Arrays.toString(arguments));
    }

    private static @Nullable Object[] randomArguments(Calls.Call call, Random random) {
        @Nullable Object[] arguments = new Object[call.operands().size()];
        for (int i = 0; i < arguments.length; i++) {
            boolean absent = !call.function().strict() && random.nextInt(5) == 0;
            boolean repeated =
                    i > 0 && call.operands().get(i) == call.operands().get(0) && random.nextInt(5) == 0;
            arguments[i] = absent
                    ? null
                    : repeated
                            ? arguments[0]
                            : EdgeValues.random(call.operands().get(i), random);
        }
        return arguments;
    }

    private static void forEachCombination(
            Calls.Call call, @Nullable Object[] arguments, int index, Consumer<@Nullable Object[]> action) {
        if (index == arguments.length) {
            action.accept(arguments);
            return;
        }
        List<Object> edges = EdgeValues.of(call.operands().get(index));
        int most = index < 2 ? edges.size() : index < 3 ? MAX_THIRD_OPERANDS : MAX_LATER_OPERANDS;
        List<@Nullable Object> candidates = new ArrayList<>(edges.subList(0, Math.min(edges.size(), most)));
        if (!call.function().strict()) {
            candidates.add(null);
        }
        for (Object candidate : candidates) {
            arguments[index] = candidate;
            forEachCombination(call, arguments, index + 1, action);
        }
    }
}
