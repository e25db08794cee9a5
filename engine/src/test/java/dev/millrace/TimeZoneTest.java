package dev.millrace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A session's time zone, and the database's. */
class TimeZoneTest {
    private static final String DAYS = "SELECT at::date::text FROM t";

    private static @Nullable Object only(Session session, String sql) {
        return session.execute(sql).rows().orElseThrow().rows().getFirst().get(0);
    }

    @Test
    void a_session_has_a_time_zone() {
        try (Millrace db = Millrace.inMemory();
                Session session = db.session()) {
            db.execute("CREATE TABLE t (id int PRIMARY KEY, at timestamptz)");
            db.execute("CREATE VIEW days AS " + DAYS.replace("::text", "::text AS day"));
            assertEquals("UTC", only(session, "SHOW timezone"));
            session.execute("SET TIME ZONE 'America/New_York'");
            assertEquals("America/New_York", only(session, "SHOW TIME ZONE"));
            session.execute("INSERT INTO t VALUES (1, '2024-03-09 20:00')");
            assertEquals(
                    Instant.parse("2024-03-10T01:00:00Z"),
                    db.query("SELECT at FROM t").rows().getFirst().get(0));
            assertEquals("2024-03-09", only(session, DAYS));
            assertEquals("2024-03-09", only(session, "SELECT day FROM days"));
            assertEquals("2024-03-10", db.query(DAYS).rows().getFirst().get(0));
            try (LiveQuery live = session.live(DAYS)) {
                session.execute("SET timezone TO 'Asia/Tokyo'");
                assertEquals("2024-03-10", only(session, DAYS));
                db.execute("CREATE OR REPLACE VIEW days AS SELECT 'none' AS day");
                assertEquals("2024-03-09", live.current().rows().getFirst().get(0));
            }
            session.execute("RESET timezone");
            assertEquals("UTC", only(session, "SHOW timezone"));
            assertEquals(
                    "time zone \"nowhere\" not recognized",
                    assertThrows(MillraceException.class, () -> session.execute("SET TIME ZONE 'nowhere'"))
                            .detail());
        }
    }

    @Test
    void a_database_has_a_time_zone() {
        try (Millrace db = Millrace.inMemory(Clock.system(ZoneId.of("Europe/Zurich")))) {
            db.execute("CREATE TABLE t (id int PRIMARY KEY, at timestamptz)");
            db.execute("CREATE MATERIALIZED VIEW kept AS SELECT at::date::text AS day FROM t");
            db.execute("INSERT INTO t VALUES (1, $1)", "2024-03-30 23:30+00");
            assertEquals("2024-03-31", db.query(DAYS).rows().getFirst().get(0));
            assertEquals(
                    "2024-03-31",
                    db.query("SELECT day FROM kept").rows().getFirst().get(0));
            assertEquals("Europe/Zurich", only(db.session(), "SHOW timezone"));
            db.transaction(tx -> assertEquals(
                    "2024-03-31 00:30:00+01",
                    tx.query("SELECT at::text FROM t").rows().getFirst().get(0)));
            assertEquals(
                    ErrorCode.INVALID_TRANSACTION_STATE,
                    assertThrows(MillraceException.class, () -> db.execute("SET TIME ZONE 'UTC'"))
                            .code());
        }
    }
}
