package dev.millrace;

import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import dev.millrace.lifecycle.OpenTransaction;
import dev.millrace.lifecycle.Statements;
import dev.millrace.message.Outcome;
import dev.millrace.message.Result;
import dev.millrace.sql.function.SessionZone;
import dev.millrace.sql.parser.Statement;
import dev.millrace.sql.parser.StatementParser;
import java.time.ZoneId;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Statements that take effect together, in one epoch, or not at all. It sees what it did itself; others see it when it is committed. Transactions that change rows do so one after the
 * other: the second waits with its first change until the first ends. Once a statement failed, all that can be done is to roll back, or back {@code TO} a {@code SAVEPOINT}.
 */
public final class Transaction implements AutoCloseable {
    private final Statements statements;
    private final OpenTransaction open;

    private final ZoneId timeZone;

    Transaction(Statements statements, ZoneId timeZone) {
        this.statements = statements;
        this.timeZone = timeZone;
        this.open = statements.begin();
    }

    /**
     * Carries out a statement.
     *
     * @param arguments the values of {@code $1} and so on
     * @throws MillraceException what is wrong with it; {@code INVALID_TRANSACTION_STATE} after another failed, or after the end
     */
    public Outcome execute(String statement, @Nullable Object... arguments) {
        return SessionZone.within(
                timeZone,
                () -> statements.execute(open, () -> StatementParser.parse(statement), Arrays.asList(arguments)));
    }

    /** Answers a query. */
    public Result query(String sql, @Nullable Object... arguments) {
        return SessionZone.within(
                        timeZone,
                        () -> statements.execute(open, () -> new Statement.Query(sql), Arrays.asList(arguments)))
                .rows()
                .orElseThrow();
    }

    /**
     * Makes what it did visible, and ends it.
     *
     * @throws MillraceException {@code INVALID_TRANSACTION_STATE} if a statement failed, so that it was rolled back, or it has ended
     */
    public void commit() {
        if (!open.commit()) {
            throw new MillraceException(
                    ErrorCode.INVALID_TRANSACTION_STATE,
                    "the transaction was rolled back, since a statement of it failed");
        }
    }

    /** Undoes what it did, and ends it. */
    public void rollback() {
        open.rollback();
    }

    /** Rolls it back if it has not ended. */
    @Override
    public void close() {
        if (open.isOpen()) {
            open.rollback();
        }
    }
}
