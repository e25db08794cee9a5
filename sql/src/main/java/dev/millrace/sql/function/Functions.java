package dev.millrace.sql.function;

import dev.millrace.dataflow.expression.Function;
import dev.millrace.dataflow.row.ColumnType;
import dev.millrace.dataflow.row.DataType;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the operator of a name for given argument types, and the types that its arguments must first be converted to. Functions are found by {@link FunctionRegistry}. */
public final class Functions {
    private static final int MAX_LIKE_ARGUMENTS = 3;

    /** Operators of text; those of numbers and comparisons are {@link Arithmetic} and {@link Comparison}. */
    private static final Map<String, Overloading> OPERATORS = Map.of(
            Collate.OPERATOR.getName().toUpperCase(Locale.ROOT),
            Functions::collate,
            "||",
            Functions::concatenation,
            "LIKE",
            arguments -> like(false, arguments),
            "ILIKE",
            arguments -> like(true, arguments));

    private Functions() {}

    /** The operator that a name stands for depends on the argument types. */
    private interface Overloading {
        @Nullable
        Signature resolve(List<DataType> arguments);
    }

    /** A function, the types that it takes, and the type that it gives. */
    public record Signature(Function function, List<DataType> parameters, DataType result) {
        public Signature {
            parameters = List.copyOf(parameters);
        }
    }

    /**
     * The operator to call, if there is one.
     *
     * @param name as the planner knows it
     */
    public static Optional<Signature> find(String name, List<DataType> arguments) {
        Overloading overloading = OPERATORS.get(name.toUpperCase(Locale.ROOT));
        return overloading == null ? Optional.empty() : Optional.ofNullable(overloading.resolve(arguments));
    }

    /** The names of all operators. */
    static Set<String> names() {
        return OPERATORS.keySet();
    }

    /** The type that both sides of a comparison are converted to, if values of these types can be compared. */
    public static Optional<DataType> comparable(DataType left, DataType right) {
        if (left == right) {
            return isComparable(left) ? Optional.of(left) : Optional.empty();
        }
        if (isText(left) && isText(right)) {
            return Optional.of(DataType.TEXT);
        }
        if (isTime(left) && isTime(right)) {
            return Optional.of(left.compareTo(right) > 0 ? left : right);
        }
        return numeric(left, right);
    }

    /** The type in which arithmetic over these two is done, if there is one. */
    public static Optional<DataType> numeric(DataType left, DataType right) {
        if (!Arithmetic.supports(left) || !Arithmetic.supports(right)) {
            return Optional.empty();
        }
        if (left == right) {
            return Optional.of(left);
        }
        boolean approximate = isFloat(left) || isFloat(right);
        // The order of the constants is the order of widening: int2, int4, int8, (floats), numeric.
        return Optional.of(approximate ? DataType.FLOAT8 : left.compareTo(right) > 0 ? left : right);
    }

    /** The conversion between two types, if there is one, in the {@linkplain SessionZone session's zone}. */
    public static Optional<Function> conversion(DataType from, ColumnType to) {
        if (!Conversion.exists(from, to.type())) {
            return Optional.empty();
        }
        return ZonedFunction.conversion(from, to).or(() -> Optional.of(new Conversion(from, to)));
    }

    /** All but json, which is a text that stands for itself. */
    private static boolean isComparable(DataType type) {
        return type != DataType.JSON && type != DataType.JSON_ARRAY;
    }

    private static boolean isText(DataType type) {
        return type == DataType.TEXT || type == DataType.CHAR;
    }

    private static boolean isTime(DataType type) {
        return type == DataType.DATE || type == DataType.TIMESTAMP || type == DataType.TIMESTAMPTZ;
    }

    private static boolean isFloat(DataType type) {
        return type == DataType.FLOAT4 || type == DataType.FLOAT8;
    }

    /** Text with text, or with a value of another type, which is converted. */
    private static @Nullable Signature concatenation(List<DataType> arguments) {
        boolean fits = arguments.size() == 2
                && arguments.stream().anyMatch(Functions::isText)
                && arguments.stream().allMatch(type -> type == DataType.TEXT || Conversion.exists(type, DataType.TEXT));
        return fits
                ? new Signature(Concatenation.INSTANCE, List.of(DataType.TEXT, DataType.TEXT), DataType.TEXT)
                : null;
    }

    private static @Nullable Signature collate(List<DataType> arguments) {
        return arguments.size() == 1 && isText(arguments.getFirst())
                ? new Signature(Collate.BY_CODE_POINT, arguments, arguments.getFirst())
                : null;
    }

    private static @Nullable Signature like(boolean caseInsensitive, List<DataType> arguments) {
        // A char(n) keeps its padding under LIKE, which its values here have lost.
        boolean fits = (arguments.size() == 2 || arguments.size() == MAX_LIKE_ARGUMENTS)
                && arguments.stream().allMatch(type -> type == DataType.TEXT);
        return fits ? new Signature(new Like(caseInsensitive), arguments, DataType.BOOL) : null;
    }
}
