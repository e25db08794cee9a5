package dev.millrace.dataflow.row;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.error.MillraceException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonbTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "{\"bb\":1,\"a\":2,\"bb\":3} ~ {\"a\": 2, \"bb\": 3}",
                "{\"é\":1,\"zz\":2,\"b\":3} ~ {\"b\": 3, \"zz\": 2, \"é\": 1}",
                "[1.50,1e2,-0,0.10e-1] ~ [1.50, 100, 0, 0.010]",
                "\"\\u00e9\\/\\u0001\\u007f\" ~ \"é/\\u0001\u007f\"",
                "\"\\ud83d\\ude00\" ~ \"\uD83D\uDE00\"",
                "[ ] ~ []",
                "{ } ~ {}"
            })
    void text_is_normalised_as_postgres_does(String source, String text) {
        assertEquals(text, Jsonb.parse(source).toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "01",
                "1.",
                ".5",
                "+1",
                "1e",
                "-",
                "1 2",
                "tru",
                "nullx",
                "[1,]",
                "{\"a\"}",
                "{a:1}",
                "\"a",
                "\"\n\"",
                "\"\\x\"",
                "\"\\u12\"",
                "[",
                "}",
                "'a'",
                "NaN",
                "\"\\ud83d\"",
                "\"\\u0000\"",
                "1e200000",
                "1e-20000",
                "1e99999999999"
            })
    void what_is_no_jsonb_is_a_data_error(String text) {
        assertThrows(MillraceException.class, () -> Jsonb.parse(text));
    }

    @Test
    void json_is_kept_as_it_is_and_need_only_be_json() {
        String text = " {\"a\" : \"\\ud83d\\u0000\", \"a\":1e999999}";
        assertEquals(text, Jsonb.requireJson(text));
        assertThrows(MillraceException.class, () -> Jsonb.requireJson("{\"a\" 1}"));
    }

    @Test
    void nesting_is_bounded() {
        Jsonb.parse("[".repeat(1000) + "]".repeat(1000));
        assertThrows(MillraceException.class, () -> Jsonb.parse("[".repeat(100_000)));
    }

    /** As Postgres sorts them, among which an empty array that is the whole document is least of all. */
    @Test
    void order_is_that_of_postgres() {
        List<String> ascending = List.of(
                "[]",
                "null",
                "\"\"",
                "\"a\"",
                "\"aa\"",
                "\"b\"",
                "-1",
                "0",
                "1.5",
                "false",
                "true",
                "[null]",
                "[\"z\"]",
                "[0]",
                "[[]]",
                "[[1]]",
                "[{}]",
                "[1, 0]",
                "{}",
                "{\"a\": 1}",
                "{\"a\": 2}",
                "{\"aa\": 0}",
                "{\"b\": 0}",
                "{\"a\": 0, \"b\": 0}");
        for (int i = 0; i < ascending.size(); i++) {
            for (int j = 0; j < ascending.size(); j++) {
                int order = Jsonb.parse(ascending.get(i)).compareTo(Jsonb.parse(ascending.get(j)));
                assertEquals(
                        Integer.compare(i, j), Integer.signum(order), ascending.get(i) + " and " + ascending.get(j));
            }
        }
    }
}
