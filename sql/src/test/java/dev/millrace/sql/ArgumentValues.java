package dev.millrace.sql;

import dev.millrace.dataflow.row.DataType;
import dev.millrace.sql.function.Overload;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Arguments at which functions change their minds: all combinations of a few values of each type, or some hundred of them. */
final class ArgumentValues {
    private static final int MAX_ROWS = 400;
    private static final List<DataType> OTHERS = List.of(DataType.BOOL, DataType.FLOAT8, DataType.JSONB);
    private static final String NULL = "NULL";

    private static final List<String> TEXTS = List.of(
            "",
            "a",
            "Straße 😀 é",
            "abcabc",
            " x ",
            "%s",
            "o'neil",
            "back\\slash",
            "ab,cd,,e",
            "Zürich zürich",
            ",",
            "é",
            "12",
            "HELLO wörld 2nd",
            "select");

    private ArgumentValues() {}

    /** The types of an overload's arguments: for any type text, then others; for any number some more. */
    static List<DataType> types(Overload overload) {
        List<DataType> types = new ArrayList<>();
        overload.parameters().forEach(type -> types.add(type.orElse(DataType.TEXT)));
        if (overload.variadic()) {
            overload.parameters().getLast().ifPresentOrElse(types::add, () -> types.addAll(OTHERS));
        }
        return types;
    }

    static String nameOf(DataType type) {
        return type.isArray() ? type.element().sqlName() + "[]" : type.sqlName();
    }

    /** The rows of an INSERT: a number, then the arguments. */
    static String rows(Overload overload, List<DataType> types) {
        List<List<String>> values = IntStream.range(0, types.size())
                .mapToObj(i -> of(overload, i, types.get(i)))
                .toList();
        long combinations = values.stream().mapToLong(List::size).reduce(1, Math::multiplyExact);
        Random random = new Random(overload.declared().hashCode());
        return IntStream.range(0, (int) Math.min(combinations, MAX_ROWS))
                .mapToObj(row -> {
                    long number = combinations <= MAX_ROWS ? row : random.nextLong(combinations);
                    StringBuilder text = new StringBuilder("(" + row);
                    for (List<String> choice : values) {
                        text.append(", ").append(choice.get((int) (number % choice.size())));
                        number /= choice.size();
                    }
                    return text.append(')').toString();
                })
                .collect(Collectors.joining(", "));
    }

    private static List<String> of(Overload overload, int argument, DataType type) {
        String suffix = type.isArray() ? "[]" : overload.name().equals("to_char") ? patterns(overload) : "";
        boolean hasWords = type != DataType.INTERVAL && type != DataType.FLOAT8;
        List<String> words = hasWords ? ArgumentWords.BY_PLACE.get(overload.name() + "." + argument + suffix) : null;
        List<String> values = new ArrayList<>(List.of(NULL));
        (words == null ? texts(type) : words).forEach(text -> values.add("'" + text.replace("'", "''") + "'"));
        return values;
    }

    private static String patterns(Overload overload) {
        return switch (overload.parameters().getFirst().orElseThrow()) {
            case TIMESTAMP, TIMESTAMPTZ -> "";
            case INTERVAL -> " interval";
            default -> " number";
        };
    }

