package dev.millrace.dataflow.circuit;

import dev.millrace.dataflow.row.ArrayValue;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Decimal;
import dev.millrace.dataflow.row.Row;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Rows of values that are few, so that they meet, and awkward. */
public final class RandomRows {
    private static final Map<DataType, List<Object>> VALUES = Map.of(
            DataType.INT4, List.of(-2, -1, 0, 1, 2, 3),
            DataType.INT8, List.of(-1L, 0L, 1L, 2L),
            DataType.BOOL, List.of(true, false),
            DataType.TEXT, List.of("", "a", "b", "ab", "\uD83D\uDE00", "\uFFFD"),
            DataType.NUMERIC,
                    List.of(
                            decimal("0"),
                            decimal("0.0"),
                            decimal("1"),
                            decimal("1.0"),
                            decimal("1.00"),
                            decimal("-1.5"),
                            decimal("20000.25"),
                            Decimal.NAN,
                            Decimal.POSITIVE_INFINITY,
                            Decimal.NEGATIVE_INFINITY),
            DataType.FLOAT8,
                    List.of(
                            0.0,
                            -0.0,
                            0.1,
                            0.2,
                            1.5,
                            -1.5,
                            1e300,
                            -1e300,
                            1e-9,
                            Double.NaN,
                            Double.POSITIVE_INFINITY,
                            Double.NEGATIVE_INFINITY));

    private final Random random;

    public RandomRows(Random random) {
        this.random = random;
    }

    static Decimal decimal(String text) {
        return Decimal.of(new BigDecimal(text));
    }

    Row row(List<DataType> types) {
        return Row.owning(types.stream().map(this::nullable).toArray());
    }

    public Object value(DataType type) {
        if (type.isArray()) {
            @Nullable Object[] values = new Object[random.nextInt(3)];
            Arrays.setAll(values, i -> nullable(type.element()));
            return ArrayValue.owning(type.element(), values);
        }
        List<Object> values = VALUES.getOrDefault(type, List.of());
        return values.get(random.nextInt(values.size()));
    }

    private @Nullable Object nullable(DataType type) {
        return random.nextInt(6) == 0 ? null : value(type);
    }
}
