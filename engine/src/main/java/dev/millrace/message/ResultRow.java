package dev.millrace.message;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row of a result. Values are {@link Boolean}, {@link Short}, {@link Integer}, {@link Long}, {@link Float}, {@link Double},
 * {@link BigDecimal} (numeric's NaN and infinities are a {@link Double}), {@link String}, {@code byte[]}, {@link java.time.LocalDate},
 * {@link java.time.LocalDateTime}, {@link java.time.Instant}, {@link java.util.UUID}; the infinite dates and timestamps are those classes'
 * {@code MAX} and {@code MIN}. A time is a {@link java.time.LocalTime} or a {@link java.time.OffsetTime}, 24:00 its class's {@code MAX}; an interval is an
 * {@link dev.millrace.dataflow.row.Interval}; json and jsonb are a {@link String}, an oid is a {@link Long}. An array is a {@link List} of such values. Immutable.
 */
public final class ResultRow {
    private final ResultSchema schema;
    private final @Nullable Object[] values;

    public ResultRow(ResultSchema schema, @Nullable Object[] values) {
        this.schema = schema;
        this.values = values;
    }

    public ResultSchema schema() {
        return schema;
    }

    public @Nullable Object get(int column) {
        return values[column];
    }

    /**
     * The value of the first column with this name.
     *
     * @throws IllegalArgumentException if the result has no such column
     */
    public @Nullable Object get(String column) {
        int index = schema.indexOf(column);
        if (index < 0) {
            throw new IllegalArgumentException("no column '" + column + "' among " + toMap().keySet());
        }
        return values[index];
    }

    /** The values by column name, in order. Of equal names the first stands. */
    public Map<String, @Nullable Object> toMap() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = 0; i < values.length; i++) {
            map.putIfAbsent(schema.columns().get(i).name(), values[i]);
        }
        return map;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ResultRow that && Arrays.deepEquals(contents(values), contents(that.values));
    }

    @Override
    public int hashCode() {
        return Arrays.deepHashCode(contents(values));
    }

    /** {@code (id: 7, name: Ada)}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("(");
        for (int i = 0; i < values.length; i++) {
            text.append(i == 0 ? "" : ", ")
                    .append(schema.columns().get(i).name())
                    .append(": ");
            text.append(text(values[i]));
        }
        return text.append(')').toString();
    }

    /** The values with lists as arrays, which are compared by what is in them even where that is bytes. */
    private static @Nullable Object[] contents(@Nullable Object[] values) {
        @Nullable Object[] contents = values.clone();
        for (int i = 0; i < contents.length; i++) {
            if (contents[i] instanceof List<?> list) {
                contents[i] = list.toArray();
            }
        }
        return contents;
    }

    private static String text(@Nullable Object value) {
        return switch (value) {
            case byte[] bytes -> Arrays.toString(bytes);
            case List<?> list -> list.stream().map(ResultRow::text).toList().toString();
            case null, default -> String.valueOf(value);
        };
    }
}
