package dev.millrace;

import dev.millrace.lifecycle.Database;
import dev.millrace.message.Result;
import dev.millrace.sql.parser.Statement;
import dev.millrace.sql.parser.StatementParser;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A database that keeps the results of SQL queries right while their sources change.
 *
 * <p>All failures are {@link dev.millrace.error.MillraceException}s with a stable code. Safe for use by several threads.
 */
public final class Millrace implements AutoCloseable {
    private final Database database = new Database();

    private Millrace() {}

    /** A new database that keeps its state in memory. */
    public static Millrace inMemory() {
        return new Millrace();
    }

    /**
     * Carries out a statement: {@code CREATE SOURCE name FROM POSTGRES (url = '…', user = '…', password = '…')} or {@code DROP SOURCE [IF
     * EXISTS] name}.
     */
    public void execute(String statement) {
        database.execute(StatementParser.parse(statement));
    }

    /**
     * Makes a query live. Returns when its first result is there; it is kept right until it is closed. Queries that mean the same share
     * their operators and state. So do those that differ only in the values of their parameters ({@code $1} and so on), or in the constants that columns are equal to, wherever that
     * can be; {@code EXPLAIN} says so. A query that an expression of has no value for a current row (a division by zero) is live, too: it has no result until that row is gone.
     *
     * @param arguments the values of the parameters, of the classes that {@link dev.millrace.message.ResultRow} gives; an integer of any width, a text as Postgres writes a value, or null for NULL
     * @throws dev.millrace.error.MillraceException {@code INVALID_ARGUMENT} if they are too few or too many, or one is of another type
     */
    public LiveQuery live(String sql, @Nullable Object... arguments) {
        return new LiveQuery(database, sql, Arrays.asList(arguments));
    }

    /**
     * Answers a query once: it is made live, read and removed. A data error is thrown. {@code EXPLAIN query} gives its plan, a line a row, {@code EXPLAIN CIRCUIT query} the operators that run
     * and their state, {@code EXPLAIN CODE query} the code that was generated for them.
     */
    public Result query(String sql, @Nullable Object... arguments) {
        Optional<Statement.Explain> explain = StatementParser.explain(sql);
        if (explain.isPresent()) {
            return database.explain(explain.get(), Arrays.asList(arguments));
        }
        try (LiveQuery query = live(sql, arguments)) {
            return query.current();
        }
    }

    /** The number of operators that keep the live queries. */
    public int operatorCount() {
        return database.operatorCount();
    }

    /** The memory of all rows, indexes and accumulators, in bytes, without the text and numbers that they refer to. */
    public long stateBytes() {
        return database.stateBytes();
    }

    /** How many rows the operators have read and written since the start: the work that changes caused, whatever the machine. */
    public long rowsTouched() {
        return database.rowsTouched();
    }

    /** Ends all live queries and their subscriptions, and leaves the sources as they were found. Idempotent. */
    @Override
    public void close() {
        database.close();
    }
}
