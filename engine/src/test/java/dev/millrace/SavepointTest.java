package dev.millrace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import dev.millrace.message.Outcome;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each row of the table tells when it was inserted; what is left of them tells what was taken back. */
class SavepointTest {
    private final Millrace db = Millrace.inMemory();
    private final Session session = db.session();

    @BeforeEach
    void createTable() {
        db.execute("CREATE TABLE t (id int PRIMARY KEY)");
    }

    @AfterEach
    void close() {
        session.close();
        db.close();
    }

    private List<Object> left() {
        return session.execute("SELECT id FROM t ORDER BY id").rows().orElseThrow().rows().stream()
                .map(row -> row.get(0))
                .toList();
    }

    private void fails(ErrorCode code, String statement) {
        MillraceException error = assertThrows(MillraceException.class, () -> session.execute(statement));
        assertEquals(code, error.code(), error.getMessage());
    }

    @Test
    void what_was_done_since_is_taken_back_and_the_savepoint_stays() {
        session.run(
                "BEGIN; INSERT INTO t VALUES (1); SAVEPOINT a; INSERT INTO t VALUES (2); DELETE FROM t WHERE id = 1");
        session.execute("ROLLBACK TO a");
        assertEquals(List.of(1), left());
        session.run("INSERT INTO t VALUES (3); ROLLBACK TO SAVEPOINT a; INSERT INTO t VALUES (4); COMMIT");
        assertEquals(List.of(1, 4), left());
    }

    @Test
    void a_savepoint_before_the_first_change_takes_all_back() {
        session.run("BEGIN; SAVEPOINT a; INSERT INTO t VALUES (1); UPDATE t SET id = 2; ROLLBACK TO a");
        assertEquals(List.of(), left());
        session.run("INSERT INTO t VALUES (1); COMMIT");
        assertEquals(List.of(1), left());
    }

    @Test
    void a_failed_transaction_goes_on_from_a_savepoint() {
        session.run("BEGIN; INSERT INTO t VALUES (1); SAVEPOINT a; INSERT INTO t VALUES (2)");
        fails(ErrorCode.UNIQUE_VIOLATION, "INSERT INTO t VALUES (3), (1)");
        fails(ErrorCode.INVALID_TRANSACTION_STATE, "SELECT 1");
        fails(ErrorCode.INVALID_TRANSACTION_STATE, "SAVEPOINT b");
        fails(ErrorCode.INVALID_TRANSACTION_STATE, "RELEASE a");
        fails(ErrorCode.UNKNOWN_SAVEPOINT, "ROLLBACK TO b");
        fails(ErrorCode.INVALID_TRANSACTION_STATE, "SELECT 1");
        session.run("ROLLBACK TO a; INSERT INTO t VALUES (4)");
        assertEquals("COMMIT", session.execute("COMMIT").command());
        assertEquals(List.of(1, 4), left());
    }

    @Test
    void a_name_hides_the_one_before_until_it_is_released() {
        session.run(
                "BEGIN; SAVEPOINT a; INSERT INTO t VALUES (1); SAVEPOINT a; INSERT INTO t VALUES (2); ROLLBACK TO a");
        assertEquals(List.of(1), left());
        session.run("INSERT INTO t VALUES (3); RELEASE a");
        assertEquals(List.of(1, 3), left());
        session.execute("ROLLBACK TO a");
        assertEquals(List.of(), left());
    }

    @Test
    void those_within_go_with_the_one_around_them() {
        session.run("BEGIN; SAVEPOINT a; SAVEPOINT b; INSERT INTO t VALUES (1); SAVEPOINT c; RELEASE SAVEPOINT b");
        fails(ErrorCode.UNKNOWN_SAVEPOINT, "RELEASE c");
        session.run("ROLLBACK WORK TO a; SAVEPOINT b; ROLLBACK TRANSACTION TO SAVEPOINT a");
        fails(ErrorCode.UNKNOWN_SAVEPOINT, "ROLLBACK TO b");
        assertEquals("ROLLBACK", session.execute("COMMIT").command());
    }

    @Test
    void names_fold_and_may_be_the_word_itself() {
        List<Outcome> outcomes = session.run(
                "BEGIN; SAVEPOINT Savepoint; RELEASE SAVEPOINT; SAVEPOINT \"A b\"; ROLLBACK TO \"A b\"; RELEASE SAVEPOINT \"A b\"");
        assertEquals(
                List.of("BEGIN", "SAVEPOINT", "RELEASE", "SAVEPOINT", "ROLLBACK", "RELEASE"),
                outcomes.stream().map(Outcome::command).toList());
    }

    @Test
    void all_tables_go_back_and_live_queries_see_one_step() {
        db.execute("CREATE TABLE u (n numeric)");
        LiveQuery live = db.live("SELECT count(*) FROM u");
        long before = live.current().epoch();
        db.transaction(tx -> {
            tx.execute("INSERT INTO u VALUES (1.0), (1.00)");
            tx.execute("SAVEPOINT a");
            tx.execute("DELETE FROM u WHERE n::text = '1.0'");
            tx.execute("INSERT INTO t VALUES (1)");
            tx.execute("ROLLBACK TO a");
            assertEquals(2, tx.query("SELECT * FROM u").rows().size());
        });
        assertEquals(List.of(), left());
        assertEquals(2L, live.current().rows().getFirst().get(0));
        assertEquals(before + 1, live.current().epoch());
    }

    @ParameterizedTest
    @ValueSource(strings = {"SAVEPOINT a", "RELEASE a", "ROLLBACK TO a"})
    void without_a_transaction_there_is_none(String statement) {
        fails(ErrorCode.INVALID_TRANSACTION_STATE, statement);
        fails(ErrorCode.SYNTAX_ERROR, statement + " b");
    }
}
