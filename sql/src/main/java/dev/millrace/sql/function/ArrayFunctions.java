package dev.millrace.sql.function;

import dev.millrace.dataflow.row.ArrayValue;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Arrays measured, searched and changed. They have one dimension, and their elements are counted from 1. */
public final class ArrayFunctions {
    /** Postgres's. */
    private static final int MAX_LENGTH = 134_217_727;

    private ArrayFunctions() {}

    @Sql(
            value = "cardinality(anyarray) int4",
            about = "the number of elements",
            example = "cardinality('{1,2}'::int4[])",
            mayFail = false)
    public static int cardinality(ArrayValue array) {
        return array.values().size();
    }

    @Sql(
            value = {"array_length(anyarray, int4) int4", "array_upper(anyarray, int4) int4"},
            about =
                    "the number of elements, which is the last one's, in the first dimension; NULL of an empty array, and in other dimensions",
            example = "array_length('{1,2}'::int4[], 1)",
            nullable = true,
            mayFail = false)
    public static @Nullable Integer length(ArrayValue array, int dimension) {
        return array.values().isEmpty() || dimension != 1
                ? null
                : array.values().size();
    }

    @Sql(
            value = "array_lower(anyarray, int4) int4",
            about = "the number of the first element in the first dimension",
            example = "array_lower('{1,2}'::int4[], 1)",
            nullable = true,
            mayFail = false)
    public static @Nullable Integer lower(ArrayValue array, int dimension) {
        return array.values().isEmpty() || dimension != 1 ? null : 1;
    }

    @Sql(
            value = "array_ndims(anyarray) int4",
            about = "the number of dimensions; NULL of an empty array",
            example = "array_ndims('{1,2}'::int4[])",
            nullable = true,
            mayFail = false)
    public static @Nullable Integer dimensions(ArrayValue array) {
        return array.values().isEmpty() ? null : 1;
    }

    @Sql(
            value = "array_dims(anyarray) text",
            about = "the numbers of the first and the last element; NULL of an empty array",
            example = "array_dims('{1,2}'::int4[])",
            nullable = true,
            mayFail = false)
    public static @Nullable String bounds(ArrayValue array) {
        return array.values().isEmpty() ? null : "[1:" + array.values().size() + "]";
    }

    @Sql(
            value = "array_cat(anyarray, anyarray) anyarray",
            about = "one array after the other",
            example = "array_cat('{1,2}'::int4[], '{3}'::int4[])",
            strict = false,
            nullable = true,
            mayFail = false)
    public static @Nullable ArrayValue concatenate(@Nullable ArrayValue left, @Nullable ArrayValue right) {
        return ArrayOperators.concatenate(left, right);
    }

    @Sql(
            value = "array_position(anyarray, anyelement) int4",
            about = "the number of the first such element, NULL if there is none",
            example = "array_position('{7,8}'::int4[], 8)",
            strict = false,
            nullable = true,
            mayFail = false)
    public static @Nullable Integer position(@Nullable ArrayValue array, @Nullable Object wanted) {
        return array == null ? null : position(array, wanted, 1);
    }

    @Sql(
            value = "array_position(anyarray, anyelement, int4) int4",
            about = "the same from an element on",
            example = "array_position('{8,7,8}'::int4[], 8, 2)",
            strict = false,
            nullable = true)
    public static @Nullable Integer position(
            @Nullable ArrayValue array, @Nullable Object wanted, @Nullable Integer start) {
        if (array == null
                || array.values().isEmpty()
                || (wanted == null && !array.values().contains(null))) {
            return null;
        }
        if (start == null) {
            throw DataErrors.of("initial position must not be null");
        }
        for (int i = Math.max(start, 1); i <= array.values().size(); i++) {
            if (isSame(array.values().get(i - 1), wanted)) {
                return i;
            }
        }
        return null;
    }

    @Sql(
            value = "array_positions(anyarray, anyelement) int4[]",
            about = "the numbers of all such elements",
            example = "array_positions('{8,7,8}'::int4[], 8)",
            strict = false,
            nullable = true,
            mayFail = false)
    public static @Nullable ArrayValue positions(@Nullable ArrayValue array, @Nullable Object wanted) {
        if (array == null) {
            return null;
        }
        List<Object> found = new ArrayList<>();
        for (int i = 0; i < array.values().size(); i++) {
            if (isSame(array.values().get(i), wanted)) {
                found.add(i + 1);
            }
        }
        return ArrayValue.owning(DataType.INT4, found.toArray());
    }

    @Sql(
            value = "array_remove(anyarray, anyelement) anyarray",
            about = "without such elements",
            example = "array_remove('{8,7,8}'::int4[], 8)",
            strict = false,
            nullable = true,
            mayFail = false)
    public static @Nullable ArrayValue remove(@Nullable ArrayValue array, @Nullable Object unwanted) {
        return array == null
                ? null
                : ArrayValue.owning(
                        array.element(),
                        array.values().stream()
                                .filter(element -> !isSame(element, unwanted))
                                .toArray());
    }

    @Sql(
            value = "array_replace(anyarray, anyelement, anyelement) anyarray",
            about = "with another value for each such element",
            example = "array_replace('{8,7,8}'::int4[], 8, 9)",
            strict = false,
            nullable = true,
            mayFail = false)
    public static @Nullable ArrayValue replace(
            @Nullable ArrayValue array, @Nullable Object replaced, @Nullable Object replacement) {
        return array == null
                ? null
                : ArrayValue.owning(
                        array.element(),
                        array.values().stream()
                                .map(element -> isSame(element, replaced) ? replacement : element)
                                .toArray());
    }

