package dev.millrace.sql.function;

import dev.millrace.dataflow.row.ArrayValue;
import dev.millrace.dataflow.row.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Arrays concatenated, held against one another, and against single values: {@code x = ANY (array)} is the operator {@code =any}. */
public final class ArrayOperators {
    /** The name that {@code array[from:to]} goes by. */
    public static final String SLICE = "[:]";
    /** The name of a slice that has another subscript behind or before it. */
    public static final String SLICE_OF_SLICE = "[:][:]";

    private ArrayOperators() {}

    @Sql(
            value = "=any(anyelement, anyarray) bool",
            about = "whether the value is equal to one of the array's",
            example = "1 = ANY ('{1,2}')",
            strict = false,
            nullable = true,
            mayFail = false)
    public static @Nullable Boolean equalsAny(@Nullable Object value, @Nullable ArrayValue array) {
        return any(value, array, order -> order == 0);
    }

    @Sql(
            value = "<>any(anyelement, anyarray) bool",
            about = "whether the value differs from one of the array's",
            example = "1 <> ANY ('{1,2}')",
            strict = false,
            nullable = true,
            mayFail = false)
    public static @Nullable Boolean differsFromAny(@Nullable Object value, @Nullable ArrayValue array) {
        return any(value, array, order -> order != 0);
    }

    @Sql(
            value = "<any(anyelement, anyarray) bool",
            about = "whether the value is less than one of the array's",
            example = "1 < ANY ('{1,2}')",
            strict = false,
            nullable = true,
            mayFail = false)
    public static @Nullable Boolean lessThanAny(@Nullable Object value, @Nullable ArrayValue array) {
        return any(value, array, order -> order < 0);
    }

    @Sql(
            value = "<=any(anyelement, anyarray) bool",
            about = "whether the value is at most one of the array's",
            example = "2 <= ANY ('{1,2}')",
            strict = false,
            nullable = true,
            mayFail = false)
    public static @Nullable Boolean atMostAny(@Nullable Object value, @Nullable ArrayValue array) {
        return any(value, array, order -> order <= 0);
    }

    @Sql(
            value = ">any(anyelement, anyarray) bool",
            about = "whether the value is greater than one of the array's",
            example = "2 > ANY ('{1,2}')",
            strict = false,
            nullable = true,
            mayFail = false)
    public static @Nullable Boolean greaterThanAny(@Nullable Object value, @Nullable ArrayValue array) {
        return any(value, array, order -> order > 0);
    }

    @Sql(
            value = ">=any(anyelement, anyarray) bool",
            about = "whether the value is at least one of the array's",
            example = "1 >= ANY ('{1,2}')",
            strict = false,
            nullable = true,
            mayFail = false)
    public static @Nullable Boolean atLeastAny(@Nullable Object value, @Nullable ArrayValue array) {
        return any(value, array, order -> order >= 0);
    }

    @Sql(
            value = "=all(anyelement, anyarray) bool",
            about = "whether the value is equal to all of the array's",
            example = "1 = ALL ('{1,1}')",
            strict = false,
            nullable = true,
            mayFail = false)
    public static @Nullable Boolean equalsAll(@Nullable Object value, @Nullable ArrayValue array) {
        return not(any(value, array, order -> order != 0));
    }

    @Sql(
            value = "<>all(anyelement, anyarray) bool",
            about = "whether the value differs from all of the array's",
            example = "3 <> ALL ('{1,2}')",
            strict = false,
            nullable = true,
            mayFail = false)
    public static @Nullable Boolean differsFromAll(@Nullable Object value, @Nullable ArrayValue array) {
        return not(any(value, array, order -> order == 0));
    }

    @Sql(
            value = "<all(anyelement, anyarray) bool",
            about = "whether the value is less than all of the array's",
            example = "0 < ALL ('{1,2}')",
            strict = false,
            nullable = true,
            mayFail = false)
    public static @Nullable Boolean lessThanAll(@Nullable Object value, @Nullable ArrayValue array) {
        return not(any(value, array, order -> order >= 0));
    }

