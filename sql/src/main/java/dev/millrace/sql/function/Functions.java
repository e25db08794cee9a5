package dev.millrace.sql.function;

import dev.millrace.dataflow.expression.Function;
import dev.millrace.dataflow.row.ColumnType;
import dev.millrace.dataflow.row.DataType;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the function of a name for given argument types, and the types that its arguments must first be converted to. */
public final class Functions {
    private static final int MAX_SUBSTRING_ARGUMENTS = 3;

    private Functions() {}

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
        return Optional.ofNullable(
                switch (name.toUpperCase(Locale.ROOT)) {
                    case "UPPER" -> text(TextFunctions.UPPER, arguments, 1, DataType.TEXT);
                    case "LOWER" -> text(TextFunctions.LOWER, arguments, 1, DataType.TEXT);
                    case "CHAR_LENGTH", "CHARACTER_LENGTH", "LENGTH" ->
                        text(TextFunctions.LENGTH, arguments, 1, DataType.INT4);
                    case "||" -> concatenation(arguments);
                    case "SUBSTRING", "SUBSTR" -> substring(arguments);
                    case "POSITION" -> text(TextFunctions.POSITION, arguments, 2, DataType.INT4);
                    case "STRPOS" -> text(TextFunctions.STRPOS, arguments, 2, DataType.INT4);
                    case "REPLACE" -> text(TextFunctions.REPLACE, arguments, 3, DataType.TEXT);
                    case "LEFT" -> counted(TextFunctions.LEFT, arguments);
                    case "RIGHT" -> counted(TextFunctions.RIGHT, arguments);
                    case "LIKE" -> like(LikePattern.LIKE, arguments);
                    case "ILIKE" -> like(LikePattern.ILIKE, arguments);
                    case "ABS" -> absolute(arguments.getFirst());
                    case "CEIL", "CEILING" -> rounding(NumberFunctions.CEIL, arguments);
                    case "FLOOR" -> rounding(NumberFunctions.FLOOR, arguments);
                    case "ROUND" -> rounding(NumberFunctions.ROUND, arguments);
                    case "TRUNCATE", "TRUNC" -> rounding(NumberFunctions.TRUNCATE, arguments);
                    default -> null;
                });
    }

    /** TRIM; {@code sides} is BOTH, LEADING or TRAILING. Takes the text, then the characters. */
    public static Signature trim(String sides) {
        TextFunctions function = TextFunctions.valueOf("TRIM_" + sides);
        return new Signature(function, List.of(DataType.TEXT, DataType.TEXT), DataType.TEXT);
    }

    /** The type that both sides of a comparison are converted to, if values of these types can be compared. */
    public static Optional<DataType> comparable(DataType left, DataType right) {
        if (left == right) {
            return Optional.of(left);
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
        boolean fits = arguments.stream().anyMatch(Functions::isText)
                && arguments.stream().allMatch(type -> type == DataType.TEXT || Conversion.exists(type, DataType.TEXT));
        return fits
                ? new Signature(TextFunctions.CONCAT_OPERATOR, List.of(DataType.TEXT, DataType.TEXT), DataType.TEXT)
                : null;
    }

    private static @Nullable Signature substring(List<DataType> arguments) {
        boolean fits = arguments.size() <= MAX_SUBSTRING_ARGUMENTS
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

    private static @Nullable Signature counted(Function function, List<DataType> arguments) {
        boolean fits = arguments.size() == 2 && isText(arguments.get(0)) && isSmallInteger(arguments.get(1));
        return fits ? new Signature(function, List.of(DataType.TEXT, DataType.INT4), DataType.TEXT) : null;
    }

    private static @Nullable Signature like(Function function, List<DataType> arguments) {
        // A char(n) keeps its padding under LIKE, which its values here have lost.
        boolean fits = arguments.stream().allMatch(type -> type == DataType.TEXT);
        return fits ? new Signature(function, arguments, DataType.BOOL) : null;
    }

    private static @Nullable Signature absolute(DataType type) {
        return Arithmetic.supports(type)
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
        boolean fits = !isFloat(type) && isSmallInteger(arguments.get(1));
        return fits ? new Signature(function, List.of(DataType.NUMERIC, DataType.INT4), DataType.NUMERIC) : null;
    }
}
