package dev.millrace.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.dataflow.row.Row;
import dev.millrace.dataflow.zset.ZSet;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import dev.millrace.sql.catalog.Catalog;
import dev.millrace.sql.function.SessionZone;
import dev.millrace.sql.oracle.Answer;
import dev.millrace.sql.oracle.Oracle;
import dev.millrace.sql.oracle.Tables;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Times with time zone where clocks are put forward and back, in zones that do so and in one that has always been half an hour off, held against Postgres. */
class TimeZoneConformanceTest {
    private static final List<String> ZONES = List.of("Europe/Zurich", "America/New_York", "Asia/Kolkata", "UTC");
    private static final List<String> EXPRESSIONS = List.of(
            "at::text",
            "at || '!'",
            "concat(at, '.')",
            "at::date",
            "at::timestamp",
            "at::time",
            "at::timetz",
            "local::timestamptz",
            "local::date::timestamptz",
            "written::timestamptz",
            "date_trunc('hour', at)",
            "date_trunc('day', at)",
            "date_trunc('week', at)",
            "date_trunc('month', at)",
            "date_trunc('minute', at)",
            "extract(hour FROM at)",
            "extract(epoch FROM at)",
            "extract(dow FROM at)",
            "extract(timezone FROM at)",
            "extract(timezone_hour FROM at)",
            "extract(timezone_minute FROM at)",
            "date_part('day', at)",
            "to_char(at, 'YYYY-MM-DD HH24:MI:SS Day')",
            "at AT TIME ZONE 'Asia/Tokyo'",
            "local AT TIME ZONE 'Asia/Tokyo'",
            "at + interval '1 day'",
            "at - interval '1 day'",
            "at + interval '24 hours'",
            "age(at, '2024-01-31 12:00')",
            "date_add(at, interval '1 day')",
            "interval '1 month 1 day 1 hour' + at",
            "at - interval '1 month -3 days'",
            "at - at",
            "at > local",
            "at = local::date",
            "at < timestamptz '2024-03-31 02:30'",
            "timestamptz '2024-10-27 02:30'",
            "timestamptz '2024-06-01 12:00+00'",
            "make_timestamptz(2024, 3, 31, 2, 30, 0.5)",
            "to_timestamp(1711850400.5)",
            "isfinite(at)",
            "coalesce(at, local)",
            "greatest(at, local::timestamptz)",
            "at = ANY (ARRAY[at, local::timestamptz])");

    private static Tables tables = new Tables();

    @BeforeAll
    static void create_tables() throws SQLException {
        Oracle.get()
                .execute("CREATE TABLE moment (id int4 PRIMARY KEY, at timestamptz, local timestamp, written text)");
        Oracle.get().execute("""
                INSERT INTO moment
                SELECT row_number() OVER (), at, at AT TIME ZONE 'UTC', w FROM (
                SELECT at, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI') AS w FROM generate_series(timestamptz '2024-03-30 22:00+00', '2024-03-31 03:00+00', '30 minutes') at
                UNION ALL SELECT at, (at AT TIME ZONE 'UTC')::text FROM generate_series(timestamptz '2024-10-26 22:00+00', '2024-10-27 03:00+00', '30 minutes') at
                UNION ALL SELECT at, (at AT TIME ZONE 'UTC')::text || '+05' FROM generate_series(timestamptz '2024-03-10 05:30+00', '2024-03-10 08:00+00', '30 minutes') at
                UNION ALL SELECT at, '2024-11-03' FROM generate_series(timestamptz '2024-11-03 04:30+00', '2024-11-03 08:00+00', '30 minutes') at
                UNION ALL VALUES (timestamptz 'infinity', 'infinity'), ('-infinity', '-infinity'), ('1890-01-01 12:00:00.25+00', '1890-01-01 12:00'), ('0044-03-15 12:00+00 BC', '0044-03-15 12:00 BC'), (NULL, NULL)) moments""");
        tables = Tables.copyOf(List.of("moment"));
    }

    static Stream<Arguments> cases() {
        return ZONES.stream().flatMap(zone -> EXPRESSIONS.stream().map(expression -> Arguments.of(zone, expression)));
    }

    @AfterEach
    void back_to_utc() throws SQLException {
        Oracle.get().execute("SET TIME ZONE 'UTC'");
    }

    private static Catalog in(String zone) {
        return tables.catalog().in(SessionZone.named(zone));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("cases")
    void an_expression_equals_postgres(String zone, String expression) throws SQLException {
        boolean infinite = !expression.matches(".*(at - at|::timetz|timezone.*FROM).*");
        String sql = "SELECT id, %s AS v FROM moment%s".formatted(expression, infinite ? "" : " WHERE isfinite(at)");
        Oracle.get().execute("SET TIME ZONE '" + zone + "'");
        Answer expected = Answer.to(sql);
        List<Row> rows = tables.run(SqlCompiler.compile(sql, in(zone)));
        ZSet difference = new ZSet();
        expected.rows().forEach(row -> difference.append(row, 1));
        rows.forEach(row -> difference.append(row, -1));
        assertTrue(difference.consolidate().isEmpty(), () -> "missing (+) or superfluous (-): " + difference);
    }

    @Test
    void what_has_no_meaning_in_a_zone_yet_is_refused() {
        for (String expression : List.of(
                "ARRAY[at]::text",
                "json_agg(at)",
                "to_json(at)",
                "written::timetz",
                "local::time::timetz",
                "at::varchar(4)")) {
            MillraceException refused = assertThrows(
                    MillraceException.class,
                    () -> SqlCompiler.compile("SELECT " + expression + " FROM moment", in("Europe/Zurich")));
            assertEquals(ErrorCode.UNSUPPORTED_SQL, refused.code());
            assertTrue(refused.detail().contains("in the time zone Europe/Zurich"), refused.detail());
        }
    }

    @Test
    void queries_of_different_zones_are_different_plans() {
        String sql = "SELECT at::date AS day, count(*) FROM moment GROUP BY at::date";
        assertTrue(!SqlCompiler.compile(sql, in("UTC"))
                .plan()
                .equals(SqlCompiler.compile(sql, in("Europe/Zurich")).plan()));
        assertEquals(
                SqlCompiler.compile(sql, in("Europe/Zurich")).plan(),
                SqlCompiler.compile(sql, in("Europe/Zurich")).plan());
    }
}
