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

/** Finds the function of a name for given argument types, and the types that its arguments must first be converted to. */
public final class Functions {
    private static final int MAX_SUBSTRING_ARGUMENTS = 3;
    private static final int MAX_LIKE_ARGUMENTS = 3;

    private static final Map<String, Overloading> BY_NAME = Map.ofEntries(
            Map.entry("UPPER", arguments -> text(TextFunctions.UPPER, arguments, 1, DataType.TEXT)),
            Map.entry("LOWER", arguments -> text(TextFunctions.LOWER, arguments, 1, DataType.TEXT)),
            Map.entry("CHAR_LENGTH", arguments -> text(TextFunctions.LENGTH, arguments, 1, DataType.INT4)),
            Map.entry("CHARACTER_LENGTH", arguments -> text(TextFunctions.LENGTH, arguments, 1, DataType.INT4)),
            Map.entry("LENGTH", arguments -> text(TextFunctions.LENGTH, arguments, 1, DataType.INT4)),
            Map.entry("||", Functions::concatenation),
            Map.entry("SUBSTRING", Functions::substring),
            Map.entry("SUBSTR", Functions::substring),
            Map.entry("POSITION", arguments -> text(TextFunctions.POSITION, arguments, 2, DataType.INT4)),
            Map.entry("STRPOS", arguments -> text(TextFunctions.STRPOS, arguments, 2, DataType.INT4)),
            Map.entry("REPLACE", arguments -> text(TextFunctions.REPLACE, arguments, 3, DataType.TEXT)),
            Map.entry("SPLIT_PART", Functions::splitPart),
            Map.entry("LEFT", arguments -> counted(TextFunctions.LEFT, arguments)),
            Map.entry("RIGHT", arguments -> counted(TextFunctions.RIGHT, arguments)),
            Map.entry("LIKE", arguments -> like(false, arguments)),
            Map.entry("ILIKE", arguments -> like(true, arguments)),
            Map.entry("ABS", Functions::absolute),
            Map.entry("CEIL", arguments -> rounding(NumberFunctions.CEIL, arguments)),
            Map.entry("CEILING", arguments -> rounding(NumberFunctions.CEIL, arguments)),
            Map.entry("FLOOR", arguments -> rounding(NumberFunctions.FLOOR, arguments)),
            Map.entry("ROUND", arguments -> rounding(NumberFunctions.ROUND, arguments)),
            Map.entry("TRUNCATE", arguments -> rounding(NumberFunctions.TRUNCATE, arguments)),
            Map.entry("TRUNC", arguments -> rounding(NumberFunctions.TRUNCATE, arguments)));

    private Functions() {}

    /** The function that a name stands for depends on the argument types. */
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
     * The function to call, if there is one.
     *
     * @param name as the planner knows it
     */
    public static Optional<Signature> find(String name, List<DataType> arguments) {
        Overloading overloading = BY_NAME.get(name.toUpperCase(Locale.ROOT));
        return overloading == null ? Optional.empty() : Optional.ofNullable(overloading.resolve(arguments));
    }

    /** The names of all functions, in upper case. */
    static Set<String> names() {
        return BY_NAME.keySet();
    }

    /** TRIM; {@code sides} is BOTH, LEADING or TRAILING. Takes the text, then the characters. */
    public static Signature trim(String sides) {
        TextFunctions function = TextFunctions.valueOf("TRIM_" + sides);
        return new Signature(function, List.of(DataType.TEXT, DataType.TEXT), DataType.TEXT);
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

    /** The conversion between two types, if there is one. */
    public static Optional<Function> conversion(DataType from, ColumnType to) {
        return Conversion.exists(from, to.type()) ? Optional.of(new Conversion(from, to)) : Optional.empty();
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

    private static @Nullable Signature text(Function function, List<DataType> arguments, int count, DataType result) {
        boolean fits = arguments.size() == count && arguments.stream().allMatch(Functions::isText);
        return fits ? new Signature(function, arguments, result) : null;
    }

    /** Text with text, or with a value of another type, which is converted. */
    private static @Nullable Signature concatenation(List<DataType> arguments) {
        boolean fits = arguments.size() == 2
                && arguments.stream().anyMatch(Functions::isText)
                && arguments.stream().allMatch(type -> type == DataType.TEXT || Conversion.exists(type, DataType.TEXT));
        return fits
                ? new Signature(TextFunctions.CONCAT_OPERATOR, List.of(DataType.TEXT, DataType.TEXT), DataType.TEXT)
                : null;
    }

    private static @Nullable Signature substring(List<DataType> arguments) {
        boolean fits = arguments.size() >= 2
                && arguments.size() <= MAX_SUBSTRING_ARGUMENTS
                && isText(arguments.getFirst())
                && arguments.stream().skip(1).allMatch(Functions::isSmallInteger);
        List<DataType> parameters = List.of(DataType.TEXT, DataType.INT4, DataType.INT4);
        return fits
                ? new Signature(TextFunctions.SUBSTRING, parameters.subList(0, arguments.size()), DataType.TEXT)
                : null;
    }

    private static boolean isSmallInteger(DataType type) {
        return type == DataType.INT4 || type == DataType.INT2;
    }

    private static @Nullable Signature splitPart(List<DataType> arguments) {
        boolean fits = arguments.size() == 3
                && isText(arguments.get(0))
                && isText(arguments.get(1))
                && isSmallInteger(arguments.get(2));
        return fits
                ? new Signature(
                        TextFunctions.SPLIT_PART, List.of(DataType.TEXT, DataType.TEXT, DataType.INT4), DataType.TEXT)
                : null;
    }

    private static @Nullable Signature counted(Function function, List<DataType> arguments) {
        boolean fits = arguments.size() == 2 && isText(arguments.get(0)) && isSmallInteger(arguments.get(1));
        return fits ? new Signature(function, List.of(DataType.TEXT, DataType.INT4), DataType.TEXT) : null;
    }

    private static @Nullable Signature like(boolean caseInsensitive, List<DataType> arguments) {
        // A char(n) keeps its padding under LIKE, which its values here have lost.
        boolean fits = (arguments.size() == 2 || arguments.size() == MAX_LIKE_ARGUMENTS)
                && arguments.stream().allMatch(type -> type == DataType.TEXT);
        return fits ? new Signature(new Like(caseInsensitive), arguments, DataType.BOOL) : null;
    }

    private static @Nullable Signature absolute(List<DataType> arguments) {
        DataType type = arguments.getFirst();
        return arguments.size() == 1 && Arithmetic.supports(type)
                ? new Signature(new Arithmetic(Arithmetic.Operation.ABS, type), List.of(type), type)
                : null;
    }

    private static @Nullable Signature rounding(Function function, List<DataType> arguments) {
        DataType type = arguments.getFirst();
        if (!Arithmetic.supports(type)) {
            return null;
        }
        if (arguments.size() == 1) {
            DataType rounded = type == DataType.NUMERIC ? DataType.NUMERIC : DataType.FLOAT8;
            return new Signature(function, List.of(rounded), rounded);
        }
        boolean fits = arguments.size() == 2 && !isFloat(type) && isSmallInteger(arguments.get(1));
        return fits ? new Signature(function, List.of(DataType.NUMERIC, DataType.INT4), DataType.NUMERIC) : null;
    }
}
