package dev.millrace.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.LiveQuery;
import dev.millrace.Millrace;
import dev.millrace.Session;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import dev.millrace.message.Result;
import dev.millrace.testkit.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Queries over {@code now()} are at each time what Postgres answers then. */
class ClockTest {
    private static final List<String> CONDITIONS = List.of(
            "at > now() - interval '1 hour'",
            "now() - interval '90 minutes' <= at AND v > 0",
            "at < now()",
            "at >= current_timestamp",
            "at BETWEEN now() - interval '2 days' AND now() - interval '3 hours'",
            "at + ttl > now()",
            "at + ttl > now() AND v = 1",
            "now() - at > ttl",
            "now() - at <= interval '1 day 1 hour'",
            "at - now() < interval '40 minutes'",
            "now() - ttl >= at",
            "at > now() - interval '1 month'",
            "at <= now() - interval '1 month 2 days 03:00'",
            "at > date_trunc('day', now())",
            "at >= date_trunc('day', now())",
            "at < date_trunc('week', now()) - interval '1 day'",
            "at > date_trunc('month', now()) - interval '1 month'",
            "date_trunc('hour', now()) = date_trunc('hour', at)",
            "local > localtimestamp - interval '6 hours'",
            "local >= now()",
            "day = current_date",
            "day <> current_date",
            "day > current_date - 7",
            "day BETWEEN current_date - 1 AND current_date + 1",
            "current_date - day > 2",
            "day - current_date <= 3",
            "day + interval '1 day' < now()",
            "at::date = now()::date",
            "extract(epoch FROM now() - at) > 3600",
            "extract(epoch FROM now() - at) <= v * 1000.5",
            "extract(year FROM age(at)) = 0 AND age(day) < interval '2 days'",
            "extract(hour FROM now()) = extract(hour FROM at)",
            "extract(dow FROM current_date) = v",
            "to_char(current_date, 'DD') = to_char(at, 'DD')",
            "(now() AT TIME ZONE 'Europe/Zurich')::date = (at AT TIME ZONE 'Europe/Zurich')::date",
            "now() > timestamptz '2024-03-30 01:00+00'",
            "NOT (at > now() - interval '1 hour' OR day = current_date)",
            "(at > now()) IS NULL",
            "now() = at",
            "at > now() - interval '1 hour' AND at <= now()");

    private static final List<String> QUERIES = List.of(
            "SELECT id, CASE WHEN at < now() THEN 'late' WHEN at < now() + interval '1 hour' THEN 'soon' END AS s FROM events",
            "SELECT v, count(*) FILTER (WHERE at > now() - interval '1 hour') AS n, count(*) AS c FROM events GROUP BY v",
            "SELECT v, max(at) < now() - interval '1 day' AS stale FROM events GROUP BY v",
            "SELECT v, count(*) AS n FROM events GROUP BY v HAVING max(at) > now() - interval '1 day'",
            "SELECT id, current_date - day AS days FROM events",
            "SELECT id, date_trunc('minute', now()) - date_trunc('minute', at) AS age FROM events WHERE v = 2",
            "SELECT a.id, b.id AS other FROM events a JOIN events b ON a.v = b.v AND a.at + b.ttl > now()",
            "SELECT a.id FROM events a LEFT JOIN events b ON a.v = b.id AND b.at > now() WHERE b.id IS NULL",
            "SELECT id FROM events e WHERE EXISTS (SELECT 1 FROM events o WHERE o.v = e.id AND o.at < now())",
            "SELECT id FROM events WHERE at > now() ORDER BY at, id LIMIT 3",
            "SELECT current_date AS d",
            "SELECT id, date_trunc('hour', now(), 'Asia/Kolkata') = date_trunc('hour', at, 'Asia/Kolkata') AS same FROM events",
            "SELECT v, row_number() OVER (PARTITION BY v ORDER BY id) AS n FROM events WHERE at < now()",
            "SELECT id FROM recent WHERE v < 2",
            "WITH RECURSIVE r(id) AS (SELECT id FROM events WHERE at > now() UNION SELECT e.v FROM r JOIN events e ON e.id = r.id) SELECT id FROM r");

    @SuppressWarnings("NullAway.Init")
    private static PostgresServer server;

