package dev.millrace.lifecycle;

import dev.millrace.dataflow.row.Row;
import dev.millrace.delivery.Presentation;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import dev.millrace.message.Outcome;
import dev.millrace.message.Result;
import dev.millrace.sql.binding.Arguments;
import dev.millrace.sql.catalog.Catalog;
import dev.millrace.sql.catalog.OwnTable;
import dev.millrace.sql.compile.CompiledQuery;
import dev.millrace.sql.function.SessionZone;
import dev.millrace.sql.parser.RelationName;
import dev.millrace.sql.parser.Statement;
import dev.millrace.sql.statement.ChangeCompiler;
import dev.millrace.sql.statement.CompiledChange;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Carries out statements, each as a transaction of its own or within an open one. Safe for use by several threads. */
public final class Statements {
    private final Database database;
    private final Coordinator coordinator;
    private final LiveCircuit circuit;
    private final Sources sources;
    private final OwnTables own;
    private final WriteTurns turns;
    private final CompiledChanges changes = new CompiledChanges();

    Statements(
            Database database,
            Coordinator coordinator,
            LiveCircuit circuit,
            Sources sources,
            OwnTables own,
            WriteTurns turns) {
        this.database = database;
        this.coordinator = coordinator;
        this.circuit = circuit;
        this.sources = sources;
        this.own = own;
        this.turns = turns;
    }

    /**
     * Carries out a statement by itself, but for those that begin or end transactions.
     *
     * @param arguments the values of its parameters
     */
    public Outcome execute(Statement statement, List<? extends @Nullable Object> arguments) {
        database.requireOpen();
        return switch (statement) {
            case Statement.Query query -> Outcome.of("SELECT", database.query(query.text(), arguments));
            case Statement.Explain explain -> Outcome.of("EXPLAIN", database.explain(explain, arguments));
            case Statement.Show _, Statement.ShowTimeZone _, Statement.Describe _, Statement.Subscribe _ ->
                asked(statement, arguments);
            case Statement.SetTimeZone _ ->
                throw new MillraceException(
                        ErrorCode.INVALID_TRANSACTION_STATE,
                        "a time zone is set for a session; open one, or give the database another");
            case Statement.Change change -> change(change, arguments, Optional.empty());
            case Statement.Truncate truncate -> {
                alone(writes -> truncate(truncate, writes));
                yield Outcome.of("TRUNCATE TABLE");
            }
            case Statement.Begin _, Statement.Commit _, Statement.Rollback _ ->
                throw new MillraceException(
                        ErrorCode.INVALID_TRANSACTION_STATE,
                        "a statement by itself is a transaction; begin others in a session, or with begin()");
            case Statement.Savepoint _ -> throw notInTransaction("SAVEPOINT");
            case Statement.Release _ -> throw notInTransaction("RELEASE SAVEPOINT");
            case Statement.RollbackTo _ -> throw notInTransaction("ROLLBACK TO SAVEPOINT");
            case Statement.DropTable _ -> {
                Arguments.of(List.of(), arguments);
                yield inTurn(() -> database.define(statement));
            }
            default -> {
                Arguments.of(List.of(), arguments);
                yield database.define(statement);
            }
        };
    }

    /**
     * The same within a transaction.
     *
     * @param statement parses it; what is wrong with it fails the transaction
     */
    public Outcome execute(
            OpenTransaction transaction, Supplier<Statement> statement, List<? extends @Nullable Object> arguments) {
        database.requireOpen();
        Statement parsed = transaction.parsed(statement);
        if (parsed instanceof Statement.RollbackTo(String savepoint)) {
            transaction.rollbackTo(savepoint);
            return Outcome.of("ROLLBACK");
        }
        return transaction.within(() -> execute(transaction, parsed, arguments));
    }

    private Outcome execute(
            OpenTransaction transaction, Statement statement, List<? extends @Nullable Object> arguments) {
        return switch (statement) {
            case Statement.Query query -> Outcome.of("SELECT", query(transaction, query.text(), arguments));
            case Statement.Explain explain -> Outcome.of("EXPLAIN", database.explain(explain, arguments));
            case Statement.Show _, Statement.ShowTimeZone _, Statement.Describe _, Statement.Subscribe _ ->
                asked(statement, arguments);
            case Statement.Change change -> change(change, arguments, Optional.of(transaction));
            case Statement.Truncate truncate -> {
                transaction.write(writes -> truncate(truncate, writes));
                yield Outcome.of("TRUNCATE TABLE");
            }
            case Statement.Begin _, Statement.Commit _, Statement.Rollback _ ->
                throw new MillraceException(
                        ErrorCode.INVALID_TRANSACTION_STATE,
                        "the transaction is ended by commit() and rollback(), not by a statement");
            case Statement.Savepoint(String name) -> {
                transaction.savepoint(name);
                yield Outcome.of("SAVEPOINT");
            }
            case Statement.Release(String name) -> {
                transaction.release(name);
                yield Outcome.of("RELEASE");
            }
            default ->
                throw new MillraceException(
                        ErrorCode.INVALID_TRANSACTION_STATE,
                        "what the database consists of cannot be changed inside a transaction block");
        };
    }

