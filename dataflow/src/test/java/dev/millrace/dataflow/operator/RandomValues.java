package dev.millrace.dataflow.operator;

import dev.millrace.dataflow.row.ArrayValue;
import dev.millrace.dataflow.row.Bytes;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Decimal;
import dev.millrace.dataflow.row.EnumLabel;
import dev.millrace.dataflow.row.Interval;
import dev.millrace.dataflow.row.Jsonb;
import dev.millrace.dataflow.row.TimeTz;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Values of few kinds, so that they meet again: nulls, equal values that differ, and those at the edges of what code keeps apart. */
final class RandomValues {
    private static final List<Double> DOUBLES = List.of(
            0.0,
            -0.0,
            0.1,
            0.2,
            -0.1,
            1.5,
            3e-12,
            -7e-300,
            9e-290,
            1e15,
            3e22,
            -1e150,
            123456.789,
            Double.NaN,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY);
    private static final List<Float> FLOATS = List.of(
            0f, -0f, 0.1f, 0.2f, 33554430f, 1e-30f, 1e30f, Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY);
    private static final List<String> DECIMALS = List.of(
            "0",
            "0.00",
            "1",
            "1.0",
            "1.00",
            "-2.5",
            "17.25",
            "0.00001",
            "99999999999999999999.5",
            "123456789012345678",
            "4e2");
    private static final List<Long> LONGS =
            List.of(0L, 1L, -1L, 7L, 3_037_000_499L, 3_037_000_500L, -3_037_000_500L, Long.MAX_VALUE, Long.MIN_VALUE);
    private static final List<String> TEXTS = List.of("", "a", "b", "ab", "\ud83d\ude00", "\uffee");

    private static final List<EnumLabel> LABELS =
            List.of(new EnumLabel(1, "low"), new EnumLabel(1.5f, "middle"), new EnumLabel(2, "high"));

    private static final List<String> JSONS =
            List.of("1", "1.0", "[]", "[1]", "{\"a\": [1.00]}", "{\"a\": [1]}", "\"a\"", "null");

    private RandomValues() {}

    /** A value that is never NaN nor infinite if {@code finite}. */
    static @Nullable Object of(DataType type, boolean finite, Random random) {
        if (random.nextInt(6) == 0) {
            return null;
        }
        return switch (type) {
            case BOOL -> random.nextBoolean();
            case INT2 -> random.nextInt(4) == 0 ? Short.MIN_VALUE : (short) random.nextInt(3);
            case INT4 -> random.nextInt(4) == 0 ? Integer.MAX_VALUE : random.nextInt(3);
            case DATE -> random.nextInt(3);
            case INT8, TIMESTAMP, TIMESTAMPTZ, TIME, OID -> one(LONGS, random);
            case FLOAT4 -> one(finite ? FLOATS.subList(0, 7) : FLOATS, random);
            case FLOAT8 -> one(finite ? DOUBLES.subList(0, 13) : DOUBLES, random);
            case NUMERIC -> decimal(finite, random);
            case TEXT, CHAR -> one(TEXTS, random);
            case BYTEA -> new Bytes(new byte[] {(byte) random.nextInt(3)});
            case UUID -> new UUID(random.nextInt(2) - 1L, random.nextInt(2) - 1L);
            case TIMETZ -> new TimeTz(random.nextInt(2) * 3_600_000_000L, random.nextInt(2) * 3600);
            case INTERVAL ->
                !finite && random.nextInt(8) == 0
                        ? (random.nextBoolean() ? Interval.INFINITY : Interval.NEGATIVE_INFINITY)
                        : new Interval(random.nextInt(2), random.nextInt(2) * 30, random.nextInt(2));
            case ENUM -> one(LABELS, random);
            case JSON -> one(JSONS, random);
            case JSONB -> Jsonb.parse(one(JSONS, random));
            default -> array(type.element(), finite, random);
        };
    }

    private static ArrayValue array(DataType element, boolean finite, Random random) {
        @Nullable Object[] values = new Object[random.nextInt(3)];
        Arrays.setAll(values, i -> of(element, finite, random));
        return ArrayValue.owning(element, values);
    }

    private static Decimal decimal(boolean finite, Random random) {
        return switch (finite ? 3 : random.nextInt(12)) {
            case 0 -> Decimal.NAN;
            case 1 -> Decimal.POSITIVE_INFINITY;
            case 2 -> Decimal.NEGATIVE_INFINITY;
            default ->
                random.nextInt(3) == 0
                        ? Decimal.of(new BigDecimal(BigInteger.valueOf(random.nextInt(9) - 4), random.nextInt(4)))
                        : Decimal.of(new BigDecimal(one(DECIMALS, random)));
        };
    }

    private static <T> T one(List<T> values, Random random) {
        return values.get(random.nextInt(values.size()));
    }
}