    @BeforeAll
    static void start() {
        server = PostgresServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static final class SetTime extends Clock {
        private final ZoneId zone;
        private volatile Instant now = Instant.parse("2024-03-28T20:00:00Z");

        SetTime() {
            this(ZoneOffset.UTC);
        }

        SetTime(ZoneId zone) {
            this.zone = zone;
        }

        @Override
        public ZoneId getZone() {
            return zone;
        }

        @Override
        public Clock withZone(ZoneId other) {
            return Clock.fixed(now, other);
        }

        @Override
        public Instant instant() {
            return now;
        }

        void pass(Duration time) {
            now = now.plus(time);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTC", "Europe/Zurich"})
    void queries_are_at_each_time_what_postgres_answers(String zone) throws Exception {
        long seed = Long.getLong("millrace.seed", 1);
        System.out.println("ClockTest: seed " + seed + " (-Dmillrace.seed=" + seed + ")");
        Random random = new Random(seed);
        SetTime time = new SetTime(ZoneId.of(zone));
        Set<String> refused = new TreeSet<>();
        try (Connection postgres = server.connect();
                Statement there = postgres.createStatement();
                Millrace here = Millrace.inMemory(time)) {
            there.execute("SET timezone = '" + zone + "'");
            String table =
                    "CREATE TABLE events (id int PRIMARY KEY, at timestamptz, local timestamp, day date, ttl interval, v int)";
            there.execute(table);
            here.execute(table);
            here.execute("CREATE VIEW recent AS SELECT * FROM events WHERE at > now() - interval '5 hours'");
            Map<String, LiveQuery> live = new LinkedHashMap<>();
            for (int step = 0; step < 60; step++) {
                String change = change(random, time.now);
                there.execute(change);
                here.execute(change);
                pass(random, time);
                if (step % 20 == 0) {
                    all().stream()
                            .limit(step == 0 ? all().size() / 2 : all().size())
                            .filter(query -> !refused.contains(query) && !live.containsKey(query))
                            .forEach(query -> live(here, query)
                                    .ifPresentOrElse(found -> live.put(query, found), () -> refused.add(query)));
                }
                for (Map.Entry<String, LiveQuery> query : live.entrySet()) {
                    List<String> expected = inPostgres(there, query.getKey(), time.now);
                    String where = query.getKey() + " at " + time.now + " after " + step + " steps of seed " + seed;
                    assertEquals(expected, rows(query.getValue().current()), where);
                    if (step % 7 == 0) {
                        assertEquals(expected, rows(here.query(query.getKey())), "once: " + where);
                    }
                }
            }
            // Clocks that are put back show a time twice, so what they show does not only grow.
            assertEquals(
                    zone.equals("UTC")
                            ? Set.of()
                            : Set.of("SELECT id FROM events WHERE local > localtimestamp - interval '6 hours'"),
                    refused);
            live.values().forEach(LiveQuery::close);
            assertEquals(0, here.operatorCount());
            there.execute("DROP TABLE events");
        }
    }

    private static Optional<LiveQuery> live(Millrace here, String query) {
        try {
            return Optional.of(here.live(query));
        } catch (MillraceException e) {
            assertEquals(ErrorCode.UNSUPPORTED_SQL, e.code(), e.toString());
            return Optional.empty();
        }
    }

    private static List<String> all() {
        List<String> all = new ArrayList<>(QUERIES);
        CONDITIONS.forEach(condition -> all.add("SELECT id FROM events WHERE " + condition));
        return all;
    }

    private static String change(Random random, Instant now) {
        int id = random.nextInt(25);
        if (random.nextInt(4) == 0) {
            return "DELETE FROM events WHERE id = " + id;
        }
        Instant at = now.plusSeconds((random.nextInt(4000) - 2800) * 60L);
        String moment = random.nextInt(12) == 0 ? "NULL" : "'" + at + "'";
        String local = "'" + at.toString().replace("T", " ").replace("Z", "") + "'";
        List<String> lives = List.of("1 hour", "-2 hours", "1 day", "-1 month", "3 days 04:00", "infinity");
        String ttl = random.nextInt(8) == 0 ? "NULL" : "'" + lives.get(random.nextInt(lives.size() - 1)) + "'";
        return "INSERT INTO events VALUES (%d, %s, %s, '%s', %s, %d) ON CONFLICT (id) DO UPDATE SET at = excluded.at, local = excluded.local, day = excluded.day, ttl = excluded.ttl, v = excluded.v"
                .formatted(id, moment, local, at.toString().substring(0, 10), ttl, random.nextInt(4));
    }

    private static void pass(Random random, SetTime time) {
        time.pass(
                switch (random.nextInt(5)) {
                    case 0 -> Duration.ZERO;
                    case 1 -> Duration.ofSeconds(random.nextInt(100));
                    case 2 -> Duration.ofMinutes(random.nextInt(300));
                    case 3 -> Duration.ofHours(random.nextInt(30));
                    // The times are whole minutes, so now and then it is just one of them.
                    default -> Duration.ofMinutes(random.nextInt(60)).plusSeconds(60 - time.now.getEpochSecond() % 60);
                });
    }

    private static List<String> inPostgres(Statement postgres, String query, Instant now) throws SQLException {
        String clock = "timestamptz '" + now + "'";
        String text = query.replace("recent", "(SELECT * FROM events WHERE at > now() - interval '5 hours') AS recent")
                .replace("now()", clock)
                .replace("current_timestamp", clock)
                .replace("localtimestamp", "(" + clock + ")::timestamp")
                .replace("current_date", "(" + clock + ")::date")
                .replace("age(", "age((" + clock + ")::date, ");
        List<String> rows = new ArrayList<>();
        try (ResultSet result = postgres.executeQuery("SELECT r::text FROM (" + text + ") AS r")) {
            while (result.next()) {
                rows.add(result.getString(1));
            }
        }
        rows.sort(null);
        return rows;
    }

    private static List<String> rows(Result result) {
        return result.rows().stream()
                .map(row -> {
                    List<String> values = new ArrayList<>();
                    row.toMap().values().forEach(value -> values.add(value == null ? "" : text(value)));
                    return "(" + String.join(",", values) + ")";
                })
                .sorted()
                .toList();
    }

    private static String text(Object value) {
        return switch (value) {
            case Boolean known -> known ? "t" : "f";
            case Instant at -> "\"" + at.toString().replace("T", " ").replace("Z", "+00") + "\"";
            default -> {
                String text = value.toString();
                yield text.contains(" ") ? "\"" + text + "\"" : text;
            }
        };
    }

    @Test
    void parameters_share_a_circuit_that_keeps_time() {
        SetTime time = new SetTime();
        try (Millrace db = Millrace.inMemory(time)) {
            db.execute("CREATE TABLE events (id int PRIMARY KEY, v int, at timestamptz)");
            db.execute(
                    "INSERT INTO events SELECT i, i % 3, now() + i * interval '1 minute' FROM generate_series(1, 9) AS g(i)");
            String query = "SELECT id FROM events WHERE v = $1 AND at > now() + $2::interval ORDER BY id";
            try (LiveQuery first = db.live(query, 0, "0 minutes");
                    LiveQuery second = db.live(query, 1, "2 minutes")) {
                int operators = db.operatorCount();
                try (LiveQuery third = db.live(query, 1, "0 minutes")) {
                    assertEquals(operators, db.operatorCount(), "a binding of its own has operators");
                    assertEquals("[(3), (6), (9)]", rows(first.current()).toString());
                    assertEquals("[(4), (7)]", rows(second.current()).toString());
                    assertEquals("[(1), (4), (7)]", rows(third.current()).toString());
                    time.pass(Duration.ofMinutes(4));
                    assertEquals("[(6), (9)]", rows(first.current()).toString());
                    assertEquals("[(7)]", rows(second.current()).toString());
                    assertEquals("[(7)]", rows(third.current()).toString());
                }
            }
        }
    }

    @Test
    void subscribers_are_told_what_time_does() throws Exception {
        SetTime time = new SetTime();
        try (Millrace db = Millrace.inMemory(time)) {
            db.execute("CREATE TABLE events (id int PRIMARY KEY, at timestamptz DEFAULT now())");
            db.execute("INSERT INTO events (id) VALUES (1), (2)");
            BlockingQueue<String> told = new LinkedBlockingQueue<>();
            try (LiveQuery recent = db.live("SELECT id FROM events WHERE at > now() - interval '1 hour'")) {
                recent.subscribe(changes -> changes.changes().forEach(change -> told.add(change.toString())));
                assertTrue(String.valueOf(told.poll(30, TimeUnit.SECONDS)).contains("1"));
                assertTrue(String.valueOf(told.poll(30, TimeUnit.SECONDS)).contains("2"));
                time.pass(Duration.ofMinutes(59));
                db.execute("INSERT INTO events (id) VALUES (3)");
                String inserted = told.poll(30, TimeUnit.SECONDS);
                assertTrue(String.valueOf(inserted).contains("3"), inserted);
                time.pass(Duration.ofMinutes(1));
                // Nobody asks: the engine's own timer sees that the time has come.
                List<String> gone = new ArrayList<>();
                gone.add(told.poll(30, TimeUnit.SECONDS));
                gone.add(told.poll(30, TimeUnit.SECONDS));
                assertTrue(
                        gone.stream().allMatch(change -> String.valueOf(change).contains("Delete")), gone::toString);
                assertEquals("[(3)]", rows(recent.current()).toString());
            }
        }
    }

    @Test
    void a_materialized_view_that_keeps_time_is_shared() {
        SetTime time = new SetTime();
        try (Millrace db = Millrace.inMemory(time)) {
            db.execute("CREATE TABLE events (id int PRIMARY KEY, v int, at timestamptz DEFAULT now())");
            db.execute(
                    "CREATE MATERIALIZED VIEW recent AS SELECT id, v, at FROM events WHERE at > now() - interval '1 hour'");
            db.execute("INSERT INTO events VALUES (1, 1), (2, 0)");
            int operators = db.operatorCount();
            try (LiveQuery query = db.live("SELECT id FROM recent WHERE v > 0")) {
                assertEquals(operators + 1, db.operatorCount(), "more than the query's own condition runs");
                assertEquals("[(1)]", rows(query.current()).toString());
                time.pass(Duration.ofHours(1));
                assertEquals("[]", rows(query.current()).toString());
            }
        }
    }

    @Test
    void time_stands_still_in_a_transaction() {
        SetTime time = new SetTime();
        try (Millrace db = Millrace.inMemory(time);
                Session session = db.session()) {
            session.execute(
                    "CREATE TABLE log (id int PRIMARY KEY, at timestamptz DEFAULT now(), day date DEFAULT current_date)");
            session.execute("BEGIN");
            session.execute("INSERT INTO log (id) VALUES (1)");
            time.pass(Duration.ofDays(1));
            session.execute("INSERT INTO log VALUES (2, now())");
            session.execute("INSERT INTO log SELECT 3, now(), now()::date");
            String same =
                    "SELECT count(DISTINCT at) AS n, count(DISTINCT day) AS d, bool_and(at = now()) AS same FROM log";
            assertEquals(
                    "[(1,1,t)]",
                    rows(session.execute(same).rows().orElseThrow()).toString());
            session.execute("COMMIT");
            assertEquals(
                    "[(1,1,f)]",
                    rows(session.execute(same).rows().orElseThrow()).toString());
            session.execute("UPDATE log SET at = now() WHERE id = 1");
            session.execute("DELETE FROM log WHERE at < now() - interval '1 hour'");
            assertEquals(
                    "[(1)]",
                    rows(db.query("SELECT id FROM log WHERE at = now()")).toString());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT now()",
                "SELECT id, now() - at FROM events",
                "SELECT a.id FROM events a LEFT JOIN events b ON a.id = b.id AND a.at > now() - b.ttl",
                "SELECT id FROM events WHERE extract(second FROM now()) > 3",
                "SELECT clock_timestamp() FROM events"
            })
    void what_changes_all_the_time_is_refused(String query) {
        try (Millrace db = Millrace.inMemory()) {
            db.execute("CREATE TABLE events (id int PRIMARY KEY, at timestamptz, ttl interval)");
            MillraceException refused = assertThrows(MillraceException.class, () -> db.live(query));
            assertTrue(
                    List.of(ErrorCode.UNSUPPORTED_SQL, ErrorCode.INVALID_QUERY).contains(refused.code()),
                    refused.toString());
        }
    }
}
