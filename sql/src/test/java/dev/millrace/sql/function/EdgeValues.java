package dev.millrace.sql.function;

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
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Values of each type at which functions change their minds, and random ones. */
final class EdgeValues {
    private static final int MAX_RANDOM_SCALE = 20;
    private static final int MAX_RANDOM_BITS = 140;
    private static final int MAX_RANDOM_TEXT = 6;
    private static final String ALPHABET = "ab AÉß%_\\12-.eE:T\uD83D\uDE00\uD83D\uE000\uFFFD";

    private EdgeValues() {}

    static List<Object> of(DataType type) {
        return switch (type) {
            case BOOL -> List.of(true, false);
            case INT2 -> List.of((short) 0, (short) 1, (short) -1, (short) 182, Short.MAX_VALUE, Short.MIN_VALUE);
            case INT4 -> List.of(0, 1, -1, 2, 46_341, 32_768, -32_769, Integer.MAX_VALUE, Integer.MIN_VALUE);
            case DATE ->
                List.of(0, 1, -1, 19_782, -719_529, 106_751_991, 106_751_992, Integer.MAX_VALUE, Integer.MIN_VALUE);
            case INT8, TIMESTAMP, TIMESTAMPTZ ->
                List.of(0L, 1L, -1L, 2L, 3_037_000_500L, -86_400_000_001L, 1L << 31, Long.MAX_VALUE, Long.MIN_VALUE);
            case FLOAT4 -> floats();
            case FLOAT8 -> doubles();
            case NUMERIC -> numerics();
            case TEXT -> texts();
            case CHAR -> List.of("", "a", " a", "ab", "\uD83D\uDE00", "\uE000", "\uFFFD");
            case BYTEA ->
                List.of(
                        new Bytes(new byte[0]),
                        new Bytes(new byte[] {0}),
                        new Bytes(new byte[] {-1}),
                        new Bytes(new byte[] {127, 1}));
            case UUID -> List.of(new UUID(0, 0), new UUID(-1, -1), new UUID(1, -1), new UUID(Long.MIN_VALUE, 1));
            case TIME -> List.of(0L, 1L, 3_600_000_000L, 86_399_999_999L, 86_400_000_000L);
            case OID -> List.of(0L, 1L, 1L << 31, 0xFFFF_FFFFL);
            case TIMETZ -> List.of(new TimeTz(0, 0), new TimeTz(3_600_000_000L, 3600), new TimeTz(1, -57_599));
            case INTERVAL ->
                List.of(
                        Interval.ZERO,
                        new Interval(1, 0, 0),
                        new Interval(0, 30, 0),
                        new Interval(-1, 1, 86_399_999_999L),
                        new Interval(0, 0, Long.MIN_VALUE),
                        new Interval(Integer.MAX_VALUE, -1, 1),
                        Interval.INFINITY,
                        Interval.NEGATIVE_INFINITY);
            case JSON -> List.of("{}", "null", " [1, 2] ", "\"a\"", "1.50", "{\"a\": {\"b\": [null]}}");
            case JSONB -> jsonbs();
            case ENUM -> List.of(new EnumLabel(1, "low"), new EnumLabel(1.5f, "low,"), new EnumLabel(2, "é"));
            default -> arrays(type.element());
        };
    }

    private static List<Object> arrays(DataType element) {
        List<Object> values = of(element);
        return List.of(
                ArrayValue.owning(element, new @Nullable Object[0]),
                ArrayValue.owning(element, new @Nullable Object[] {null}),
                ArrayValue.owning(element, new @Nullable Object[] {values.get(0)}),
                ArrayValue.owning(element, new @Nullable Object[] {values.get(1)}),
                ArrayValue.owning(element, new @Nullable Object[] {values.get(0), null}));
    }

    private static List<Object> jsonbs() {
        return Stream.of(
                        "null",
                        "true",
                        "1",
                        "1.00",
                        "-40000",
                        "1e30",
                        "\"a\"",
                        "[]",
                        "[1, \"a\", null]",
                        "{}",
                        "{\"a\": 1}",
                        "{\"a\": {\"b\": [false, 2.50]}, \"bb\": \"a\"}")
                .map(text -> (Object) Jsonb.parse(text))
                .toList();
    }

    private static List<Object> floats() {
        return List.of(
                0f,
                -0f,
                1f,
                -1f,
                0.5f,
                2.5f,
                -2.5f,
                0.1f,
                Float.MIN_VALUE,
                Float.MAX_VALUE,
                -Float.MAX_VALUE,
                0x1p31f,
                0x1p63f,
                -0x1p63f,
                Float.NaN,
                Float.POSITIVE_INFINITY,
                Float.NEGATIVE_INFINITY);
    }

