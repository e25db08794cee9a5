package dev.millrace.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.LiveQuery;
import dev.millrace.Millrace;
import dev.millrace.Session;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import dev.millrace.message.Outcome;
import dev.millrace.message.Result;
import dev.millrace.testkit.PostgresServer;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Random statements over own tables do what they do in Postgres: the same counts, rows and errors, tables and live views after each. */
class StatementsOracleTest {
    private static final int SCRIPTS = Integer.getInteger("millrace.statements.scripts", 12);
    private static final int LENGTH = 80;
    private static final List<String> VIEWS = List.of(
            "SELECT * FROM t",
            "SELECT * FROM u",
            "SELECT b, count(*) AS c, sum(n) AS s, min(d) AS m FROM t GROUP BY b",
            "SELECT t.id, t.a, u.v FROM t JOIN u ON u.k = t.id",
            "SELECT id FROM t WHERE NOT EXISTS (SELECT 1 FROM u WHERE u.k = t.id)");

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

    /** What a statement did: an error's class, or its count and rows. */
    private record Did(@Nullable String error, long count, List<String> rows) {}

    @Test
    void statements_do_what_they_do_in_postgres() throws Exception {
        long seed = Long.getLong("millrace.seed", 1);
        System.out.println("StatementsOracleTest: seed " + seed + " (-Dmillrace.seed=" + seed + ")");
        Map<String, Integer> tally = new TreeMap<>();
        for (int script = 0; script < SCRIPTS; script++) {
            play(seed + script, tally);
        }
        System.out.println("StatementsOracleTest: " + tally);
        assertTrue(tally.getOrDefault("done", 0) > SCRIPTS * LENGTH / 4, "too few statements succeed: " + tally);
    }

    private static void play(long seed, Map<String, Integer> tally) throws SQLException {
        RandomStatements statements = new RandomStatements(seed);
        List<String> history = new ArrayList<>();
        try (Connection postgres = server.connect();
                Statement plain = postgres.createStatement();
                Millrace millrace = Millrace.inMemory();
                Session session = millrace.session()) {
            plain.execute("DROP TABLE IF EXISTS t, u");
            for (String table : RandomStatements.TABLES) {
                plain.execute(table);
                session.execute(table);
            }
            List<LiveQuery> views = VIEWS.stream().map(millrace::live).toList();
            boolean open = false;
            boolean failed = false;
            for (int i = 0; i < LENGTH; i++) {
                String statement = statements.next(failed);
                boolean begins = statement.equals("BEGIN");
                boolean ends = statement.equals("COMMIT") || statement.equals("ROLLBACK");
                if (begins == open && (begins || ends) && (begins || !open)) {
                    continue;
                }
                history.add(statement);
                String where = "script " + seed + ": " + String.join(";\n", history);
                Did there = inPostgres(plain, statement);
                Did here = here(session, statement);
                tally.merge(there.error == null ? "done" : there.error, 1, Integer::sum);
                assertEquals(there, here, where);
                open = begins || (open && !ends);
                failed = open && there.error != null;
                if (!open) {
                    for (int v = 0; v < views.size(); v++) {
                        assertEquals(
                                sorted(inPostgres(plain, VIEWS.get(v)).rows),
                                sorted(rows(views.get(v).current())),
                                VIEWS.get(v) + " after " + where);
                    }
                }
            }
        }
    }

    private static List<String> sorted(List<String> rows) {
        return rows.stream().sorted().toList();
    }

    private static Did here(Session session, String statement) {
        try {
            Outcome outcome = session.execute(statement);
            List<String> rows = outcome.rows().map(StatementsOracleTest::rows).orElse(List.of());
            return new Did(null, outcome.count(), ordered(statement) ? rows : sorted(rows));
        } catch (MillraceException e) {
            return new Did(errorClass(e.code()), 0, List.of());
        }
    }

    /** UPDATE and DELETE return rows in the order in which they lie on the disk. */
    private static boolean ordered(String statement) {
        return !statement.startsWith("UPDATE")
                && !statement.startsWith("DELETE")
                && !statement.contains("SELECT id, left");
    }

    private static String errorClass(ErrorCode code) {
        return switch (code) {
            case UNIQUE_VIOLATION -> "unique";
            case NOT_NULL_VIOLATION -> "not null";
            case DATA_ERROR -> "data";
            case INVALID_TRANSACTION_STATE -> "aborted";
            case UNKNOWN_SAVEPOINT -> "savepoint";
            case SYNTAX_ERROR, INVALID_QUERY, UNKNOWN_COLUMN, UNKNOWN_TABLE -> "invalid";
            default -> code.name();
        };
    }

    private static Did inPostgres(Statement postgres, String statement) {
        try {
            boolean gives = postgres.execute(statement);
            if (!gives) {
                return new Did(null, Math.max(0, postgres.getUpdateCount()), List.of());
            }
            List<String> rows = new ArrayList<>();
            try (ResultSet result = postgres.getResultSet()) {
                while (result.next()) {
                    List<String> values = new ArrayList<>();
                    for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                        values.add(text(result.getObject(i)));
                    }
                    rows.add(values.toString());
                }
            }
            return new Did(null, rows.size(), ordered(statement) ? rows : sorted(rows));
        } catch (SQLException e) {
            Map<String, String> known = new HashMap<>(Map.of(
                    "23505",
                    "unique",
                    "21000",
                    "unique",
                    "23502",
                    "not null",
                    "25P02",
                    "aborted",
                    "25P01",
                    "aborted",
                    "3B001",
                    "savepoint"));
            String state = e.getSQLState();
            return new Did(
                    known.getOrDefault(
                            state, state.startsWith("22") ? "data" : state.startsWith("42") ? "invalid" : state),
                    0,
                    List.of());
        }
    }

    private static List<String> rows(Result result) {
        return result.rows().stream()
                .map(row -> IntStream.range(0, result.schema().columns().size())
                        .mapToObj(column -> text(row.get(column)))
                        .toList()
                        .toString())
                .toList();
    }

    private static String text(@Nullable Object value) {
        return value instanceof BigDecimal number ? number.toPlainString() : String.valueOf(value);
    }
}
