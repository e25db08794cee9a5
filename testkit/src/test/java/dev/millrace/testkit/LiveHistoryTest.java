package dev.millrace.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.connector.Position;
import dev.millrace.connector.ResyncReason;
import dev.millrace.dataflow.row.ColumnType;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import dev.millrace.message.Change;
import dev.millrace.message.Message;
import dev.millrace.message.ResultColumn;
import dev.millrace.message.ResultRow;
import dev.millrace.message.ResultSchema;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class LiveHistoryTest {
    private static final ResultSchema SCHEMA = new ResultSchema(
            List.of(
                    new ResultColumn("id", ColumnType.of(DataType.INT4), false),
                    new ResultColumn("price", ColumnType.of(DataType.NUMERIC), true)),
            Optional.of(List.of(0)));

    private final LiveHistory history = new LiveHistory();

    @Test
    void the_result_is_known_at_every_position_passed() {
        begin(row(1, "1.00"));
        history.changes(changes(2, 20, new Change.Insert(row(2, "2.00"))));
        history.changes(
                changes(3, 30, new Change.Update(row(1, "1.0"), row(1, "9")), new Change.Delete(row(2, "2.00"))));
        history.progress(new Message.Progress(5, at(50)));
        assertRows(10, row(1, "1.00"));
        assertRows(19, row(1, "1.00"));
        assertRows(20, row(1, "1.00"), row(2, "2.00"));
        assertRows(45, row(1, "9"));
        assertThrows(IllegalArgumentException.class, () -> history.at(at(51)));
        assertThrows(IllegalArgumentException.class, () -> history.at(at(9)));
        history.forgetBefore(at(25));
        assertRows(25, row(1, "1.00"), row(2, "2.00"));
        assertRows(30, row(1, "9"));
        assertThrows(IllegalArgumentException.class, () -> history.at(at(24)));
        history.verify();
    }

    @Test
    void waits_until_a_position_is_passed() {
        begin();
        CompletableFuture<Void> waiting =
                CompletableFuture.runAsync(() -> history.awaitPast(at(20), Duration.ofSeconds(30)));
        history.progress(new Message.Progress(2, at(20)));
        waiting.join();
        var late = assertThrows(IllegalStateException.class, () -> history.awaitPast(at(21), Duration.ofMillis(1)));
        assertTrue(late.toString().contains("0/15"), late.toString());
    }

    @Test
    void deleting_a_row_that_is_not_there_is_a_violation() {
        begin(row(1, "1"));
        history.changes(changes(2, 20, new Change.Delete(row(1, "2"))));
        assertViolation("deleted that is not in the result");
    }

    @Test
    void a_row_that_is_there_once_cannot_go_twice() {
        begin(row(1, "1"));
        history.changes(changes(2, 20, new Change.Delete(row(1, "1")), new Change.Update(row(1, "1"), row(1, "2"))));
        assertViolation("updated that is not in the result");
    }

    @Test
    void positions_and_epochs_only_grow() {
        begin();
        history.changes(changes(2, 10, new Change.Insert(row(1, "1"))));
        assertViolation("was reached before");
        LiveHistory other = new LiveHistory();
        other.accepted(new Message.Accepted(SCHEMA, 4, at(10)));
        other.initial(new Message.Initial(List.of(), List.of(), 3, at(10)));
        assertThrows(IllegalStateException.class, other::verify);
    }

    @Test
    void the_initial_rows_are_what_the_differences_lead_to() {
        history.accepted(new Message.Accepted(SCHEMA, 1, at(10)));
        history.initial(new Message.Initial(List.of(row(1, "1")), List.of(), 1, at(10)));
        assertViolation("do not lead to the initial rows");
    }

    @Test
    void nothing_comes_before_the_beginning_or_after_the_end() {
        history.progress(new Message.Progress(1, at(1)));
        assertViolation("before it was accepted");
        LiveHistory closed = new LiveHistory();
        closed.accepted(new Message.Accepted(SCHEMA, 1, at(10)));
        closed.close();
        closed.verify();
        closed.initial(new Message.Initial(List.of(), List.of(), 1, at(10)));
        assertThrows(IllegalStateException.class, closed::verify);
    }

    @Test
    void what_a_resync_skipped_cannot_be_asked_for() {
        begin(row(1, "1"));
        history.progress(new Message.Progress(2, at(15)));
        history.resync(new Message.Resync(ResyncReason.SLOT_RECREATED));
        history.initial(new Message.Initial(
                List.of(row(2, "2")),
                List.of(new Change.Delete(row(1, "1")), new Change.Insert(row(2, "2"))),
                3,
                at(30)));
        assertRows(30, row(2, "2"));
        assertThrows(IllegalArgumentException.class, () -> history.at(at(20)));
    }

    @Test
    void while_there_is_no_result_the_reason_is_thrown() {
        begin(row(1, "1"));
        var cause = new MillraceException(ErrorCode.DATA_ERROR, "division by zero");
        history.noResult(new Message.NoResult(cause, false, 2, at(20)));
        history.noResult(new Message.NoResult(cause, true, 3, at(30)));
        history.awaitPast(at(20), Duration.ofSeconds(30));
        history.changes(changes(4, 40, new Change.Insert(row(2, "2"))));
        history.noResult(new Message.NoResult(cause, false, 5, at(50)));
        history.progress(new Message.Progress(6, at(60)));
        assertRows(19, row(1, "1"));
        assertSame(cause, assertThrows(MillraceException.class, () -> history.at(at(39))));
        assertRows(40, row(1, "1"), row(2, "2"));
        assertSame(cause, assertThrows(MillraceException.class, () -> history.at(at(50))));
        assertRows(60, row(1, "1"), row(2, "2"));
        history.verify();
    }

    @Test
    void a_first_result_may_come_late() {
        history.accepted(new Message.Accepted(SCHEMA, 1, at(10)));
        var cause = new MillraceException(ErrorCode.DATA_ERROR, "division by zero");
        history.noResult(new Message.NoResult(cause, false, 1, at(10)));
        history.awaitPast(at(10), Duration.ofSeconds(30));
        assertSame(cause, assertThrows(MillraceException.class, () -> history.at(at(10))));
        history.initial(new Message.Initial(List.of(row(1, "1")), List.of(new Change.Insert(row(1, "1"))), 2, at(20)));
        assertRows(20, row(1, "1"));
        history.verify();
    }

    @Test
    void the_error_that_ended_the_query_is_thrown_to_who_waits() {
        begin();
        var cause = new MillraceException(ErrorCode.QUERY_FAILED, "a bug");
        history.failed(new Message.Failed(cause));
        assertSame(
                cause, assertThrows(MillraceException.class, () -> history.awaitPast(at(99), Duration.ofSeconds(30))));
    }

    private void begin(ResultRow... rows) {
        history.accepted(new Message.Accepted(SCHEMA, 1, at(10)));
        List<Change> inserts =
                Arrays.stream(rows).<Change>map(Change.Insert::new).toList();
        history.initial(new Message.Initial(List.of(rows), inserts, 1, at(10)));
    }

    private void assertRows(long position, ResultRow... expected) {
        assertEquals(
                "",
                ResultComparison.UNORDERED
                        .difference(
                                ResultComparison.values(List.of(expected)),
                                ResultComparison.values(history.at(at(position))))
                        .orElse(""));
    }

    private void assertViolation(String text) {
        var violation = assertThrows(IllegalStateException.class, history::verify);
        assertTrue(String.valueOf(violation.getMessage()).contains(text), violation.getMessage());
    }

    private static Message.Changes changes(long epoch, long position, Change... changes) {
        return new Message.Changes(epoch, at(position), List.of(changes), 0);
    }

    private static Position at(long value) {
        return new Position(value, "0/" + Long.toHexString(value));
    }

    private static ResultRow row(int id, String price) {
        return new ResultRow(SCHEMA, new Object[] {id, new BigDecimal(price)});
    }
}
