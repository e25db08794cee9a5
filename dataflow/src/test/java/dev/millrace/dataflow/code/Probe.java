package dev.millrace.dataflow.code;

import dev.millrace.dataflow.expression.Function;
import dev.millrace.dataflow.row.Bytes;
import dev.millrace.dataflow.row.Carriers;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Decimal;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A function of two values of one type that gives one of them, or NULL, or fails, as their hashes say, and takes down each call: so a test sees what was
 * computed and what was not.
 */
public record Probe(DataType type, Style style, int salt) implements Function {
    /** What was called, with which arguments. Tests run in one thread. */
    static final List<String> CALLS = new ArrayList<>();

    /** How it is called by generated code. */
    public enum Style {
        /** By {@link Function#apply}. */
        BOXED,
        /** By {@link Function#apply}, nulls included. */
        BOXED_LENIENT,
        /** By a static method of unboxed values. */
        STATIC,
        /** As {@code STATIC}, of which the result may be null. */
        NULLABLE,
        /** By a method of this object. */
        INSTANCE,
        /** By a static method of objects, nulls included. */
        LENIENT,
        /** By a static method of objects, without nulls. */
        STRICT_OBJECTS
    }

    @Override
    public String name() {
        return "probe_" + style.name().toLowerCase(Locale.ROOT) + salt;
    }

    @Override
    public boolean strict() {
        return style != Style.BOXED_LENIENT && style != Style.LENIENT;
    }

    @Override
    public @Nullable Object apply(@Nullable Object[] arguments) {
        boolean nullable = style == Style.BOXED
                || !strict()
                || (style == Style.NULLABLE && direct(type).isPresent());
        return choose(
                arguments[0],
                arguments[1],
                nullable,
                style == Style.INSTANCE && direct(type).isPresent() ? salt : 0);
    }

    @Override
    public Optional<Method> direct(List<DataType> operands, DataType result) {
        return direct(operands.getFirst());
    }

    private Optional<Method> direct(DataType operand) {
        Class<?> parameter = switch (style) {
            case STATIC, NULLABLE, INSTANCE -> Carriers.of(operand);
            case LENIENT, STRICT_OBJECTS, BOXED, BOXED_LENIENT -> Object.class;
        };
        String name = switch (style) {
            case STATIC -> "pick";
            case NULLABLE -> "pickOrNull";
            case INSTANCE -> "pickSalted";
            case LENIENT -> "pickLenient";
            case STRICT_OBJECTS -> "pickObject";
            case BOXED, BOXED_LENIENT -> "";
        };
        return Arrays.stream(Probe.class.getMethods())
                .filter(method -> method.getName().equals(name)
                        && List.of(method.getParameterTypes()).equals(List.of(parameter, parameter)))
                .findFirst();
    }

    private static @Nullable Object choose(@Nullable Object left, @Nullable Object right, boolean nullable, int salt) {
        String call = left + "," + right + "," + salt;
        CALLS.add(call);
        int fate = Math.floorMod(call.hashCode() * 31, 400);
        if (fate == 0) {
            throw new MillraceException(ErrorCode.DATA_ERROR, "no value for " + call);
        }
        if (nullable && fate % 40 < 8) {
            return null;
        }
        return left == null || (right != null && fate % 2 == 0) ? right : left;
    }

    private static <T> T chosen(T left, T right) {
        @SuppressWarnings("unchecked")
        T chosen = (T) Objects.requireNonNull(choose(left, right, false, 0));
        return chosen;
    }

    @SuppressWarnings("unchecked")
    private static <T> @Nullable T chosenOrNull(T left, T right) {
        return (T) choose(left, right, true, 0);
    }

    public static boolean pick(boolean left, boolean right) {
        return chosen(left, right);
    }

    public static short pick(short left, short right) {
        return chosen(left, right);
    }

    public static int pick(int left, int right) {
        return chosen(left, right);
    }

    public static long pick(long left, long right) {
        return chosen(left, right);
    }

    public static float pick(float left, float right) {
        return chosen(left, right);
    }

    public static double pick(double left, double right) {
        return chosen(left, right);
    }

    public static Decimal pick(Decimal left, Decimal right) {
        return chosen(left, right);
    }

    public static String pick(String left, String right) {
        return chosen(left, right);
    }

    public static Bytes pick(Bytes left, Bytes right) {
        return chosen(left, right);
    }

    public static UUID pick(UUID left, UUID right) {
        return chosen(left, right);
    }

    public static @Nullable Boolean pickOrNull(boolean left, boolean right) {
        return chosenOrNull(left, right);
    }

    public static @Nullable Short pickOrNull(short left, short right) {
        return chosenOrNull(left, right);
    }

    public static @Nullable Integer pickOrNull(int left, int right) {
        return chosenOrNull(left, right);
    }

    public static @Nullable Long pickOrNull(long left, long right) {
        return chosenOrNull(left, right);
    }

    public static @Nullable Float pickOrNull(float left, float right) {
        return chosenOrNull(left, right);
    }

    public static @Nullable Double pickOrNull(double left, double right) {
        return chosenOrNull(left, right);
    }

    public static @Nullable Decimal pickOrNull(Decimal left, Decimal right) {
        return chosenOrNull(left, right);
    }

    public long pickSalted(long left, long right) {
        return (Long) Objects.requireNonNull(choose(left, right, false, salt));
    }

    public boolean pickSalted(boolean left, boolean right) {
        return (Boolean) Objects.requireNonNull(choose(left, right, false, salt));
    }

    public String pickSalted(String left, String right) {
        return (String) Objects.requireNonNull(choose(left, right, false, salt));
    }

    public static @Nullable Object pickLenient(@Nullable Object left, @Nullable Object right) {
        return choose(left, right, true, 0);
    }

    public static Object pickObject(Object left, Object right) {
        return chosen(left, right);
    }
}
