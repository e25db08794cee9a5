package dev.millrace.sql.function;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import dev.millrace.sql.oracle.Oracle;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts at the ends of what dates and timestamps can be, with Postgres as the judge. */
class TimeTextTest {
    private static final String ERROR = "a data error";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "5874897-12-31",
                "5874898-06-02",
                "5874898-06-03",
                "99999999-01-01",
                "999999999-12-31",
                "9999999999-01-01",
                "99999999999999999999-01-01",
                "4714-11-24 BC",
                "4714-11-23 BC",
                "9999-01-01 BC",
                "294246-12-31 23:59:59.999999",
                "294277-01-01",
                "300000-01-01",
                "0000-01-01",
                "0001-01-01 BC",
                "0001-01-01",
                "2024-01-01 24:00",
                "2024-01-01 24:00:01",
                "2024-01-01 25:00",
                "2024-01-01 24:00:00.5",
                "2024-01-01 23:59:60",
                "2024-01-01 23:59:60.5",
                "2024-01-01 12:30:60.5",
                "2024-01-01 12:60:00",
                "2024-01-01 23:59:61",
                "2024-01-01 23:59:59.9999999",
                "2024-01-01 23:59:59.0000005",
                "2024-01-01 12:00+15:59",
                "2024-01-01 12:00-15:59",
                "2024-01-01 12:00+16",
                "2024-01-01 12:00+19",
                "2024-01-01 12:00-19:30",
                "2024-01-01 12:00+05:60",
                "2024-01-01 12:00+0530",
                "2024-01-01 12:00+053",
                "2024-01-01 12:00-5:30",
                "2024-01-01 12:00Z",
                "4714-11-24 00:00+01 BC",
                "4714-11-24 00:00-01 BC"
            })
    void a_date_or_timestamp_is_read_as_postgres_does(String text) throws SQLException {
        assertEquals(
                postgres("('%s'::date - date '1970-01-01')::text".formatted(text)),
                here(() -> TimeText.parseDate(text)),
                "date");
        assertEquals(
                postgres("(extract(epoch FROM '%s'::timestamp) * 1000000)::int8::text".formatted(text)),
                here(() -> TimeText.parseTimestamp(text, false)),
                "timestamp");
        assertEquals(
                postgres("(extract(epoch FROM '%s'::timestamptz) * 1000000)::int8::text".formatted(text)),
                here(() -> TimeText.parseTimestamp(text, true)),
                "timestamptz");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0001-01-01 00:00:00",
                "0001-12-31 23:59:59.9 BC",
                "0987-06-05 04:03:02.000001",
                "1969-12-31 23:59:59.999999",
                "1970-01-01 00:00:00.1",
                "2024-02-29 12:30:00.120",
                "2024-02-29 01:02:03.102030",
                "9999-12-31 23:59:59.999999",
                "10000-01-01 00:00:00.5"
            })
    void a_timestamp_is_written_as_postgres_does(String text) throws SQLException {
        String expected = postgres("'%s'::timestamp::text".formatted(text));
        long micros = TimeText.parseTimestamp(text, false);
        assertEquals(expected, TimeText.formatTimestamp(micros, false));
        String zoned = expected.endsWith(" BC") ? expected.replace(" BC", "+00 BC") : expected + "+00";
        assertEquals(zoned, TimeText.formatTimestamp(micros, true));
    }

    private static String postgres(String expression) throws SQLException {
        try {
            return String.valueOf(
                    Oracle.get().texts("SELECT " + expression).getFirst().getFirst());
        } catch (SQLException e) {
            if (e.getSQLState().startsWith("22")) {
                return ERROR;
            }
            throw e;
        }
    }

    private static String here(Callable<Object> parse) {
        try {
            return String.valueOf(parse.call());
        } catch (MillraceException e) {
            assertEquals(ErrorCode.DATA_ERROR, e.code());
            return ERROR;
        } catch (Exception e) {
            return e.toString();
        }
    }
}