    private static List<String> texts(DataType type) {
        return switch (type) {
            case BOOL -> List.of("true", "false");
            case INT2 -> List.of("0", "1", "-1", "7", "32767", "-32768");
            case INT4 -> List.of("0", "1", "-1", "2", "5", "13", "60", "2024", "2147483647", "-2147483648");
            case INT8 ->
                List.of("0", "1", "-1", "2", "6", "462", "-1071", "20", "9223372036854775807", "-9223372036854775808");
            case FLOAT4 -> List.of("0", "-0", "1", "-2.5", "3.4028235e38", "1e-45", "NaN", "Infinity", "-Infinity");
            case FLOAT8 ->
                List.of(
                        "0",
                        "-0",
                        "1",
                        "-1",
                        "0.5",
                        "-2.5",
                        "2.5",
                        "30",
                        "45",
                        "-60",
                        "90",
                        "120",
                        "210",
                        "330",
                        "0.1",
                        "100",
                        "1e-30",
                        "1e15",
                        "1.5e300",
                        "5e-324",
                        "NaN",
                        "Infinity",
                        "-Infinity");
            case NUMERIC ->
                List.of(
                        "0",
                        "0.00",
                        "1",
                        "-1.50",
                        "2.5",
                        "-0.5",
                        "0.5",
                        "7.100",
                        "100",
                        "9999.9999",
                        "1e-21",
                        "123456789012345678901234567890.123",
                        "0.95",
                        "1.05",
                        "3",
                        "NaN",
                        "Infinity",
                        "-Infinity");
            case TEXT, CHAR -> TEXTS;
            case BYTEA -> List.of("", "\\x00", "\\x00ff80", "\\x7f415c", "\\x0000", "\\x" + "61".repeat(57));
            case DATE ->
                List.of(
                        "1970-01-01",
                        "2024-02-29",
                        "2000-12-31",
                        "0044-03-15 BC",
                        "infinity",
                        "-infinity",
                        "1969-12-31",
                        "2021-01-03");
            case TIMESTAMP ->
                List.of(
                        "1970-01-01",
                        "2024-02-29 12:34:56.789012",
                        "1969-12-31 23:59:59.999999",
                        "infinity",
                        "-infinity",
                        "0044-03-15 01:02:03 BC",
                        "2001-01-01 00:00:00",
                        "2021-01-03 23:59:59.5",
                        "2000-12-31 12:00:00",
                        "1901-01-01 00:00:00.001",
                        "0001-01-01 00:00:00 BC");
            case TIMESTAMPTZ ->
                List.of(
                        "1970-01-01",
                        "2024-02-29 12:34:56.789012+05:30",
                        "1969-12-31 23:59:59.999999",
                        "infinity",
                        "-infinity",
                        "0044-03-15 01:02:03 BC",
                        "2024-03-31 01:30:00+00",
                        "2024-10-27 00:30:00+00");
            case UUID -> List.of("00000000-0000-0000-0000-000000000000", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11");
            case TIME -> List.of("00:00", "04:05:06.789", "24:00", "23:59:59.999999");
            case TIMETZ -> List.of("00:00+00", "04:05:06.789+05:30", "24:00-08", "23:59:59.999999+15:59:59");
            case INTERVAL ->
                List.of(
                        "0",
                        "1 mon",
                        "30 days",
                        "1 year 2 mons -3 days +04:05:06.789",
                        "-13 mons 3 days -04:05:06.000001",
                        "infinity",
                        "-infinity",
                        "720:00:00",
                        "2147483647 mons -2147483648 days",
                        "-00:00:00.5",
                        "1.5 days",
                        "-2562047:00:54.775807");
            case OID -> List.of("0", "1", "2147483648", "4294967295");
            case JSON ->
                List.of(
                        "null",
                        " {\"b\" : 1, \"a\":[1, {\"b\": 2.50}, null], \"b\":\"x\\u00e9\"} ",
                        "[]",
                        "{}",
                        "\"a\\nb\"",
                        "1.50",
                        "true",
                        "[{\"a\": 1}, \"z\", -1, null, [2]]",
                        "{\"0\": \"zero\", \"1\": null, \"a\": {\"1\": 7}}");
            case ENUM -> throw new IllegalArgumentException("no function takes just enums");
            case JSONB ->
                List.of(
                        "null",
                        "{\"b\" : 1, \"a\":[1, 2.50, null], \"bb\":\"xé\"}",
                        "{\"a\": [2.5]}",
                        "{\"b\": 1.0}",
                        "[]",
                        "{}",
                        "\"a\"",
                        "1",
                        "[1]",
                        "true",
                        "[{\"a\": 1}, \"a\", -1, null, [2, 1], 1]",
                        "[[1, 2]]",
                        "{\"0\": \"zero\", \"1\": null, \"a\": {\"1\": 7}}");
            case TEXT_ARRAY ->
                List.of(
                        "{}",
                        "{NULL}",
                        "{a}",
                        "{a,1}",
                        "{b,0}",
                        "{a,NULL,b}",
                        "{1}",
                        "{-1,a}",
                        "{-9}",
                        "{a,7}",
                        "{\"1 \"}",
                        "{\" +1\"}",
                        "{b,c,1,d}");
            default -> List.of("{}", "{NULL}", "{1}", "{3,NULL,1}", "{1,2,3,1}");
        };
    }
}