    @Sql(
            value = "<=all(anyelement, anyarray) bool",
            about = "whether the value is at most each of the array's",
            example = "1 <= ALL ('{1,2}')",
            strict = false,
            nullable = true,
            mayFail = false)
    public static @Nullable Boolean atMostAll(@Nullable Object value, @Nullable ArrayValue array) {
        return not(any(value, array, order -> order > 0));
    }

    @Sql(
            value = ">all(anyelement, anyarray) bool",
            about = "whether the value is greater than all of the array's",
            example = "3 > ALL ('{1,2}')",
            strict = false,
            nullable = true,
            mayFail = false)
    public static @Nullable Boolean greaterThanAll(@Nullable Object value, @Nullable ArrayValue array) {
        return not(any(value, array, order -> order <= 0));
    }

    @Sql(
            value = ">=all(anyelement, anyarray) bool",
            about = "whether the value is at least each of the array's",
            example = "2 >= ALL ('{1,2}')",
            strict = false,
            nullable = true,
            mayFail = false)
    public static @Nullable Boolean atLeastAll(@Nullable Object value, @Nullable ArrayValue array) {
        return not(any(value, array, order -> order < 0));
    }

    /** NULL if it depends on a NULL; FALSE of an empty array, whatever the value. */
    private static @Nullable Boolean any(@Nullable Object value, @Nullable ArrayValue array, IntPredicate comparison) {
        if (array == null) {
            return null;
        }
        boolean unknown = false;
        for (Object element : array.values()) {
            if (element == null || value == null) {
                unknown = true;
            } else if (comparison.test(Values.compare(value, element))) {
                return true;
            }
        }
        return unknown ? null : false;
    }

    private static @Nullable Boolean not(@Nullable Boolean value) {
        return value == null ? null : !value;
    }

    @Sql(
            value = "@>(anyarray, anyarray) bool",
            about = "whether the first has all elements of the second",
            example = "'{1,2,3}'::int4[] @> '{3,1}'",
            mayFail = false)
    public static boolean contains(ArrayValue array, ArrayValue part) {
        return part.values().stream().allMatch(element -> element != null && has(array, element));
    }

    @Sql(
            value = "<@(anyarray, anyarray) bool",
            about = "whether the second has all elements of the first",
            example = "'{3,1}'::int4[] <@ '{1,2,3}'",
            mayFail = false)
    public static boolean isContained(ArrayValue part, ArrayValue array) {
        return contains(array, part);
    }

    @Sql(
            value = "&&(anyarray, anyarray) bool",
            about = "whether the two have an element in common",
            example = "'{1,2}'::int4[] && '{2,3}'",
            mayFail = false)
    public static boolean overlaps(ArrayValue left, ArrayValue right) {
        return right.values().stream().anyMatch(element -> element != null && has(left, element));
    }

    private static boolean has(ArrayValue array, Object wanted) {
        return array.values().stream().anyMatch(element -> element != null && Values.compare(element, wanted) == 0);
    }

    @Sql(
            value = "||(anyarray, anyarray) anyarray",
            about = "one array after the other",
            example = "'{1,2}'::int4[] || '{3}'",
            strict = false,
            nullable = true,
            mayFail = false)
    public static @Nullable ArrayValue concatenate(@Nullable ArrayValue left, @Nullable ArrayValue right) {
        if (left == null || right == null) {
            return left == null ? right : left;
        }
        List<@Nullable Object> values = new ArrayList<>(left.values());
        values.addAll(right.values());
        return ArrayValue.owning(left.element(), values.toArray());
    }

    @Sql(
            value = "[:](anyarray, int4, int4) anyarray",
            about = "the elements from a number to a number, either of which may be left out",
            example = "('{7,8,9}'::int4[])[2:3]",
            mayFail = false)
    public static ArrayValue slice(ArrayValue array, int from, int to) {
        int first = Math.max(from, 1);
        int last = Math.min(to, array.values().size());
        List<@Nullable Object> slice = first > last ? List.of() : array.values().subList(first - 1, last);
        return ArrayValue.owning(array.element(), slice.toArray());
    }
}
