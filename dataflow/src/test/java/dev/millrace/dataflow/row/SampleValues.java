package dev.millrace.dataflow.row;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Values of each type, most of them at the edges, and few enough for equal ones to meet. */
public final class SampleValues {
    private SampleValues() {}

    /** A value that is not NULL. */
    public static Object value(DataType type, Random random) {
        return switch (type) {
            case BOOL -> random.nextBoolean();
            case INT2 -> one(random, Short.MIN_VALUE, Short.MAX_VALUE, (short) 0, (short) -1, (short) random.nextInt());
            case INT4, DATE -> one(random, Integer.MIN_VALUE, Integer.MAX_VALUE, 0, -1, 1, random.nextInt());
            case INT8, TIMESTAMP, TIMESTAMPTZ, TIME, OID ->
                one(random, Long.MIN_VALUE, Long.MAX_VALUE, 0L, -1L, 1L << 32, random.nextLong());
            case FLOAT4 ->
                one(
                        random,
                        Float.NaN,
                        -0.0f,
                        0.0f,
                        Float.POSITIVE_INFINITY,
                        Float.NEGATIVE_INFINITY,
                        Float.MIN_VALUE,
                        -Float.MAX_VALUE,
                        random.nextFloat());
            case FLOAT8 ->
                one(
                        random,
                        Double.NaN,
                        -0.0,
                        0.0,
                        Double.POSITIVE_INFINITY,
                        Double.NEGATIVE_INFINITY,
                        -Double.MIN_VALUE,
                        Double.MAX_VALUE,
                        random.nextGaussian());
            case NUMERIC ->
                one(
                        random,
                        Decimal.NAN,
                        Decimal.POSITIVE_INFINITY,
                        Decimal.NEGATIVE_INFINITY,
                        decimal("0"),
                        decimal("0.000"),
                        decimal("1"),
                        decimal("1.00"),
                        decimal("-1.0"),
                        decimal("1e400"),
                        decimal("-12345678901234567890.123456789"),
                        decimal("1e-400"));
            case TEXT, CHAR -> text(random);
            case BYTEA -> new Bytes(one(random, new byte[0], new byte[] {0}, new byte[] {-1, 1}, bytes(random)));
            case UUID -> new UUID(one(random, 0L, -1L, random.nextLong()), one(random, 0L, -1L, Long.MIN_VALUE));
            case TIMETZ ->
                new TimeTz(one(random, 0L, 3_600_000_000L, 86_400_000_000L), one(random, 0, 3600, -3600, 57_599));
            case INTERVAL ->
                one(
                        random,
                        Interval.INFINITY,
                        Interval.NEGATIVE_INFINITY,
                        Interval.ZERO,
                        new Interval(1, 0, 0),
                        new Interval(0, 30, 0),
                        new Interval(1, -30, 0),
                        new Interval(0, 1, -1),
                        new Interval(0, 0, 86_399_999_999L),
                        new Interval(0, 29, 86_400_000_000L),
                        new Interval(random.nextInt(), random.nextInt(), random.nextLong()));
            case ENUM -> one(random, new EnumLabel(1, "a"), new EnumLabel(1.5f, "é"), new EnumLabel(2, ""));
            case JSON -> json(random, 2);
            case JSONB -> Jsonb.parse(json(random, 2));
            default -> array(type.element(), random);
        };
    }

    /** A value that is NULL now and then. */
    public static @Nullable Object nullable(DataType type, Random random) {
        return random.nextInt(5) == 0 ? null : value(type, random);
    }

    /** A row of this layout. */
    public static Row row(List<DataType> layout, Random random) {
        return Row.owning(layout.stream().map(type -> nullable(type, random)).toArray());
    }

    /** From {@code least} to {@code most} types. */
    public static List<DataType> layout(Random random, int least, int most) {
        List<DataType> types = new ArrayList<>();
        int count = least + random.nextInt(most - least + 1);
        for (int i = 0; i < count; i++) {
            types.add(type(random));
        }
        return List.copyOf(types);
    }

    /** Any type. */
    public static DataType type(Random random) {
        return one(random, DataType.values());
    }

    private static ArrayValue array(DataType element, Random random) {
        @Nullable Object[] values = new Object[random.nextInt(3)];
        Arrays.setAll(values, i -> nullable(element, random));
        return ArrayValue.owning(element, values);
    }

    private static String json(Random random, int depth) {
        String scalar =
                one(random, "null", "true", "false", "1", "1.0", "-2.50", "1e2", "\"\"", "\"a\"", "\"\\u00e9\\n\"");
        if (depth == 0) {
            return scalar;
        }
        return switch (random.nextInt(6)) {
            case 0 -> "[]";
            case 1 -> "[" + json(random, depth - 1) + "]";
            case 2 -> "[" + json(random, depth - 1) + "," + json(random, depth - 1) + "]";
            case 3 -> "{\"b\":" + json(random, depth - 1) + "}";
            case 4 -> "{\"bb\": " + json(random, depth - 1) + ", \"c\" :" + json(random, depth - 1) + "}";
            default -> scalar;
        };
    }

    private static String text(Random random) {
        String end = one(random, "", "a", "\0", "\uFFFD", "\uD83D\uDE00", "\uD7FF", "\uE000", "z");
        return one(random, "", "a", "abc", "abcd", "\uD83D\uDE00", "é") + end;
    }

    private static byte[] bytes(Random random) {
        byte[] bytes = new byte[random.nextInt(12)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static Decimal decimal(String text) {
        return Decimal.of(new BigDecimal(text));
    }

    @SafeVarargs
    private static <T> T one(Random random, T... values) {
        return values[random.nextInt(values.length)];
    }
}
