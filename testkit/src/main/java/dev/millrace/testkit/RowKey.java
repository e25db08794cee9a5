package dev.millrace.testkit;

import dev.millrace.message.ResultRow;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row's values with one representative for each that SQL's {@code =} holds equal: numerics without trailing zeros, byte arrays by
 * content, no negative zero.
 */
record RowKey(List<@Nullable Object> values) {
    static RowKey of(ResultRow row) {
        return of(values(row));
    }

    static RowKey of(@Nullable Object[] row) {
        List<@Nullable Object> values = new ArrayList<>(row.length);
        for (Object value : row) {
            values.add(canonical(value));
        }
        return new RowKey(values);
    }

    static @Nullable Object[] values(ResultRow row) {
        @Nullable Object[] values = new Object[row.schema().columns().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = row.get(i);
        }
        return values;
    }

    static @Nullable Object canonical(@Nullable Object value) {
        return switch (value) {
            case BigDecimal number -> number.stripTrailingZeros();
            case byte[] bytes -> ByteBuffer.wrap(bytes);
            case Double number when number == 0.0 -> 0.0;
            case Float number when number == 0.0f -> 0.0f;
            case List<?> array -> of(array.toArray());
            case null, default -> value;
        };
    }
}
