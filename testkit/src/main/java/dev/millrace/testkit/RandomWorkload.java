package dev.millrace.testkit;

import dev.millrace.testkit.Workload.Outcome;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.List;
import java.util.Random;

/**
 * Random transactions over three tables made to be joined: {@code r}, {@code s} and {@code t} share small domains of values with NULLs among
 * them, so that joins match, groups empty and refill, and rows change their key. Some transactions undo a part of themselves by a
 * savepoint, some are rolled back. {@code t} has no key of its own (its replica identity is the whole row) and may hold equal rows.
 */
public final class RandomWorkload implements Workload.Transactions {
    private static final String TABLES = """
            CREATE TABLE r (id integer PRIMARY KEY, a integer, b text, n numeric, f float8);
            CREATE TABLE s (id bigint, part smallint, r_id integer, c boolean, m numeric(12,2), at timestamptz, PRIMARY KEY (id, part));
            CREATE TABLE t (a integer, b text, d date, u uuid);
            ALTER TABLE t REPLICA IDENTITY FULL;
            """;

    private static final int KEYS = 60;
    private static final List<String> TEXTS =
            List.of("'red'", "'green'", "'blue'", "''", "'Blue '", "'grün'", "'😀'", "NULL");
    private static final List<String> NUMERICS =
            List.of("0", "0.00", "1.5", "-1.50", "1e-10", "123456789012345678901234567890.5", "'NaN'", "NULL");
    private static final List<String> FLOATS = List.of("0", "'-0'", "1.25", "-1e100", "1e-5", "0.1", "NULL");
    private static final List<String> TIMES =
            List.of("'2024-02-29 12:00Z'", "'1969-12-31 23:59:59.999999Z'", "'infinity'", "clock_timestamp()", "NULL");
    private static final List<String> DATES =
            List.of("'2024-02-29'", "'1900-01-01'", "'infinity'", "'-infinity'", "NULL");

    private RandomWorkload() {}

    /** Creates the tables and fills them; the same for the same seed. */
    public static void create(PostgresServer server, long seed) {
        Random random = new Random(seed);
        StringBuilder script = new StringBuilder(TABLES);
        for (int i = 0; i < KEYS; i++) {
            script.append(insert(random)).append(";\n");
        }
        server.execute(script.toString());
    }

    /** Starts writing, as {@link Workload#start}. The tables must have been created. */
    public static Workload start(PostgresServer server, int writers, double rate, long seed) {
        return Workload.start(server, writers, rate, seed, new RandomWorkload());
    }

    @Override
    public Outcome write(Connection connection, Random random) throws SQLException {
        int rows = 0;
        try (Statement statement = connection.createStatement()) {
            for (int left = 1 + random.nextInt(6); left > 0; left--) {
                if (random.nextInt(8) == 0) {
                    Savepoint savepoint = connection.setSavepoint();
                    int undone = statement.executeUpdate(statement(random));
                    if (random.nextBoolean()) {
                        connection.rollback(savepoint);
                        undone = 0;
                    }
                    rows += undone;
                } else {
                    rows += statement.executeUpdate(statement(random));
                }
            }
        }
        return new Outcome(random.nextInt(10) != 0, rows);
    }

    private static String statement(Random random) {
        return switch (random.nextInt(10)) {
            case 0, 1, 2 -> insert(random);
            case 3, 4, 5 -> update(random);
            case 6 -> changeKey(random);
            case 7 -> updateMany(random);
            default -> delete(random);
        };
    }

    private static String insert(Random random) {
        return switch (random.nextInt(3)) {
            case 0 ->
                "INSERT INTO r VALUES (%d, %s, %s, %s, %s) ON CONFLICT DO NOTHING"
                        .formatted(
                                key(random),
                                small(random),
                                any(TEXTS, random),
                                any(NUMERICS, random),
                                any(FLOATS, random));
            case 1 ->
                "INSERT INTO s VALUES (%d, %d, %s, %s, %s, %s) ON CONFLICT DO NOTHING"
                        .formatted(
                                key(random),
                                random.nextInt(3),
                                key(random),
                                bool(random),
                                money(random),
                                any(TIMES, random));
            default ->
                "INSERT INTO t VALUES (%s, %s, %s, %s)"
                        .formatted(small(random), any(TEXTS, random), any(DATES, random), uuid(random));
        };
    }

    private static String update(Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> "UPDATE r SET a = %s WHERE id = %d".formatted(small(random), key(random));
            case 1 ->
                "UPDATE r SET b = %s, n = %s, f = %s WHERE id = %d"
                        .formatted(any(TEXTS, random), any(NUMERICS, random), any(FLOATS, random), key(random));
            case 2 ->
                "UPDATE s SET r_id = %s WHERE id = %d"
                        .formatted(random.nextBoolean() ? key(random) : "NULL", key(random));
            case 3 -> "UPDATE s SET m = %s, c = %s WHERE id = %d".formatted(money(random), bool(random), key(random));
            default -> "UPDATE t SET b = %s WHERE a = %d".formatted(any(TEXTS, random), random.nextInt(8));
        };
    }

    private static String changeKey(Random random) {
        return random.nextBoolean()
                ? "UPDATE r SET id = %1$d WHERE id = %2$d AND NOT EXISTS (SELECT FROM r WHERE id = %1$d)"
                        .formatted(key(random), key(random))
                : "UPDATE s SET id = %1$d, m = m + 1 WHERE id = %2$d AND NOT EXISTS (SELECT FROM s WHERE id = %1$d)"
                        .formatted(key(random), key(random));
    }

    private static String updateMany(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> "UPDATE r SET n = n + 0.1 WHERE a = %d".formatted(random.nextInt(8));
            case 1 -> "UPDATE s SET c = NOT c WHERE part = %d".formatted(random.nextInt(3));
            default -> "UPDATE t SET a = a + 1 WHERE a = %d".formatted(random.nextInt(8));
        };
    }

    private static String delete(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> "DELETE FROM r WHERE id = %d".formatted(key(random));
            case 1 -> "DELETE FROM s WHERE id = %d".formatted(key(random));
            case 2 -> "DELETE FROM t WHERE a = %d AND b = %s".formatted(random.nextInt(8), any(TEXTS, random));
            default -> "DELETE FROM t WHERE a > 7";
        };
    }

    private static int key(Random random) {
        return random.nextInt(KEYS);
    }

    private static String small(Random random) {
        return random.nextInt(8) == 0 ? "NULL" : String.valueOf(random.nextInt(8));
    }

    private static String bool(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> "true";
            case 1 -> "false";
            default -> "NULL";
        };
    }

    private static String money(Random random) {
        return random.nextInt(6) == 0 ? "NULL" : random.nextInt(-5000, 5000) + "::numeric / 100";
    }

    private static String uuid(Random random) {
        return random.nextInt(6) == 0
                ? "NULL"
                : "'00000000-0000-0000-0000-00000000000%d'".formatted(random.nextInt(10));
    }

    private static String any(List<String> values, Random random) {
        return values.get(random.nextInt(values.size()));
    }
}
