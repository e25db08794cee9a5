package dev.millrace.live;

import java.util.List;
import java.util.Random;

/**
 * Draws scripts over two tables, {@code t} with a key and {@code u} without: statements of all kinds with values that fit and values that do not, in transactions that are committed, rolled
 * back, or rolled back to savepoints. Keys are moved one row at a time, since Postgres's outcome depends on the order of the rows otherwise; and of a row's pairs with those of other tables
 * either there is one only or it does not matter which counts.
 */
final class RandomStatements {
    static final List<String> TABLES = List.of(
            "CREATE TABLE t (id int PRIMARY KEY, a text NOT NULL DEFAULT 'none', n numeric(6,2) DEFAULT 1, b bool, d date DEFAULT '2024-02-29')",
            "CREATE TABLE u (k bigint, v varchar(4) DEFAULT 'new', c char(3), f float8 NOT NULL DEFAULT 0.5)");

    private final Random random;

    RandomStatements(long seed) {
        this.random = new Random(seed);
    }

    /** @param failed whether nothing but the end or a savepoint helps the transaction */
    String next(boolean failed) {
        if (failed && random.nextInt(3) > 0) {
            return pick("ROLLBACK TO " + savepoint(), "ROLLBACK TO " + savepoint(), "COMMIT", "ROLLBACK");
        }
        return switch (random.nextInt(34)) {
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
            case 27, 28, 29, 30 -> joined();
            case 31, 32 -> ofItself();
            default -> mistake();
        };
    }

    private String joined() {
        String groups = "(SELECT k, max(f)::numeric AS m, min(v) AS w FROM u GROUP BY k) AS g";
        return switch (random.nextInt(11)) {
            case 0 ->
                "UPDATE t SET n = " + pick("g.m", "t.n + g.m", "m / (id - 3)") + ", a = w FROM " + groups
                        + " WHERE g.k = t.id AND (" + condition() + ")"
                        + returningOf("*", "g.*, a", "id, m, n + 1 AS more");
            case 1 ->
                "UPDATE u SET v = " + pick("a", "left(a, 4)", "u.v", "DEFAULT")
                        + ", f = coalesce(n, -1)::float8 FROM t WHERE k = id AND (" + condition() + ")"
                        + returningOf("*", "t.*, u.v", "a || u.v AS both, d");
            case 2 ->
                "UPDATE t AS x SET n = y.n + 1, a = y.a FROM t AS y WHERE y.id = x.id + 1"
                        + returningOf("*", "x.id, x.n, y.n", "y.*");
            case 3 -> "UPDATE t SET b = NOT b, n = n * 3 FROM u WHERE k = id" + returningOf("t.*", "id, b");
            case 4 -> "UPDATE u SET f = u.f * 2 FROM u AS w WHERE w.k = u.k AND w.f < u.f" + returningOf("u.*", "u.f");
            case 5 ->
                "UPDATE t SET d = DATE '2024-01-01' + s FROM generate_series(1, 4) AS s WHERE s = id"
                        + returningOf("*", "s, d - s AS start");
            case 6 ->
                "UPDATE t SET n = l.c FROM t AS o, LATERAL (SELECT count(*) AS c FROM u WHERE u.k <= o.id) AS l WHERE o.id = t.id"
                        + returningOf("t.id, o.n, l.c", "l.*, t.*");
            case 7 ->
                "UPDATE t SET a = coalesce(g.w, " + text() + ") FROM t AS o LEFT JOIN " + groups
                        + " ON g.k = o.id WHERE o.id = t.id" + returningOf("t.id, t.a, g.k", "g.*");
            case 8 ->
                "DELETE FROM u USING t WHERE id = k AND (" + condition() + ")" + returningOf("*", "u.k, v, t.id, n");
            case 9 ->
                "DELETE FROM t USING u, u AS w WHERE u.k = id AND w.k > u.k AND (" + condition() + ")"
                        + returningOf("t.*", "id, n");
            default -> "DELETE FROM u USING u AS w WHERE u.k = w.k + 1" + returningOf("u.*", "upper(u.v)");
        };
    }

    private String ofItself() {
        return switch (random.nextInt(4)) {
            case 0 ->
                "INSERT INTO t (id, a, n) SELECT id + " + key() + ", a, n * 2 FROM t WHERE " + condition()
                        + " ORDER BY id" + returning("t");
            case 1 ->
                "INSERT INTO t (id, n) SELECT id, n + 1 FROM t WHERE " + condition()
                        + " ORDER BY id LIMIT (1 + 1) * 2 ON CONFLICT (id) DO UPDATE SET n = t.n + excluded.n, b = t.b IS NULL"
                        + returning("t");
            case 2 ->
                "INSERT INTO t (id, a, n) SELECT k, min(v), max(f) FROM u WHERE k IS NOT NULL GROUP BY k ORDER BY k ON CONFLICT (id) DO UPDATE SET a = excluded.a, n = excluded.n / (excluded.id - 4)";
            default ->
                "INSERT INTO u SELECT DISTINCT k + 1, v, c, f FROM u WHERE k = " + key()
                        + " AND NOT EXISTS (SELECT 1 FROM t WHERE t.id = k)";
        };
    }

    private String returningOf(String... lists) {
        return random.nextBoolean() ? "" : " RETURNING " + pick(lists);
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
                "UPDATE t SET n = 1 FROM t",
                "UPDATE t SET n = 1 FROM u WHERE nope = 1",
                "UPDATE t SET n = 1 FROM u JOIN u AS w ON w.k = id",
                "DELETE FROM t USING u RETURNING w.k",
                "DELETE FROM t USING LATERAL (SELECT t.id) AS s",
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
