package dev.millrace.lifecycle;

import dev.millrace.connector.Position;
import dev.millrace.dataflow.row.Row;
import dev.millrace.delivery.Presentation;
import dev.millrace.delivery.Subscription;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import dev.millrace.message.Outcome;
import dev.millrace.message.Result;
import dev.millrace.message.ResultColumn;
import dev.millrace.message.Subscriber;
import dev.millrace.sql.catalog.Catalog;
import dev.millrace.sql.compile.CompiledQuery;
import dev.millrace.sql.function.FunctionRegistry;
import dev.millrace.sql.parser.ExplainMode;
import dev.millrace.sql.parser.Statement;
import java.lang.reflect.Method;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Sources, the catalog of their tables, and the queries over them. Safe for use by several threads. */
public final class Database implements AutoCloseable {
    private static final String PLAN = "QUERY PLAN";

    private final LiveCircuit circuit;
    private final Coordinator coordinator;
    private final Sources sources;
    private final OwnTables own;
    private final Compilations compilations = new Compilations();
    private final Set<InstalledQuery> running = ConcurrentHashMap.newKeySet();
    private final Definitions definitions;
    private final WriteTurns turns = new WriteTurns();
    private final Statements statements;
    private volatile FunctionRegistry functions = FunctionRegistry.BUILT_IN;
    private volatile boolean closed;

    private final ZoneId timeZone;

    /**
     * @param time what {@code now()} is; never goes back here, even if the source does
     * @param timeZone of all that does not belong to a session with another one
     */
    public Database(InstantSource time, ZoneId timeZone) {
        this.timeZone = timeZone;
        circuit = new LiveCircuit(time);
        coordinator = new Coordinator(circuit::tick);
        sources = new Sources(coordinator, circuit);
        own = new OwnTables(coordinator, circuit);
        definitions = new Definitions(this, coordinator, circuit, sources, own, running);
        statements = new Statements(this, coordinator, circuit, sources, own, turns);
        coordinator.start();
    }

    public ZoneId timeZone() {
        return timeZone;
    }

    /** What carries statements out. */
    public Statements statements() {
        return statements;
    }

    /** Changes what the database consists of. */
    synchronized Outcome define(Statement statement) {
        requireOpen();
        return switch (statement) {
            case Statement.CreateSource create -> {
                sources.create(create);
                yield Outcome.of("CREATE SOURCE");
            }
            case Statement.DropSource drop -> {
                sources.drop(drop);
                yield Outcome.of("DROP SOURCE");
            }
            case Statement.CreateTable create -> {
                definitions.create(create);
                yield Outcome.of("CREATE TABLE");
            }
            case Statement.DropTable drop -> {
                definitions.drop(drop);
                yield Outcome.of("DROP TABLE");
            }
            case Statement.CreateView create -> {
                definitions.create(create);
                yield Outcome.of(create.materialized() ? "CREATE MATERIALIZED VIEW" : "CREATE VIEW");
            }
            case Statement.DropView drop -> {
                definitions.drop(drop);
                yield Outcome.of(drop.materialized() ? "DROP MATERIALIZED VIEW" : "DROP VIEW");
            }
            default -> throw new IllegalStateException("not a definition: " + statement);
        };
    }

    /** Answers a query once: installs, reads and removes it. */
    public Result query(String sql, List<? extends @Nullable Object> arguments) {
        return query(sql, arguments, circuit.now());
    }

    /** @param now the time, in microseconds since 1970 */
    Result query(String sql, List<? extends @Nullable Object> arguments, long now) {
        InstalledQuery query = install(sql, arguments, OptionalLong.of(now));
        try {
            return read(query);
        } finally {
            remove(query);
        }
    }

    /**
     * Makes a query live: compiles it, sees that its tables are followed, and installs it at the current epoch. What it was compiled for
     * is compared with what is followed, since a table may have changed upstream since it was last looked at.
     *
     * @param arguments the values of its parameters
     */
    public InstalledQuery install(String sql, List<? extends @Nullable Object> arguments) {
        return install(sql, arguments, OptionalLong.empty());
    }

    /** @param at the time that is its {@code now()}, if that is not to pass */
    private InstalledQuery install(String sql, List<? extends @Nullable Object> arguments, OptionalLong at) {
        requireOpen();
        while (true) {
            Compilation compilation = compile(sql);
            CompiledQuery query = compilation.query();
            Preparation prepared = Preparation.of(query, arguments, at);
            Leases leases = sources.acquire(query.tables(), compilation.catalog());
            InstalledQuery installed = null;
            try {
                installed = coordinator
                        .call(() -> {
                            leases.requireFollowed();
                            return isCurrent(query.reads(), compilation.catalog())
                                    ? Optional.of(started(sql, arguments, query, prepared, leases))
                                    : Optional.<InstalledQuery>empty();
                        })
                        .orElse(null);
                if (installed != null) {
                    return installed;
                }
            } finally {
                if (installed == null) {
                    leases.release();
                }
            }
        }
    }

    private InstalledQuery started(
            String sql,
            List<? extends @Nullable Object> arguments,
            CompiledQuery query,
            Preparation prepared,
            Leases leases) {
        InstalledQuery started = new InstalledQuery(
                sql,
                arguments,
                presentation(query),
                new InstalledQuery.Run(circuit.install(prepared), prepared, leases, query.reads()));
        running.add(started);
        return started;
    }

