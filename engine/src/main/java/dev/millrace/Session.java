package dev.millrace;

import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import dev.millrace.lifecycle.Database;
import dev.millrace.lifecycle.OpenTransaction;
import dev.millrace.lifecycle.Statements;
import dev.millrace.message.Outcome;
import dev.millrace.sql.function.SessionZone;
import dev.millrace.sql.parser.Statement;
import dev.millrace.sql.parser.StatementParser;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Statements one after the other, of which {@code BEGIN}, {@code COMMIT} and {@code ROLLBACK} make transactions, with {@code SAVEPOINT}s in them; any other is one by itself. For one thread
 * at a time.
 */
public final class Session implements AutoCloseable {
    private final Database database;
    private final Statements statements;
    private ZoneId timeZone;
    private @Nullable OpenTransaction open;

    Session(Database database) {
        this.database = database;
        this.statements = database.statements();
        this.timeZone = database.timeZone();
    }

    /**
     * Carries out a statement.
     *
     * @param arguments the values of {@code $1} and so on
     */
    public Outcome execute(String statement, @Nullable Object... arguments) {
        Optional<Statement.SetTimeZone> set = StatementParser.timeZone(statement);
        if (set.isPresent()) {
            timeZone = set.get().zone().map(SessionZone::named).orElse(database.timeZone());
            return Outcome.of("SET");
        }
        return SessionZone.within(timeZone, () -> carriedOut(statement, arguments));
    }

    /** Makes a query live in the session's time zone, for as long as one likes. */
    public LiveQuery live(String sql, @Nullable Object... arguments) {
        return SessionZone.within(
                timeZone,
                () -> new LiveQuery(database, StatementParser.subscribed(sql).orElse(sql), Arrays.asList(arguments)));
    }

    private Outcome carriedOut(String statement, @Nullable Object... arguments) {
        OpenTransaction transaction = open;
        if (transaction == null) {
            return alone(StatementParser.parse(statement), Arrays.asList(arguments));
        }
        if (!isEnd(statement)) {
            return statements.execute(transaction, () -> StatementParser.parse(statement), Arrays.asList(arguments));
        }
        open = null;
        if (StatementParser.parse(statement) instanceof Statement.Commit && transaction.commit()) {
            return Outcome.of("COMMIT");
        }
        if (transaction.isOpen()) {
            transaction.rollback();
        }
        return Outcome.of("ROLLBACK");
    }

    /** A text that cannot be parsed fails the transaction, so it is not parsed here but in it. */
    private static boolean isEnd(String text) {
        try {
            Statement statement = StatementParser.parse(text);
            return statement instanceof Statement.Commit || statement instanceof Statement.Rollback;
        } catch (MillraceException e) {
            return false;
        }
    }

    private Outcome alone(Statement statement, List<? extends @Nullable Object> arguments) {
        return switch (statement) {
            case Statement.Begin _ -> {
                open = statements.begin();
                yield Outcome.of("BEGIN");
            }
            case Statement.Commit _, Statement.Rollback _ ->
                throw new MillraceException(ErrorCode.INVALID_TRANSACTION_STATE, "there is no transaction in progress");
            default -> statements.execute(statement, arguments);
        };
    }

    /**
     * Carries out all statements of a script, separated by semicolons, up to the first that fails.
     *
     * @return what each of them did
     */
    public List<Outcome> run(String script) {
        List<Outcome> outcomes = new ArrayList<>();
        for (String statement : StatementParser.split(script)) {
            outcomes.add(execute(statement));
        }
        return outcomes;
    }

    /** Whether a transaction is open. */
    public boolean isInTransaction() {
        return open != null;
    }

    /** Rolls back what is open. */
    @Override
    public void close() {
        OpenTransaction transaction = open;
        open = null;
        if (transaction != null) {
            transaction.rollback();
        }
    }
}
