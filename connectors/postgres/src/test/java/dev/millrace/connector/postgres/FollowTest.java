package dev.millrace.connector.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.millrace.dataflow.row.Row;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FollowTest {
    private final TestDatabase database = TestDatabase.create();

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void existing_rows_are_loaded_and_later_changes_follow() {
        database.execute("CREATE TABLE t (id int PRIMARY KEY, v text); INSERT INTO t VALUES (1, 'a'), (2, NULL)");

        RecordingListener listener = database.follow("t");

        assertEquals(List.of(Row.of(1, "a"), Row.of(2, null)), listener.rows("t"));
        database.execute("INSERT INTO t VALUES (3, 'c')");
        database.execute("UPDATE t SET v = 'b' WHERE id = 2");
        database.execute("DELETE FROM t WHERE id = 1");
        listener.catchUp();
        assertEquals(List.of(Row.of(2, "b"), Row.of(3, "c")), listener.rows("t"));
        assertEquals(3, listener.transactions.size());
    }
}