    /**
     * What a query's plan is, what runs for it, or the code that was generated. But for the plan, the query is installed, looked at and removed.
     */
    public Result explain(Statement.Explain explain, List<? extends @Nullable Object> arguments) {
        requireOpen();
        if (explain.mode() == ExplainMode.PLAN) {
            return Listings.lines(PLAN, compile(explain.query()).plan());
        }
        InstalledQuery query = install(explain.query(), arguments);
        try {
            Catalog catalog = catalog();
            return Listings.lines(PLAN, coordinator.call(() -> {
                requireRunning(query);
                return circuit.explain(query.view(), explain.mode(), catalog::columnNames);
            }));
        } finally {
            remove(query);
        }
    }

    /** What there is. */
    Result show(Statement.Show.Kind kind) {
        return switch (kind) {
            case TABLES -> Listings.tables(catalog());
            case VIEWS -> Listings.views(catalog());
            case SOURCES -> Listings.names("name", sources.names());
            case QUERIES -> coordinator.call(() -> Listings.queries(running));
            case FUNCTIONS -> Listings.functions(functions);
        };
    }

    Compilation compile(String sql) {
        return withRefresh(catalog -> compilations.get(sql, catalog));
    }

    /** A name that is not known is looked for in the sources once more, since it may be new there. */
    <T> T withRefresh(Function<Catalog, T> compilation) {
        try {
            return compilation.apply(catalog());
        } catch (MillraceException e) {
            boolean mayBeNew = e.code() == ErrorCode.UNKNOWN_TABLE
                    || e.code() == ErrorCode.UNKNOWN_COLUMN
                    || e.code() == ErrorCode.UNKNOWN_LABEL;
            if (!mayBeNew || sources.isEmpty()) {
                throw e;
            }
            List<MillraceException> unreachable = sources.refresh();
            try {
                return compilation.apply(catalog());
            } catch (MillraceException still) {
                unreachable.forEach(still::addSuppressed);
                throw still;
            }
        }
    }

    /** Whether these tables and views are what they are in a catalog. */
    boolean isCurrent(Collection<String> ids, Catalog catalog) {
        Catalog current = catalog();
        return ids.stream()
                .allMatch(id -> catalog.byId(id).equals(current.byId(id))
                        && catalog.view(id).equals(current.view(id)));
    }

    static Presentation presentation(CompiledQuery query) {
        List<ResultColumn> columns = query.columns().stream()
                .map(column -> new ResultColumn(column.name(), column.type(), column.nullable()))
                .toList();
        return new Presentation(columns, query.key(), query.order());
    }

    /** The result as of now. */
    public Result read(InstalledQuery query) {
        record Reading(List<Row> rows, long epoch, Position position) {}
        Reading reading = coordinator.call(() -> {
            circuit.keepTime();
            requireRunning(query);
            return new Reading(query.view().rows(), circuit.epoch(), circuit.position(query.view()));
        });
        boolean consistent = query.run().leases().areConnected();
        Presentation presentation = query.presentation();
        return new Result(
                presentation.schema(), presentation.rows(reading.rows), reading.epoch, reading.position, consistent);
    }

    /** Adds a subscriber, at the current epoch. */
    public Subscription subscribe(InstalledQuery query, Subscriber subscriber) {
        return coordinator.call(() -> {
            circuit.keepTime();
            requireRunning(query);
            return query.attach(subscriber, circuit, coordinator::post);
        });
    }

    private static void requireRunning(InstalledQuery query) {
        query.failure().ifPresent(failure -> {
            throw failure;
        });
    }

    /** Removes a query; what only it used is freed. Each installed query is to be removed once. */
    public void remove(InstalledQuery query) {
        if (!closed) {
            running.remove(query);
            Leases leases = query.close();
            coordinator.post(() -> query.release(circuit));
            leases.release();
        }
    }

    /** The number of operators that run. */
    public int operatorCount() {
        return coordinator.call(circuit::nodeCount);
    }

    /** The memory of all state, in bytes. */
    public long stateBytes() {
        return coordinator.call(circuit::memoryBytes);
    }

    /** How many rows operators have read and written so far. */
    public long rowsTouched() {
        return coordinator.call(circuit::rowsTouched);
    }

    /**
     * Lets queries call a user's method.
     *
     * @throws dev.millrace.error.MillraceException {@code INVALID_FUNCTION}
     */
    public synchronized void registerFunction(String name, Method method, boolean deterministic) {
        functions = functions.with(name, method, deterministic);
    }

    Catalog catalog() {
        return new Catalog(Stream.concat(own.tables(), sources.tables()).toList(), definitions.views(), functions);
    }

    void requireOpen() {
        if (closed) {
            throw new MillraceException(ErrorCode.CLOSED, "the database is closed");
        }
    }

    /** Closes all sources, then ends the circuit and all subscriptions. Idempotent. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        List<MillraceException> failed = sources.close();
        turns.close();
        List<Subscription> watching = coordinator.call(circuit::subscriptions);
        coordinator.close();
        watching.forEach(Subscription::close);
        if (!failed.isEmpty()) {
            MillraceException first = failed.getFirst();
            failed.stream().skip(1).forEach(first::addSuppressed);
            throw first;
        }
    }
}
