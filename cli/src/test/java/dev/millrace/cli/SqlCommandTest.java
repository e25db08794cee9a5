package dev.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class SqlCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    @Test
    void statements_are_carried_out_and_their_rows_printed() {
        int exitCode = run(
                "sql",
                "-c",
                "CREATE TABLE t (id int PRIMARY KEY, name text); -- a comment;\n"
                        + "BEGIN; INSERT INTO t VALUES (1, 'a;b'), (2, NULL); COMMIT;"
                        + "CREATE VIEW v AS SELECT id FROM t WHERE name IS NULL;"
                        + "DELETE FROM t WHERE id = 1 RETURNING name; SELECT * FROM v; SHOW VIEWS; DESCRIBE t");
        assertEquals(0, exitCode, err.toString());
        assertEquals("""
                CREATE TABLE
                BEGIN
                INSERT 2
                COMMIT
                CREATE VIEW
                 name
                ------
                 a;b
                (1 row)
                 id
                ----
                  2
                (1 row)
                 name | kind | query
                ------+------+-------------------------------------
                 v    | view | SELECT id FROM t WHERE name IS NULL
                (1 row)
                 column | type | nullable | key
                --------+------+----------+-----
                 id     | int4 | no       | yes
                 name   | text | yes      | no
                (2 rows)
                """, out.toString());
    }

    @Test
    void a_subscription_is_printed_for_as_long_as_is_said() {
        assertEquals(0, run("sql", "--seconds", "0", "-c", "SUBSCRIBE TO (SELECT 1 AS one)"), err.toString());
    }

    @Test
    void a_statement_that_fails_ends_the_command() {
        assertEquals(1, run("sql", "-c", "CREATE TABLE t (id int); SELECT nope FROM t; SHOW TABLES"));
        assertTrue(err.toString().contains("MR-1003: there is no column 'nope'"), err.toString());
        assertEquals("CREATE TABLE\n", out.toString());
    }
}
