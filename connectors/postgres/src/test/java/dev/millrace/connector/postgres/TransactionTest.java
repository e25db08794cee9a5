package dev.millrace.connector.postgres;

import static dev.millrace.connector.postgres.TestDatabase.table;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.connector.RowChange;
import dev.millrace.connector.SourceTransaction;
import dev.millrace.dataflow.row.Row;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TransactionTest {
    private final TestDatabase database = TestDatabase.create();

    @AfterEach
    void close() {
        database.close();
    }

    private RecordingListener followTwo() {
        database.execute("CREATE TABLE t (id int PRIMARY KEY); CREATE TABLE u (id int PRIMARY KEY REFERENCES t)");
        return database.follow("t", "u");
    }

    @Test
    void changes_of_several_tables_come_together_and_in_order() {
        RecordingListener listener = followTwo();
        long before = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
        database.execute("INSERT INTO t VALUES (1); INSERT INTO u VALUES (1); INSERT INTO t VALUES (2)");
        listener.catchUp();
        assertEquals(1, listener.transactions.size());
        SourceTransaction transaction = listener.transactions.getFirst();
        assertEquals(
                List.of(
                        new RowChange.Insert(table("t"), Row.of(1)),
                        new RowChange.Insert(table("u"), Row.of(1)),
                        new RowChange.Insert(table("t"), Row.of(2))),
                transaction.changes());
        long after = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
        assertTrue(before <= transaction.commitMicros() && transaction.commitMicros() <= after);
    }

    @Test
    void what_is_rolled_back_never_happened() throws SQLException {
        RecordingListener listener = followTwo();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("INSERT INTO t VALUES (1)");
            connection.rollback();
            statement.execute("INSERT INTO t VALUES (2)");
            statement.execute("SAVEPOINT s");
            statement.execute("INSERT INTO t VALUES (3)");
            statement.execute("ROLLBACK TO s");
            statement.execute("SAVEPOINT s2");
            statement.execute("INSERT INTO t VALUES (4)");
            statement.execute("RELEASE s2");
            connection.commit();
        }
        listener.catchUp();
        assertEquals(List.of(Row.of(2), Row.of(4)), listener.rows("t"));
        assertEquals(1, listener.transactions.size());
    }

    @Test
    void transactions_come_in_the_order_of_their_commits() throws SQLException {
        RecordingListener listener = followTwo();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("INSERT INTO t VALUES (1)");
            database.execute("INSERT INTO t VALUES (2)");
            connection.commit();
        }
        listener.catchUp();
        assertEquals(
                List.of(new RowChange.Insert(table("t"), Row.of(2)), new RowChange.Insert(table("t"), Row.of(1))),
                listener.changes("t"));
    }

    @Test
    void a_truncation_empties_all_tables_that_it_names() {
        RecordingListener listener = followTwo();
        database.execute("INSERT INTO t VALUES (1); INSERT INTO u VALUES (1)");
        database.execute("TRUNCATE t CASCADE; INSERT INTO t VALUES (5)");
        listener.catchUp();
        assertEquals(List.of(Row.of(5)), listener.rows("t"));
        assertEquals(List.of(), listener.rows("u"));
        assertTrue(listener.changes("u").contains(new RowChange.Truncate(table("u"))));
    }

    @Test
    void a_transaction_of_other_tables_is_progress_only() {
        RecordingListener listener = followTwo();
        database.execute("CREATE TABLE other (id int); INSERT INTO other VALUES (1)");
        listener.catchUp();
        assertEquals(List.of(), listener.transactions);
    }

    @Test
    void a_transaction_larger_than_the_server_keeps_in_memory_comes_whole() {
        RecordingListener listener = followTwo();
        database.execute("SET logical_decoding_work_mem = '64kB'; INSERT INTO t SELECT generate_series(1, 100000)");
        listener.catchUp();
        assertEquals(1, listener.transactions.size());
        assertEquals(100_000, listener.transactions.getFirst().changes().size());
    }

    @Test
    void partitions_are_told_as_their_table() {
        database.execute("""
                CREATE TABLE t (id int PRIMARY KEY, v text) PARTITION BY RANGE (id);
                CREATE TABLE t_low PARTITION OF t FOR VALUES FROM (0) TO (10);
                CREATE TABLE t_high (v text, id int NOT NULL PRIMARY KEY);
                ALTER TABLE t ATTACH PARTITION t_high FOR VALUES FROM (10) TO (20);
                INSERT INTO t VALUES (1, 'a'), (11, 'b')""");
        RecordingListener listener = database.follow("t");
        assertEquals(List.of(Row.of(1, "a"), Row.of(11, "b")), listener.rows("t"));
        database.execute("UPDATE t SET v = 'c'; UPDATE t SET id = 12 WHERE id = 1");
        database.execute(
                "CREATE TABLE t_new PARTITION OF t FOR VALUES FROM (20) TO (30); INSERT INTO t VALUES (21, 'n')");
        listener.catchUp();
        assertEquals(List.of(Row.of(11, "c"), Row.of(12, "c"), Row.of(21, "n")), listener.rows("t"));
    }

    @Test
    void a_renamed_table_is_still_followed() {
        RecordingListener listener = followTwo();
        database.execute("ALTER TABLE t RENAME TO renamed");
        database.execute("INSERT INTO renamed VALUES (1)");
        listener.catchUp();
        assertEquals(List.of(Row.of(1)), listener.rows("t"));
    }
}
