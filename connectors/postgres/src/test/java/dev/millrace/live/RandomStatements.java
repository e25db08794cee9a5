package dev.millrace.live;

import java.util.List;
import java.util.Random;

/**
 * Draws scripts over two tables, {@code t} with a key and {@code u} without: statements of all kinds with values that fit and values that do not, in transactions that are committed, rolled
 * back, or rolled back to savepoints. Keys are moved one row at a time, since Postgres's outcome depends on the order of the rows otherwise.
 */
final class RandomStatements {
    static final List<String> TABLES = List.of(
            "CREATE TABLE t (id int PRIMARY KEY, a text NOT NULL DEFAULT 'none', n numeric(6,2) DEFAULT 1, b bool, d date DEFAULT '2024-02-29')",
            "CREATE TABLE u (k bigint, v varchar(4) DEFAULT 'new', c char(3), f float8 NOT NULL DEFAULT 0.5)");

    private final Random random;

    RandomStatements(long seed) {
        this.random = new Random(seed);
    }

    String next() {
        return switch (random.nextInt(28)) {
            case 0, 1, 2 -> "BEGIN";
            case 3, 4 -> "COMMIT";
            case 5 -> "ROLLBACK";
            case 6, 7, 8, 9, 10 -> insert();
            case 11, 12 -> upsert();
            case 13, 14, 15, 16 -> update();
            case 17, 18 -> delete();
            case 19 -> "INSERT INTO u (k, v) SELECT id, left(a, 4) FROM t WHERE " + condition() + returning("u");
            case 20 ->
                "INSERT INTO t (id, n, b) SELECT k + 40, f, k > 3 FROM u WHERE k = " + key() + " ORDER BY f LIMIT 1";
            case 21 -> "SELECT id, a, n FROM t WHERE " + condition() + " ORDER BY id";
            case 22 -> random.nextInt(6) == 0 ? "TRUNCATE " + pick("t", "u") : "SELECT count(*), min(v) FROM u";
            case 23, 24 -> "SAVEPOINT " + savepoint();
            case 25 -> "ROLLBACK TO " + savepoint();
            case 26 -> "RELEASE SAVEPOINT " + savepoint();
            default -> mistake();
        };
    }

    private String savepoint() {
        return pick("a", "b", "c", "A");
    }

    private String insert() {
        if (random.nextBoolean()) {
            String columns = pick("id, a, n, b, d", "d, id, n");
            String row = columns.startsWith("id")
                    ? "(" + key() + ", " + text() + ", " + number() + ", " + bool() + ", " + date() + ")"
                    : "(" + date() + ", " + key() + ", " + number() + ")";
            return "INSERT INTO t (" + columns + ") VALUES " + row + returning("t");
        }
        StringBuilder rows = new StringBuilder();
        for (int i = random.nextInt(4); i >= 0; i--) {
            rows.append("(").append(pick(key(), "NULL", "DEFAULT", "7.5", "'12'"));
            rows.append(", ").append(pick(text(), "DEFAULT", "'" + "x".repeat(random.nextInt(6)) + "'"));
            rows.append(", ").append(pick("'ab'", "'abc  '", "NULL", "'abcd'"));
            rows.append(", ").append(pick("1e3", "-0.25", "DEFAULT", key())).append(i > 0 ? "), " : ")");
        }
        return "INSERT INTO u VALUES " + rows + returning("u");
    }

    private String upsert() {
        String rows = "(" + key() + ", " + text() + ", " + number() + "), (" + key() + ", " + text() + ", 2)";
        String action = pick(
                " DO NOTHING",
                "(id) DO NOTHING",
                "(id) DO UPDATE SET a = excluded.a || t.a, n = t.n + excluded.n",
                "(id) DO UPDATE SET n = excluded.n, a = DEFAULT WHERE t.b IS NOT TRUE",
                "(id) DO UPDATE SET n = (SELECT max(n) FROM t) + 1",
                "(id) DO UPDATE SET b = EXISTS (SELECT 1 FROM u WHERE u.k = excluded.id)");
        return "INSERT INTO t (id, a, n) VALUES " + rows + " ON CONFLICT " + action + returning("t");
    }

    private String update() {
        return switch (random.nextInt(5)) {
            case 0 -> "UPDATE t SET id = " + key() + " WHERE id = " + key() + returning("t");
            case 1 -> "UPDATE t SET a = " + text() + ", n = " + number() + " WHERE id = " + key() + returning("t");
            case 2 ->
                "UPDATE t x SET n = x.n " + pick("* 2", "/ (id - 3)", "+ " + number()) + ", b = NOT b WHERE "
                        + condition();
            case 3 ->
                "UPDATE u SET v = " + pick("v || 'z'", "upper(v)", "DEFAULT", "c", "NULL") + ", f = f * 2 WHERE k > "
                        + key() + returning("u");
            default ->
                "UPDATE t SET n = (SELECT sum(f) FROM u WHERE u.k = t.id), d = '2020-01-01' WHERE " + condition()
                        + returning("t");
        };
    }

    private String delete() {
        return switch (random.nextInt(3)) {
            case 0 -> "DELETE FROM t WHERE id = " + key() + returning("t");
            case 1 -> "DELETE FROM t AS x WHERE " + condition() + returning("x");
            default -> "DELETE FROM u WHERE k IN (SELECT id FROM t WHERE " + condition() + ")" + returning("u");
        };
    }

    private String mistake() {
        return pick(
                "INSERT INTO t (id, nope) VALUES (1, 2)",
                "INSERT INTO t (id) VALUES (1, 2)",
                "UPDATE t SET a = a, a = 'b'",
                "UPDATE t SET n = a",
                "UPDATE t SET b = 1",
                "DELETE FROM nothing",
                "INSERT INTO t VALUES (1, 'a') ON CONFLICT (a) DO NOTHING",
                "INSERT INTO t (id, a) VALUES (" + key() + ", NULL)",
                "SELEC 1");
    }

    private String returning(String table) {
        return random.nextInt(3) > 0
                ? ""
                : " RETURNING "
                        + pick(
                                "*",
                                table + ".*, 1 + 1 AS two",
                                table.equals("u") ? "upper(v), f" : "id, n / 2 AS half, d");
    }

    private String condition() {
        return pick(
                "id < " + key(),
                "id = " + key(),
                "n > " + number(),
                "b",
                "b IS NULL OR id > 6",
                "a LIKE 'a%'",
                "d = DATE '2024-02-29' AND id <> " + key(),
                "id IN (SELECT k FROM u)",
                "n = (SELECT max(n) FROM t)");
    }

    private String key() {
        return String.valueOf(random.nextInt(12));
    }

    private String text() {
        return pick("'a'", "'abc'", "'it''s'", "''", "upper('z') || 'q'", "'ä€😀'");
    }

    private String number() {
        return pick("0", "1.255", "99.999", "-12", "'3.5'", "9999.99", "NULL", "10 / 4", "2.5 * 2");
    }

    private String bool() {
        return pick("true", "'f'", "NULL", "1 < 2");
    }

    private String date() {
        return pick("'2023-12-31'", "DEFAULT", "NULL", "DATE '2024-02-28'", "'today is no date'");
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
