package dev.millrace.connector.postgres;

import static dev.millrace.connector.postgres.TestDatabase.table;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.connector.RowChange;
import dev.millrace.dataflow.row.Row;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplicaIdentityTest {
    private final TestDatabase database = TestDatabase.create();

    @AfterEach
    void close() {
        database.close();
    }

    private RecordingListener followed(String ddl) {
        database.execute(ddl);
        RecordingListener listener = database.follow("t");
        return listener;
    }

    @Test
    void an_update_of_other_columns_has_no_old_key() {
        RecordingListener listener =
                followed("CREATE TABLE t (id int PRIMARY KEY, v text); INSERT INTO t VALUES (1, 'a')");
        database.execute("UPDATE t SET v = 'b'");
        listener.catchUp();
        assertEquals(
                List.of(new RowChange.Update(table("t"), Optional.empty(), Row.of(1, "b"))), listener.changes("t"));
    }

    @Test
    void an_update_of_the_key_has_the_old_one() {
        RecordingListener listener =
                followed("CREATE TABLE t (v text, b int, a int, PRIMARY KEY (a, b)); INSERT INTO t VALUES ('x', 2, 1)");
        database.execute("UPDATE t SET a = 7");
        database.execute("DELETE FROM t");
        listener.catchUp();
        // The key's columns stand in the order of the primary key.
        assertEquals(
                List.of(
                        new RowChange.Update(table("t"), Optional.of(Row.of(1, 2)), Row.of("x", 2, 7)),
                        new RowChange.Delete(table("t"), Row.of(7, 2))),
                listener.changes("t"));
    }

    @Test
    void a_unique_index_can_be_the_key() {
        RecordingListener listener = followed("""
                CREATE TABLE t (id int PRIMARY KEY, code text NOT NULL, v int);
                CREATE UNIQUE INDEX t_code ON t (code) INCLUDE (v);
                ALTER TABLE t REPLICA IDENTITY USING INDEX t_code;
                INSERT INTO t VALUES (1, 'a', 1)""");
        database.execute("UPDATE t SET id = 2");
        database.execute("UPDATE t SET code = 'b'");
        database.execute("DELETE FROM t");
        listener.catchUp();
        assertEquals(
                List.of(
                        new RowChange.Update(table("t"), Optional.empty(), Row.of(2, "a", 1)),
                        new RowChange.Update(table("t"), Optional.of(Row.of("a")), Row.of(2, "b", 1)),
                        new RowChange.Delete(table("t"), Row.of("b"))),
                listener.changes("t"));
    }

    @Test
    void a_full_identity_with_a_primary_key_is_told_by_key() {
        RecordingListener listener = followed("""
                CREATE TABLE t (id int PRIMARY KEY, v text);
                ALTER TABLE t REPLICA IDENTITY FULL;
                INSERT INTO t VALUES (1, 'a')""");
        database.execute("UPDATE t SET v = 'b'");
        database.execute("UPDATE t SET id = 2");
        database.execute("DELETE FROM t");
        listener.catchUp();
        assertEquals(
                List.of(
                        new RowChange.Update(table("t"), Optional.empty(), Row.of(1, "b")),
                        new RowChange.Update(table("t"), Optional.of(Row.of(1)), Row.of(2, "b")),
                        new RowChange.Delete(table("t"), Row.of(2))),
                listener.changes("t"));
    }

    @Test
    void without_a_key_whole_rows_are_told_one_by_one() {
        RecordingListener listener = followed("""
                CREATE TABLE t (a int, v text);
                ALTER TABLE t REPLICA IDENTITY FULL;
                INSERT INTO t VALUES (1, 'a'), (1, 'a'), (1, NULL)""");
        database.execute("UPDATE t SET v = 'b' WHERE ctid = '(0,1)'");
        database.execute("DELETE FROM t WHERE v IS NULL");
        listener.catchUp();
        assertEquals(
                List.of(
                        new RowChange.Update(table("t"), Optional.of(Row.of(1, "a")), Row.of(1, "b")),
                        new RowChange.Delete(table("t"), Row.of(1, null))),
                listener.changes("t"));
        assertEquals(List.of(Row.of(1, "a"), Row.of(1, "b")), listener.rows("t"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE t (id int)",
                "CREATE TABLE t (id int PRIMARY KEY); ALTER TABLE t REPLICA IDENTITY NOTHING",
                "CREATE TABLE t (id int, PRIMARY KEY (id) DEFERRABLE)",
                "CREATE UNLOGGED TABLE t (id int PRIMARY KEY)",
                "CREATE TABLE t (id inet PRIMARY KEY)",
                "CREATE TABLE t (id int PRIMARY KEY); CREATE TABLE heir () INHERITS (t)",
                "CREATE TABLE r (id int PRIMARY KEY) PARTITION BY RANGE (id); CREATE TABLE t PARTITION OF r DEFAULT",
                "CREATE TABLE t (id int PRIMARY KEY) PARTITION BY RANGE (id); CREATE TABLE p PARTITION OF t DEFAULT;"
                        + " ALTER TABLE p REPLICA IDENTITY NOTHING"
            })
    void a_table_that_cannot_be_followed_is_refused_and_not_published(String ddl) {
        database.execute(ddl);
        RecordingListener listener = new RecordingListener(database.open());
        String obstacle = listener.source.tables().stream()
                .filter(found -> found.name().equals(table("t")))
                .findFirst()
                .flatMap(found -> found.obstacle())
                .orElseThrow();

        MillraceException refused = assertThrows(MillraceException.class, () -> listener.follow("t"));

        assertEquals(ErrorCode.NO_REPLICA_IDENTITY, refused.code());
        assertTrue(refused.getMessage().contains(obstacle), refused.getMessage());
        assertEquals(0L, database.queryOne("SELECT count(*) FROM pg_publication"));
    }

    @Test
    void a_refused_table_can_still_be_updated_while_others_are_followed() {
        database.execute("CREATE TABLE u (id int PRIMARY KEY)");
        RecordingListener listener = followed("CREATE TABLE t (id int PRIMARY KEY)");
        database.execute("CREATE TABLE bare (id int); INSERT INTO bare VALUES (1)");

        assertThrows(MillraceException.class, () -> listener.follow("u", "bare"));

        database.execute("UPDATE bare SET id = 2; DELETE FROM bare; INSERT INTO t VALUES (1)");
        listener.catchUp();
        assertEquals(List.of(Row.of(1)), listener.rows("t"));
    }

    private static final String LARGE = "(SELECT string_agg(md5(i::text), '') FROM generate_series(1, 1000) i)";

    @Test
    void a_large_value_that_an_update_leaves_alone_is_marked() {
        RecordingListener listener = followed(
                "CREATE TABLE t (id int PRIMARY KEY, v text, n int); INSERT INTO t VALUES (1, " + LARGE + ", 1)");
        Object before = listener.rows("t").getFirst().get(1);
        database.execute("UPDATE t SET n = 2");
        database.execute("UPDATE t SET id = 3");
        listener.catchUp();
        for (RowChange change : listener.changes("t")) {
            assertSame(RowChange.UNCHANGED, ((RowChange.Update) change).row().get(1));
        }
        assertEquals(List.of(Row.of(3, before, 2)), listener.rows("t"));
        assertEquals(32_000, String.valueOf(before).length());
    }

    @Test
    void a_large_value_is_taken_from_the_old_row_where_that_is_sent() {
        RecordingListener listener = followed("CREATE TABLE t (id int, v text); ALTER TABLE t REPLICA IDENTITY FULL;"
                + " INSERT INTO t VALUES (1, " + LARGE + ")");
        Object before = listener.rows("t").getFirst().get(1);
        database.execute("UPDATE t SET id = 2");
        listener.catchUp();
        assertEquals(
                List.of(new RowChange.Update(table("t"), Optional.of(Row.of(1, before)), Row.of(2, before))),
                listener.changes("t"));
    }

    @Test
    void a_large_key_that_an_update_leaves_alone_is_known() {
        database.execute("CREATE TABLE t (k text COLLATE \"C\" NOT NULL, n int)");
        database.execute("ALTER TABLE t ALTER k SET STORAGE EXTERNAL; CREATE UNIQUE INDEX t_k ON t (k);"
                + " ALTER TABLE t REPLICA IDENTITY USING INDEX t_k; INSERT INTO t VALUES (repeat('k', 2500), 1)");
        RecordingListener listener = database.follow("t");
        database.execute("UPDATE t SET n = 2");
        listener.catchUp();
        assertEquals(
                List.of(new RowChange.Update(table("t"), Optional.empty(), Row.of("k".repeat(2500), 2))),
                listener.changes("t"));
    }
}
