package dev.millrace.connector.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.connector.RowChange;
import dev.millrace.dataflow.row.ArrayValue;
import dev.millrace.dataflow.row.Bytes;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Decimal;
import dev.millrace.dataflow.row.EnumLabel;
import dev.millrace.dataflow.row.Interval;
import dev.millrace.dataflow.row.Jsonb;
import dev.millrace.dataflow.row.Row;
import dev.millrace.dataflow.row.TimeTz;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every type's edge values, as they come from a copy and as they come from the stream. */
class TypesTest {
    private final TestDatabase database = TestDatabase.create();

    @AfterEach
    void close() {
        database.close();
    }

    /** A literal and the value that it must become. */
    private record Case(String literal, Object value) {}

    private static Case of(String literal, Object value) {
        return new Case(literal, value);
    }

    private void check(String type, Case... cases) {
        String insert = "INSERT INTO t (id, v) VALUES ";
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < cases.length; i++) {
            rows.add("(" + i + ", " + cases[i].literal + ")");
        }
        rows.add("(" + cases.length + ", NULL)");
        database.execute("CREATE TABLE t (id int PRIMARY KEY, v " + type + ")");
        database.execute(insert + String.join(",", rows));
        RecordingListener listener = database.follow("t");
        List<Row> copied = listener.rows("t");
        database.execute("DELETE FROM t; " + insert + String.join(",", rows));
        listener.catchUp();
        List<Row> streamed = listener.rows("t");
        for (int i = 0; i < cases.length; i++) {
            assertSame(cases[i], copied.get(i).get(1));
            assertSame(cases[i], streamed.get(i).get(1));
        }
        assertEquals(Row.of(cases.length, null), copied.getLast());
        assertEquals(Row.of(cases.length, null), streamed.getLast());
    }

    private static void assertSame(Case expected, @Nullable Object actual) {
        assertEquals(expected.value, actual, expected.literal);
        // Decimals of different scales are equal, but not the same to look at.
        assertEquals(expected.value.toString(), String.valueOf(actual), expected.literal);
    }

    @Test
    void an_enum_is_its_label_with_its_place_in_the_order() {
        database.execute(
                "CREATE TYPE mood AS ENUM ('sad', 'happy'); ALTER TYPE mood ADD VALUE 'so, so' BEFORE 'happy'");
        EnumLabel between = label(1.5f, "so, so");
        check("mood", of("'sad'", label(1, "sad")), of("'so, so'", between), of("'happy'", label(2, "happy")));
        database.execute("DROP TABLE t");
        check(
                "mood[]",
                of("'{}'", ArrayValue.owning(DataType.ENUM, new Object[0])),
                of("'{happy,NULL,\"so, so\"}'", ArrayValue.owning(DataType.ENUM, new Object[] {
                    label(2, "happy"), null, between
                })));
    }

    private static EnumLabel label(float order, String label) {
        return new EnumLabel(order, label);
    }

    @Test
    void a_domain_is_its_base_type() {
        database.execute("CREATE DOMAIN price AS numeric(6,2) CHECK (value > 0); CREATE DOMAIN low_price AS price");
        check("low_price", of("1.5", decimal("1.50")), of("1000", decimal("1000.00")));
        database.execute("DROP TABLE t");
        check("price[]", of("'{1}'", ArrayValue.owning(DataType.NUMERIC, new Object[] {decimal("1.00")})));
        database.execute("DROP TABLE t; CREATE TYPE mood AS ENUM ('sad'); CREATE DOMAIN bad_mood AS mood");
        check("bad_mood", of("'sad'", label(1, "sad")));
    }

    @Test
    void bool() {
        check("bool", of("true", true), of("false", false));
    }

    @Test
    void int2() {
        check("int2", of("-32768", Short.MIN_VALUE), of("32767", Short.MAX_VALUE), of("0", (short) 0));
    }

    @Test
    void int4() {
        check("int4", of("-2147483648", Integer.MIN_VALUE), of("2147483647", Integer.MAX_VALUE));
    }

    @Test
    void int8() {
        check("int8", of("-9223372036854775808", Long.MIN_VALUE), of("9223372036854775807", Long.MAX_VALUE));
    }

    @Test
    void float4() {
        check(
                "float4",
                of("'NaN'", Float.NaN),
                of("'-Infinity'", Float.NEGATIVE_INFINITY),
                of("'Infinity'", Float.POSITIVE_INFINITY),
                of("'-0'", -0.0f),
                of("3.4028235e38", Float.MAX_VALUE),
                of("1e-45", Float.MIN_VALUE));
    }

    @Test
    void float8() {
        check(
                "float8",
                of("'NaN'", Double.NaN),
                of("'-Infinity'", Double.NEGATIVE_INFINITY),
                of("'Infinity'", Double.POSITIVE_INFINITY),
                of("'-0'", -0.0),
                of("1.7976931348623157e308", Double.MAX_VALUE),
                of("'4.9e-324'", Double.MIN_VALUE));
    }

    @Test
    void numeric() {
        String nines = "9".repeat(500) + "." + "9".repeat(500);
        check(
                "numeric",
                of("'NaN'", Decimal.NAN),
                of("'Infinity'", Decimal.POSITIVE_INFINITY),
                of("'-Infinity'", Decimal.NEGATIVE_INFINITY),
                of("0", decimal("0")),
                of("0.000", decimal("0.000")),
                of("-1.10", decimal("-1.10")),
                of("10000", decimal("10000")),
                of("1e20", decimal("100000000000000000000")),
                of("0.0001", decimal("0.0001")),
                of("0.00000000012300", decimal("0.00000000012300")),
                of("9223372036854775807", decimal("9223372036854775807")),
                of("-9999999999999999", decimal("-9999999999999999")),
                of("9999999999999999.000", decimal("9999999999999999.000")),
                of("99999999.99999999", decimal("99999999.99999999")),
                of(nines, decimal(nines)));
    }

    @Test
    void numeric_with_precision_and_scale() {
        check("numeric(12,4)", of("1.5", decimal("1.5000")), of("-12345678.9", decimal("-12345678.9000")));
    }

    @Test
    void numeric_with_negative_scale() {
        check("numeric(5,-3)", of("1234567", decimal("1235000")));
    }

    private static Decimal decimal(String text) {
        return Decimal.of(new BigDecimal(text));
    }

    @Test
    void random_numerics_are_as_the_server_writes_them() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        database.execute("CREATE TABLE t (id int PRIMARY KEY, v numeric)");
        RecordingListener listener = database.follow("t");
        StringBuilder insert = new StringBuilder("INSERT INTO t VALUES ");
        List<String> written = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            StringBuilder digits = new StringBuilder(random.nextBoolean() ? "-1" : "0");
            for (int j = random.nextInt(24); j > 0; j--) {
                digits.append(random.nextInt(3) == 0 ? random.nextInt(10) : 0);
            }
            if (random.nextInt(3) > 0) {
                digits.append('.');
                for (int j = random.nextInt(24); j >= 0; j--) {
                    digits.append(random.nextInt(3) == 0 ? random.nextInt(10) : 0);
                }
            }
            written.add(new BigDecimal(digits.toString()).toPlainString());
            insert.append(i == 0 ? "" : ",")
                    .append('(')
                    .append(i)
                    .append(",'")
                    .append(digits)
                    .append("')");
        }
        database.execute(insert.toString());
        listener.catchUp();
        List<String> received = listener.rows("t").stream()
                .map(row -> String.valueOf(row.get(1)))
                .toList();
        assertEquals(written, received, "seed " + seed);
    }

    @Test
    void text() {
        check(
                "text",
                of("''", ""),
                of("'zażółć 日本語 🌊'", "zażółć 日本語 🌊"),
                of("'  blanks  '", "  blanks  "),
                of("repeat('x', 100000)", "x".repeat(100_000)));
    }

    @Test
    void varchar() {
        check("varchar(5)", of("'ab  '", "ab  "), of("'äöü'", "äöü"));
    }

    @Test
    void character_without_trailing_blanks() {
        check("char(6)", of("'ab'", "ab"), of("''", ""), of("' a b '", " a b"));
    }

    @Test
    void bytea() {
        check("bytea", of("'\\x'", new Bytes(new byte[0])), of("'\\x00ff7f80'", new Bytes(new byte[] {0, -1, 127, -128
        })));
    }

    @Test
    void date() {
        check(
                "date",
                of("'1970-01-01'", 0),
                of("'2000-01-01'", (int) LocalDate.of(2000, 1, 1).toEpochDay()),
                of("'4713-01-01 BC'", (int) LocalDate.of(-4712, 1, 1).toEpochDay()),
                of("'5874897-12-31'", (int) LocalDate.of(5_874_897, 12, 31).toEpochDay()),
                of("'infinity'", Integer.MAX_VALUE),
                of("'-infinity'", Integer.MIN_VALUE));
    }

    @Test
    void timestamp() {
        check("timestamp", timestamps(""));
    }

    @Test
    void timestamptz() {
        check("timestamptz", timestamps("+00"));
    }

    private static Case[] timestamps(String zone) {
        return new Case[] {
            of("'1970-01-01 00:00:00" + zone + "'", 0L),
            of("'1969-12-31 23:59:59.999999" + zone + "'", -1L),
            of("'2026-11-20 12:34:56.789012" + zone + "'", micros("2026-11-20T12:34:56.789012Z")),
            of("'294246-12-31 23:59:59.999999" + zone + "'", micros("+294246-12-31T23:59:59.999999Z")),
            of("'4713-01-01 00:00:00" + zone + " BC'", micros("-4712-01-01T00:00:00Z")),
            of("'infinity'", Long.MAX_VALUE),
            of("'-infinity'", Long.MIN_VALUE)
        };
    }

    private static long micros(String instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(instant));
    }

    @Test
    void uuid() {
        check(
                "uuid",
                of("'00000000-0000-0000-0000-000000000000'", new UUID(0, 0)),
                of("'ffffffff-ffff-ffff-0123-456789abcdef'", UUID.fromString("ffffffff-ffff-ffff-0123-456789abcdef")));
    }

    @Test
    void time() {
        check("time", of("'00:00'", 0L), of("'04:05:06.789'", 14_706_789_000L), of("'24:00'", 86_400_000_000L));
    }

    @Test
    void timetz() {
        check(
                "timetz",
                of("'04:05:06.789+05:30'", new TimeTz(14_706_789_000L, 19_800)),
                of("'24:00-08'", new TimeTz(86_400_000_000L, -28_800)));
    }

    @Test
    void interval() {
        check(
                "interval",
                of("'1 year 2 mons -3 days 04:05:06.7'", new Interval(14, -3, 14_706_700_000L)),
                of("'-1 mon'", new Interval(-1, 0, 0)),
                of("'infinity'", Interval.INFINITY),
                of("'-infinity'", Interval.NEGATIVE_INFINITY));
    }

    @Test
    void json_as_it_was_written_and_jsonb_normalised() {
        check("json", of("' {\"b\": 1,\"b\":  [1.50]}'", " {\"b\": 1,\"b\":  [1.50]}"), of("'null'", "null"));
        database.execute("DROP TABLE t");
        check(
                "jsonb",
                of("' {\"b\": 1,\"b\":  [1.50], \"a\":\"é\"}'", Jsonb.parse("{\"a\": \"é\", \"b\": [1.50]}")),
                of("'null'", Jsonb.parse("null")));
    }

    @Test
    void oid() {
        check("oid", of("0", 0L), of("4294967295", 4_294_967_295L));
    }

    @Test
    void arrays() {
        check(
                "int4[]",
                of("'{}'", ArrayValue.owning(DataType.INT4, new @Nullable Object[0])),
                of("'{1,NULL,-3}'", ArrayValue.owning(DataType.INT4, new @Nullable Object[] {1, null, -3})));
        database.execute("DROP TABLE t");
        check("varchar(5)[]", of("'{\"a,b\",\"\"}'", ArrayValue.owning(DataType.TEXT, new @Nullable Object[] {"a,b", ""
        })));
        database.execute("DROP TABLE t");
        check("numeric(5,2)[]", of("'{1.5}'", ArrayValue.owning(DataType.NUMERIC, new @Nullable Object[] {
            decimal("1.50")
        })));
    }

    @Test
    void an_array_of_several_dimensions_fails_the_table_only() {
        database.execute("CREATE TABLE t (id int PRIMARY KEY, v int[])");
        RecordingListener listener = database.follow("t");

        database.execute("INSERT INTO t VALUES (1, '{{1},{2}}')");

        listener.catchUp();
        assertEquals(
                ErrorCode.UNSUPPORTED_TYPE, listener.failures.getFirst().cause().code());
    }

    @Test
    void a_timestamp_beyond_what_can_be_represented_fails_the_table_only() {
        database.execute("CREATE TABLE t (id int PRIMARY KEY, v timestamp); CREATE TABLE u (id int PRIMARY KEY)");
        RecordingListener listener = database.follow("t", "u");

        database.execute("INSERT INTO t VALUES (1, '294276-12-31'); INSERT INTO u VALUES (1)");

        listener.catchUp();
        assertEquals(
                ErrorCode.UNSUPPORTED_TYPE, listener.failures.getFirst().cause().code());
        assertEquals(List.of(Row.of(1)), listener.rows("u"));
        RecordingListener late = new RecordingListener(database.open());
        assertEquals(
                ErrorCode.UNSUPPORTED_TYPE,
                assertThrows(MillraceException.class, () -> late.follow("t")).code());
    }

    @Test
    void columns_of_other_types_are_null() {
        // Servers before 18 can only store what they generate.
        Object computed = database.queryOne(
                "SELECT CASE WHEN current_setting('server_version_num')::int < 180000 THEN 'STORED' ELSE 'VIRTUAL' END");
        database.execute("""
                CREATE TYPE pair AS (a int, b int);
                CREATE TABLE t (id int PRIMARY KEY, j xml, a char(2)[], m pair, p money, i int4range, v text,
                    s int GENERATED ALWAYS AS (id * 2) STORED, w int GENERATED ALWAYS AS (id * 3) %s)""".formatted(computed));
        String insert = "INSERT INTO t VALUES (%d, '<a/>', '{1,2}', '(1,2)', 5, '[1,2)', 'x')";
        database.execute(insert.formatted(1));
        RecordingListener listener = database.follow("t");
        database.execute(insert.formatted(2));
        listener.catchUp();

        Object[] values = new Object[9];
        values[0] = 1;
        values[6] = "x";
        Object[] second = Arrays.copyOf(values, 9);
        second[0] = 2;
        assertEquals(List.of(Row.of(values), Row.of(second)), listener.rows("t"));
        assertEquals(
                1,
                listener.changes("t").stream()
                        .filter(RowChange.Insert.class::isInstance)
                        .count());
    }
}