    private static MillraceException notInTransaction(String command) {
        return new MillraceException(
                ErrorCode.INVALID_TRANSACTION_STATE,
                command + " can only be used in transaction blocks; write BEGIN first");
    }

    /** What is the same within a transaction and without. */
    private Outcome asked(Statement statement, List<? extends @Nullable Object> arguments) {
        Arguments.of(List.of(), arguments);
        return switch (statement) {
            case Statement.Show show -> Outcome.of("SHOW", database.show(show.kind()));
            case Statement.ShowTimeZone _ ->
                Outcome.of(
                        "SHOW",
                        Listings.lines("TimeZone", List.of(SessionZone.current().getId())));
            case Statement.Describe describe -> Outcome.of("DESCRIBE", Listings.columns(describe, database.catalog()));
            default ->
                throw new MillraceException(
                        ErrorCode.INVALID_QUERY,
                        "what SUBSCRIBE gives has no end: make the query live, and subscribe to it");
        };
    }

    public OpenTransaction begin() {
        database.requireOpen();
        return new OpenTransaction(coordinator, circuit, turns);
    }

    /** Does this as a transaction of its own, on the circuit's thread. */
    private <T> T alone(Function<WriteSet, T> change) {
        return inTurn(() -> coordinator.call(() -> {
            WriteSet writes = new WriteSet(circuit);
            T result = change.apply(writes);
            writes.commit();
            return result;
        }));
    }

    /** Does this while no transaction has changes that are not committed. */
    private <T> T inTurn(Supplier<T> work) {
        turns.begin();
        try {
            return work.get();
        } finally {
            turns.end();
        }
    }

    private boolean truncate(Statement.Truncate truncate, WriteSet writes) {
        for (RelationName name : truncate.names()) {
            TableChanges changes = writes.of(own.require(name, truncate.source()));
            changes.rows().forEach(changes::delete);
        }
        return true;
    }

    private Outcome change(
            Statement.Change change,
            List<? extends @Nullable Object> arguments,
            Optional<OpenTransaction> transaction) {
        while (true) {
            Catalog catalog = database.catalog();
            OwnTable table = own.require(change.table(), change.source());
            CompiledChange compiled = compiled(change, table, catalog);
            Row row = Arguments.of(compiled.parameters(), arguments);
            long now = transaction.map(OpenTransaction::now).orElseGet(circuit::now);
            Leases leases = sources.acquire(compiled.tables(), database.catalog());
            try {
                if (!database.isCurrent(compiled.reads(), catalog)) {
                    continue;
                }
                Function<WriteSet, Optional<ChangeExecution.Effect>> work = writes -> {
                    leases.requireFollowed();
                    return own.isCurrent(table)
                            ? Optional.of(ChangeExecution.run(circuit, writes, compiled, row, now))
                            : Optional.empty();
                };
                Optional<ChangeExecution.Effect> effect =
                        transaction.isPresent() ? transaction.get().write(work) : alone(work);
                if (effect.isPresent()) {
                    return outcome(compiled, effect.get());
                }
            } finally {
                leases.release();
            }
        }
    }

    private CompiledChange compiled(Statement.Change change, OwnTable table, Catalog catalog) {
        return changes.get(change, catalog)
                .filter(known -> known.table().equals(table))
                .orElseGet(() -> {
                    CompiledChange fresh = database.withRefresh(now -> ChangeCompiler.compile(change, table, now));
                    if (database.catalog().equals(catalog)) {
                        changes.put(change, fresh, catalog);
                    }
                    return fresh;
                });
    }

    private Outcome outcome(CompiledChange change, ChangeExecution.Effect effect) {
        String command = switch (change) {
            case CompiledChange.Insert _ -> "INSERT";
            case CompiledChange.Update _ -> "UPDATE";
            case CompiledChange.Delete _ -> "DELETE";
        };
        return new Outcome(command, effect.count(), change.returning().map(part -> {
            Presentation presentation = Database.presentation(part.query());
            return new Result(presentation.schema(), presentation.rows(effect.returned()), 0, Positions.NOWHERE, true);
        }));
    }

    /** The same as the transaction sees it. */
    private Result query(OpenTransaction transaction, String sql, List<? extends @Nullable Object> arguments) {
        Optional<WriteSet> writes = transaction.writes();
        if (writes.isEmpty()) {
            return database.query(sql, arguments, transaction.now());
        }
        while (true) {
            Compilation compilation = database.compile(sql);
            CompiledQuery query = compilation.query();
            Preparation prepared = Preparation.of(query, arguments, OptionalLong.of(transaction.now()));
            Presentation presentation = Database.presentation(query);
            Leases leases = sources.acquire(query.tables(), compilation.catalog());
            try {
                Optional<Result> result = coordinator.call(() -> {
                    leases.requireFollowed();
                    if (!database.isCurrent(query.reads(), compilation.catalog())) {
                        return Optional.empty();
                    }
                    List<Row> rows =
                            circuit.evaluate(prepared.plan(), writes.get().changed(query.tables()));
                    return Optional.of(new Result(
                            presentation.schema(),
                            presentation.rows(rows),
                            circuit.epoch(),
                            circuit.position(query.tables()),
                            leases.areConnected()));
                });
                if (result.isPresent()) {
                    return result.get();
                }
            } finally {
                leases.release();
            }
        }
    }
}