    /** NULL is the same as NULL here. */
    private static boolean isSame(@Nullable Object left, @Nullable Object right) {
        return Values.compare(left, right) == 0;
    }

    @Sql(
            value = "trim_array(anyarray, int4) anyarray",
            about = "without so many elements at the end",
            example = "trim_array('{1,2,3}'::int4[], 2)")
    public static ArrayValue trim(ArrayValue array, int count) {
        int length = array.values().size();
        if (count < 0 || count > length) {
            throw DataErrors.of("number of elements to trim must be between 0 and " + length);
        }
        return ArrayValue.owning(
                array.element(), array.values().subList(0, length - count).toArray());
    }

    @Sql(
            value = "array_reverse(anyarray) anyarray",
            about = "from the last element to the first",
            example = "array_reverse('{1,2,3}'::int4[])",
            mayFail = false)
    public static ArrayValue reverse(ArrayValue array) {
        return ArrayValue.owning(array.element(), array.values().reversed().toArray());
    }

    @Sql(
            value = "array_sort(anyarray) anyarray",
            about = "in ascending order, NULLs last",
            example = "array_sort('{3,1,NULL,2}'::int4[])",
            mayFail = false)
    public static ArrayValue sort(ArrayValue array) {
        return sort(array, false);
    }

    @Sql(
            value = "array_sort(anyarray, bool) anyarray",
            about = "in descending order, NULLs first, if that is wanted",
            example = "array_sort('{3,1,NULL,2}'::int4[], true)",
            mayFail = false)
    public static ArrayValue sort(ArrayValue array, boolean descending) {
        return sort(array, descending, descending);
    }

    @Sql(
            value = "array_sort(anyarray, bool, bool) anyarray",
            about = "in descending order, with NULLs first, if that is wanted",
            example = "array_sort('{3,1,NULL,2}'::int4[], true, false)",
            mayFail = false)
    public static ArrayValue sort(ArrayValue array, boolean descending, boolean nullsFirst) {
        Comparator<Object> ascending = Values::compare;
        Comparator<Object> order = descending ? ascending.reversed() : ascending;
        @Nullable Object[] sorted = array.values().toArray();
        Arrays.sort(sorted, nullsFirst ? Comparator.nullsFirst(order) : Comparator.nullsLast(order));
        return ArrayValue.owning(array.element(), sorted);
    }

    @Sql(
            value = "width_bucket(anyelement, anyarray) int4",
            about = "how many of an ascending array's bounds a value has reached",
            example = "width_bucket(5, '{1,4,9}'::int4[])",
            strict = false,
            nullable = true)
    public static @Nullable Integer bucket(@Nullable Object value, @Nullable ArrayValue bounds) {
        if (value == null || bounds == null) {
            return null;
        }
        if (bounds.values().contains(null)) {
            throw DataErrors.of("thresholds array must not contain NULLs");
        }
        int from = 0;
        int to = bounds.values().size();
        while (from < to) {
            int middle = (from + to) / 2;
            if (Values.compare(value, bounds.values().get(middle)) < 0) {
                to = middle;
            } else {
                from = middle + 1;
            }
        }
        return from;
    }

    @Sql(
            value = {"||(anyarray, anyelement) anyarray", "array_append(anyarray, anyelement) anyarray"},
            about = "an array with a value behind it",
            example = "'{1,2}'::int4[] || 3",
            strict = false,
            mayFail = false)
    public static ArrayValue append(DataType element, @Nullable ArrayValue array, @Nullable Object value) {
        List<@Nullable Object> values = new ArrayList<>(array == null ? List.of() : array.values());
        values.addLast(value);
        return ArrayValue.owning(element, values.toArray());
    }

    @Sql(
            value = {"||(anyelement, anyarray) anyarray", "array_prepend(anyelement, anyarray) anyarray"},
            about = "an array with a value before it",
            example = "1 || '{2,3}'::int4[]",
            strict = false,
            mayFail = false)
    public static ArrayValue prepend(DataType element, @Nullable Object value, @Nullable ArrayValue array) {
        List<@Nullable Object> values = new ArrayList<>(array == null ? List.of() : array.values());
        values.addFirst(value);
        return ArrayValue.owning(element, values.toArray());
    }

    @Sql(
            value = "array_fill(anyelement, int4[]) anyarray",
            about = "a value so many times; the second is an array of one number, since arrays here have one dimension",
            example = "array_fill(7, '{3}'::int4[])",
            strict = false)
    public static ArrayValue fill(DataType element, @Nullable Object value, @Nullable ArrayValue lengths) {
        if (lengths == null) {
            throw DataErrors.of("dimension array or low bound array cannot be null");
        }
        if (lengths.values().contains(null)) {
            throw DataErrors.of("dimension values cannot be null");
        }
        if (lengths.values().size() > 1) {
            throw DataErrors.of("arrays of several dimensions are not supported");
        }
        int length = lengths.values().isEmpty()
                ? 0
                : (int) Objects.requireNonNull(lengths.values().getFirst());
        if (length < 0 || length > MAX_LENGTH) {
            throw DataErrors.of("array size exceeds the maximum allowed (" + MAX_LENGTH + ")");
        }
        @Nullable Object[] values = new Object[length];
        Arrays.fill(values, value);
        return ArrayValue.owning(element, values);
    }
}
