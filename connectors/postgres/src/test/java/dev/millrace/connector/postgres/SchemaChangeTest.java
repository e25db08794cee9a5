package dev.millrace.connector.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.dataflow.row.Row;
import dev.millrace.error.ErrorCode;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaChangeTest {
    private final TestDatabase database = TestDatabase.create();

    @BeforeEach
    void createTables() {
        database.execute("""
                CREATE TABLE t (id int PRIMARY KEY, v varchar(5), d numeric(8,2), u int NOT NULL DEFAULT 0);
                CREATE UNIQUE INDEX t_u ON t (u);
                CREATE TABLE w (id int PRIMARY KEY);
                INSERT INTO t VALUES (1, 'a', 1.5)""");
    }

    @AfterEach
    void close() {
        database.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ALTER TABLE t DROP v | column 'v' is gone",
                "ALTER TABLE t RENAME v TO x | column 'v' is gone",
                "ALTER TABLE t ALTER v TYPE text | column 'v' is not of type varchar(5) any more",
                "ALTER TABLE t ALTER d TYPE numeric(8,1) | column 'd' is not of type numeric(8,2) any more",
                "ALTER TABLE t REPLICA IDENTITY USING INDEX t_u | column 'id' is not part of the replica identity any more"
            })
    void a_change_that_cannot_be_followed_fails_the_table_and_no_other(String ddl, String what) {
        RecordingListener listener = database.follow("t", "w");
        database.execute(ddl);
        database.execute("UPDATE t SET u = 2; INSERT INTO w VALUES (1)");
        database.execute("UPDATE t SET u = 3; INSERT INTO w VALUES (2)");
        listener.catchUp();
        assertEquals(1, listener.failures.size());
        assertEquals("public.t", listener.failures.getFirst().what());
        assertEquals(
                ErrorCode.SOURCE_SCHEMA_CHANGED,
                listener.failures.getFirst().cause().code());
        String message = listener.failures.getFirst().cause().getMessage();
        assertTrue(message.contains(what), message);
        assertEquals(List.of(Row.of(1), Row.of(2)), listener.rows("w"));

        listener.follow("t");
        assertEquals(1, listener.rows("t").size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE t ADD extra text DEFAULT 'x'",
                "ALTER TABLE t ALTER v TYPE varchar(50)",
                "ALTER TABLE t REPLICA IDENTITY FULL",
                "CREATE INDEX ON t (v)"
            })
    void a_change_that_does_no_harm_is_passed_over(String ddl) {
        RecordingListener listener = database.follow("t");
        database.execute(ddl);
        database.execute("UPDATE t SET v = 'b'");
        listener.catchUp();
        assertEquals(List.of(), listener.failures);
        assertEquals("b", listener.rows("t").getFirst().get(1));
        assertEquals(4, listener.rows("t").getFirst().size());
    }

    @Test
    void a_change_within_a_transaction_is_told_where_it_happened() {
        RecordingListener listener = database.follow("t", "w");
        database.execute("INSERT INTO t VALUES (2, 'b', 2, 2); INSERT INTO w VALUES (1); ALTER TABLE t DROP d;"
                + " INSERT INTO t VALUES (3, 'c', 3)");
        listener.catchUp();
        assertEquals(1, listener.failures.size());
        assertEquals(List.of(Row.of(1)), listener.rows("w"));
    }
}
