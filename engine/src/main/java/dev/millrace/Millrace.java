package dev.millrace;

import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import dev.millrace.lifecycle.Database;
import dev.millrace.message.Outcome;
import dev.millrace.message.Result;
import dev.millrace.sql.function.SessionZone;
import dev.millrace.sql.parser.Statement;
import dev.millrace.sql.parser.StatementParser;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Clock;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A database that keeps the results of SQL queries right while their sources change.
 *
 * <p>All failures are {@link dev.millrace.error.MillraceException}s with a stable code. Safe for use by several threads.
 */
public final class Millrace implements AutoCloseable {
    private final Database database;

    private Millrace(InstantSource time, ZoneId timeZone) {
        this.database = new Database(time, timeZone);
    }

    /** A new database that keeps its state in memory. */
    public static Millrace inMemory() {
        return inMemory(InstantSource.system());
    }

    /**
     * The same with a clock of your own, such as one that a test sets.
     *
     * @param time what {@code now()} is. It is asked at each change and each question, and whenever a live query is to change by time alone, by the engine's own timer at least every 100 ms; if it goes back, the
     *     time of live queries stands until it has caught up. Any thread may ask it
     */
    public static Millrace inMemory(InstantSource time) {
        return new Millrace(time, ZoneId.of("UTC"));
    }

    /**
     * The same in a time zone: there times with time zone are read and written, days begin and clocks are put forward, where neither a value nor the session says otherwise. {@code Clock.system(zone)} is
     * such a clock.
     */
    public static Millrace inMemory(Clock clock) {
        return new Millrace(clock, clock.getZone());
    }

    /**
     * Carries out a statement, as a transaction of its own: {@code CREATE SOURCE name FROM POSTGRES (url = '…', user = '…', password = '…')}, {@code CREATE TABLE}, {@code INSERT},
     * {@code UPDATE}, {@code DELETE}, a query, and so on. When it returns, live queries include what it did.
     *
     * @param arguments the values of {@code $1} and so on
     * @throws dev.millrace.error.MillraceException what is wrong with it; then nothing was changed
     */
    public Outcome execute(String statement, @Nullable Object... arguments) {
        return inZone(() -> database.statements().execute(StatementParser.parse(statement), Arrays.asList(arguments)));
    }

    /**
     * Does this in a transaction, which is committed when it returns and rolled back when it throws.
     *
     * @throws dev.millrace.error.MillraceException what it throws; {@code INVALID_TRANSACTION_STATE} if it caught the error of a statement that failed, and so the transaction
     */
    public void transaction(Consumer<Transaction> work) {
        inTransaction(transaction -> {
            work.accept(transaction);
            return true;
        });
    }

    /** As {@link #transaction}, for a result. */
    public <T> T inTransaction(Function<Transaction, T> work) {
        try (Transaction transaction = begin()) {
            T result = work.apply(transaction);
            transaction.commit();
            return result;
        }
    }

    /** Begins a transaction, which is to be ended. */
    public Transaction begin() {
        return new Transaction(database.statements(), database.timeZone());
    }

    /** A session, in which {@code BEGIN}, {@code COMMIT}, {@code ROLLBACK} and {@code SET TIME ZONE} are statements. */
    public Session session() {
        return new Session(database);
    }

    /**
     * Makes a query live; {@code SUBSCRIBE TO} may stand before it. Returns when its first result is there; it is kept right until it is closed. Queries that mean the same share
     * their operators and state. So do those that differ only in the values of their parameters ({@code $1} and so on), or in the constants that columns are equal to, wherever that
     * can be; {@code EXPLAIN} says so. A query that an expression of has no value for a current row (a division by zero) is live, too: it has no result until that row is gone.
     *
     * @param arguments the values of the parameters, of the classes that {@link dev.millrace.message.ResultRow} gives; an integer of any width, a text as Postgres writes a value, or null for NULL
     * @throws dev.millrace.error.MillraceException {@code INVALID_ARGUMENT} if they are too few or too many, or one is of another type
     */
    public LiveQuery live(String sql, @Nullable Object... arguments) {
        return inZone(
                () -> new LiveQuery(database, StatementParser.subscribed(sql).orElse(sql), Arrays.asList(arguments)));
    }

    /**
     * Answers a query once: it is made live, read and removed; {@code now()} stands still in it. A data error is thrown. {@code EXPLAIN query} gives its plan, a line a row, {@code EXPLAIN CIRCUIT query} the operators that run
     * and their state, {@code EXPLAIN CODE query} the code that was generated for them.
     */
    public Result query(String sql, @Nullable Object... arguments) {
        Optional<Statement.Explain> explain = StatementParser.explain(sql);
        if (explain.isPresent()) {
            return inZone(() -> database.explain(explain.get(), Arrays.asList(arguments)));
        }
        return inZone(() -> database.query(StatementParser.subscribed(sql).orElse(sql), Arrays.asList(arguments)));
    }

    /**
     * Lets queries call a method. Its parameters and result are those of SQL's types: {@code boolean}, {@code short}, {@code int}, {@code long}, {@code float}, {@code double} and their boxes, {@code
     * String}, {@code BigDecimal}, {@code UUID}, {@code byte[]}, {@code LocalDate}, {@code LocalDateTime} (timestamp) and {@code Instant} (timestamptz). A NULL for a primitive parameter makes the
     * result NULL without a call; any other parameter gets it as {@code null}, and a {@code null} that it gives is NULL. An exception is a data error of the row. It is called by the threads that carry out the
     * queries, at times by several at once.
     *
     * @param name in SQL, in small letters; several methods of different parameters can have one
     * @param method a public static method of a public class, with {@link Deterministic}: without it, queries that name the function are refused
     * @throws dev.millrace.error.MillraceException {@code INVALID_FUNCTION} if the method cannot be called from SQL, or there is such a function already
     */
    public void registerFunction(String name, Method method) {
        database.registerFunction(name, method, method.isAnnotationPresent(Deterministic.class));
    }

    /** As {@link #registerFunction(String, Method)}, all public static methods of this name that the class declares. */
    public void registerFunction(String name, Class<?> owner, String method) {
        List<Method> methods = Stream.of(owner.getDeclaredMethods())
                .filter(candidate -> candidate.getName().equals(method)
                        && Modifier.isPublic(candidate.getModifiers())
                        && Modifier.isStatic(candidate.getModifiers()))
                .toList();
        if (methods.isEmpty()) {
            throw new MillraceException(
                    ErrorCode.INVALID_FUNCTION,
                    "the function " + name + " cannot be " + owner.getName() + "." + method
                            + ": there is no public static method of this name");
        }
        methods.forEach(candidate -> registerFunction(name, candidate));
    }

    private <T> T inZone(Supplier<T> work) {
        return SessionZone.within(database.timeZone(), work);
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