    private static List<Object> doubles() {
        return List.of(
                0d,
                -0d,
                1d,
                -1d,
                0.5,
                2.5,
                -2.5,
                0.1,
                1e15,
                1e-5,
                Double.MIN_VALUE,
                Double.MAX_VALUE,
                -Double.MAX_VALUE,
                3.5e38,
                1e-46,
                32_767.5,
                2_147_483_647.5,
                0x1p63,
                -0x1p63,
                0x1.fffffffffffffp62,
                Double.NaN,
                Double.POSITIVE_INFINITY,
                Double.NEGATIVE_INFINITY);
    }

    private static List<Object> numerics() {
        return Stream.concat(
                        Stream.of(Decimal.NAN, Decimal.POSITIVE_INFINITY, Decimal.NEGATIVE_INFINITY),
                        Stream.of(
                                        "0",
                                        "0.00",
                                        "1",
                                        "1.00",
                                        "-1",
                                        "0.5",
                                        "-0.5",
                                        "2.5",
                                        "99.995",
                                        "999.99",
                                        "1e-30",
                                        "1e400",
                                        "-1e400",
                                        "1e-400",
                                        "1e40",
                                        "32767.5",
                                        "9223372036854775807.4",
                                        "9223372036854775807.5",
                                        "-9223372036854775808.5")
                                .map(text -> Decimal.of(new BigDecimal(text))))
                .map(Object.class::cast)
                .toList();
    }

    private static List<Object> texts() {
        return List.of(
                "",
                "a",
                "%",
                "!",
                "\\",
                "\uD83D\uDE00",
                " ",
                "A",
                "ab ",
                " ab",
                "\u00e9",
                "\u00df",
                "\uD83D\uDE00",
                "a\uD83D\uDE00b",
                "\uD83D",
                "\uE000",
                "\uFFFD",
                "%",
                "_",
                "a%",
                "%b",
                "_\\",
                "\\%",
                "!",
                "1",
                "-12",
                " 12 ",
                "1.5",
                "1e400",
                "-1e-400",
                "1e39",
                "NaN",
                "-Infinity",
                "9223372036854775808",
                "on",
                "f",
                "2024-02-29",
                "2023-02-29",
                "2024-02-29 12:30:59.5+02",
                "0044-03-15 BC",
                "2024-01-01 24:00",
                "infinity",
                "00000000-0000-0000-ffff-000000000001");
    }

    static Object random(DataType type, Random random) {
        List<Object> edges = of(type);
        if (random.nextInt(4) == 0) {
            return edges.get(random.nextInt(edges.size()));
        }
        long bits = random.nextLong() >> random.nextInt(Long.SIZE);
        return switch (type) {
            case BOOL -> random.nextBoolean();
            case INT2 -> (short) bits;
            case INT4, DATE -> (int) bits;
            case INT8, TIMESTAMP, TIMESTAMPTZ -> bits;
            case TIME -> Math.floorMod(bits, Interval.MICROS_PER_DAY);
            case OID -> bits & 0xFFFF_FFFFL;
            case TIMETZ -> new TimeTz(Math.floorMod(bits, Interval.MICROS_PER_DAY), random.nextInt(-57_599, 57_600));
            case INTERVAL -> new Interval((int) random.nextLong() >> random.nextInt(32), (int) bits, random.nextLong());
            case JSON, JSONB, ENUM -> edges.get(random.nextInt(edges.size()));
            case FLOAT4 -> random.nextBoolean() ? Float.intBitsToFloat(random.nextInt()) : (float) bits / 4;
            case FLOAT8 -> random.nextBoolean() ? Double.longBitsToDouble(random.nextLong()) : (double) bits / 4;
            case NUMERIC ->
                Decimal.of(new BigDecimal(
                        new BigInteger(random.nextInt(MAX_RANDOM_BITS), random).subtract(BigInteger.valueOf(bits)),
                        random.nextInt(MAX_RANDOM_SCALE)));
            case TEXT -> text(random);
            case CHAR -> text(random).stripTrailing();
            case BYTEA -> {
                byte[] bytes = new byte[random.nextInt(MAX_RANDOM_TEXT)];
                random.nextBytes(bytes);
                yield new Bytes(bytes);
            }
            case UUID -> new UUID(random.nextLong(), bits);
            default ->
                ArrayValue.owning(
                        type.element(),
                        new @Nullable Object[] {random(type.element(), random), null, random(type.element(), random)});
        };
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(MAX_RANDOM_TEXT); i > 0; i--) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }
}
