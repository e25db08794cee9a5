package dev.millrace.lifecycle;

import dev.millrace.connector.Connector;
import dev.millrace.connector.Position;
import dev.millrace.connector.Source;
import dev.millrace.connector.TableName;
import dev.millrace.dataflow.row.ColumnType;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Row;
import dev.millrace.delivery.LiveView;
import dev.millrace.delivery.Presentation;
import dev.millrace.delivery.Subscription;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import dev.millrace.message.Result;
import dev.millrace.message.ResultColumn;
import dev.millrace.message.Subscriber;
import dev.millrace.sql.catalog.Catalog;
import dev.millrace.sql.catalog.CatalogTable;
import dev.millrace.sql.compile.CompiledQuery;
import dev.millrace.sql.parser.ExplainMode;
import dev.millrace.sql.parser.NearestName;
import dev.millrace.sql.parser.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Sources, the catalog of their tables, and the queries over them. Safe for use by several threads. */
public final class Database implements AutoCloseable {
    private final LiveCircuit circuit = new LiveCircuit();
    private final Coordinator coordinator = new Coordinator(circuit::announceProgress);
    private final Map<String, AttachedSource> sources = new ConcurrentHashMap<>();
    private final Compilations compilations = new Compilations();
    private volatile boolean closed;

    public Database() {
        coordinator.start();
    }

    public void execute(Statement statement) {
        switch (statement) {
            case Statement.CreateSource create -> create(create);
            case Statement.DropSource drop -> drop(drop);
            case Statement.Explain explain ->
                throw new MillraceException(
                        ErrorCode.INVALID_QUERY, "EXPLAIN gives rows: query it, as in query(\"EXPLAIN SELECT …\")");
        }
    }

    private synchronized void create(Statement.CreateSource create) {
        requireOpen();
        if (sources.containsKey(create.name())) {
            throw new MillraceException(
                    ErrorCode.DUPLICATE_SOURCE, "there is a source '" + create.name() + "' already; drop it first");
        }
        Source opened = connector(create.connector()).open(create.name(), create.options());
        AttachedSource attached = new AttachedSource(create.name(), opened, coordinator, circuit);
        try {
            opened.listen(attached);
            attached.refresh();
            sources.put(create.name(), attached);
        } finally {
            if (!sources.containsKey(create.name())) {
                opened.close();
            }
        }
    }

    private static Connector connector(String type) {
        List<String> known = new ArrayList<>();
        for (Connector connector : ServiceLoader.load(Connector.class)) {
            if (connector.type().equals(type)) {
                return connector;
            }
            known.add(connector.type());
        }
        throw new MillraceException(
                ErrorCode.UNKNOWN_CONNECTOR,
                "there is no connector '" + type + "' on the class path, only " + known
                        + NearestName.suggestion(type, known));
    }

    private synchronized void drop(Statement.DropSource drop) {
        requireOpen();
        AttachedSource source = sources.get(drop.name());
        if (source == null) {
            if (drop.ifExists()) {
                return;
            }
            throw new MillraceException(
                    ErrorCode.UNKNOWN_SOURCE,
                    "there is no source '" + drop.name() + "'" + NearestName.suggestion(drop.name(), sources.keySet()));
        }
        if (!source.retire()) {
            throw new MillraceException(
                    ErrorCode.SOURCE_IN_USE, "live queries read source '" + drop.name() + "'; close them first");
        }
        sources.remove(drop.name());
        source.close();
    }

    /**
     * Makes a query live: compiles it, sees that its tables are followed, and installs it at the current epoch. What it was compiled for
     * is compared with what is followed, since a table may have changed upstream since it was last looked at.
     *
     * @param arguments the values of its parameters
     */
    public InstalledQuery install(String sql, List<? extends @Nullable Object> arguments) {
        requireOpen();
        while (true) {
            Compilation compilation = compile(sql);
            CompiledQuery query = compilation.query();
            Preparation prepared = Preparation.of(query, arguments);
            Map<AttachedSource, List<TableLease>> leases = new HashMap<>();
            boolean installed = false;
            try {
                tablesBySource(compilation).forEach((source, tables) -> leases.put(source, source.acquire(tables)));
                if (compilation.isCurrent(catalog())) {
                    LiveView view = coordinator.call(() -> {
                        leases.forEach(AttachedSource::requireFollowed);
                        return circuit.install(prepared);
                    });
                    installed = true;
                    return new InstalledQuery(view, prepared, presentation(query), leases);
                }
            } finally {
                if (!installed) {
                    leases.forEach(AttachedSource::release);
                }
            }
        }
    }

    /**
     * What a query's plan is, what runs for it, or the code that was generated. But for the plan, the query is installed, looked at and removed.
     */
    public Result explain(Statement.Explain explain, List<? extends @Nullable Object> arguments) {
        requireOpen();
        if (explain.mode() == ExplainMode.PLAN) {
            return lines(compile(explain.query()).plan());
        }
        InstalledQuery query = install(explain.query(), arguments);
        try {
            Catalog catalog = catalog();
            return lines(coordinator.call(() -> {
                requireRunning(query);
                return circuit.explain(query.view(), explain.mode(), catalog::columnNames);
            }));
        } finally {
            remove(query);
        }
    }

    private static Result lines(List<String> lines) {
        ResultColumn column = new ResultColumn("QUERY PLAN", ColumnType.of(DataType.TEXT), false);
        Presentation presentation = new Presentation(List.of(column), Optional.empty(), List.of());
        List<Row> rows = lines.stream().map(line -> Row.of(line)).toList();
        return new Result(presentation.schema(), presentation.rows(rows), 0, LiveCircuit.NOWHERE, true);
    }

    /** A name that is not known is looked for in the sources once more, since it may be new there. */
    private Compilation compile(String sql) {
        try {
            return compilations.get(sql, catalog());
        } catch (MillraceException e) {
            boolean mayBeNew = e.code() == ErrorCode.UNKNOWN_TABLE || e.code() == ErrorCode.UNKNOWN_COLUMN;
            if (!mayBeNew || sources.isEmpty()) {
                throw e;
            }
            List<MillraceException> unreachable = refresh();
            try {
                return compilations.get(sql, catalog());
            } catch (MillraceException still) {
                unreachable.forEach(still::addSuppressed);
                throw still;
            }
        }
    }

    /** Asks all sources for their tables; returns the errors of those that did not answer. */
    private List<MillraceException> refresh() {
        List<MillraceException> failed = new ArrayList<>();
        for (AttachedSource source : sources.values()) {
            try {
                source.refresh();
            } catch (MillraceException e) {
                failed.add(e);
            }
        }
        return failed;
    }

    private Map<AttachedSource, List<TableName>> tablesBySource(Compilation compilation) {
        Map<AttachedSource, List<TableName>> tables = new HashMap<>();
        for (String id : compilation.query().tables()) {
            CatalogTable table = compilation.catalog().byId(id).orElseThrow(() -> closedSource(id));
            AttachedSource source = sources.get(table.source());
            if (source == null) {
                throw closedSource(id);
            }
            tables.computeIfAbsent(source, _ -> new ArrayList<>()).add(new TableName(table.schema(), table.name()));
        }
        return tables;
    }

    private static MillraceException closedSource(String table) {
        return new MillraceException(ErrorCode.UNKNOWN_TABLE, "the source of table '" + table + "' was just dropped");
    }

    private static Presentation presentation(CompiledQuery query) {
        List<ResultColumn> columns = query.columns().stream()
                .map(column -> new ResultColumn(column.name(), column.type(), column.nullable()))
                .toList();
        return new Presentation(columns, query.key(), query.order());
    }

    /** The result as of now. */
    public Result read(InstalledQuery query) {
        record Reading(List<Row> rows, long epoch, Position position) {}
        Reading reading = coordinator.call(() -> {
            requireRunning(query);
            return new Reading(query.view().rows(), circuit.epoch(), circuit.position(query.view()));
        });
        boolean consistent = query.leases().keySet().stream().allMatch(AttachedSource::isConnected);
        Presentation presentation = query.presentation();
        return new Result(
                presentation.schema(), presentation.rows(reading.rows), reading.epoch, reading.position, consistent);
    }

    /** Adds a subscriber, at the current epoch. */
    public Subscription subscribe(InstalledQuery query, Subscriber subscriber) {
        return coordinator.call(() -> {
            requireRunning(query);
            LiveView view = query.view();
            return view.attach(
                    subscriber,
                    query.presentation(),
                    circuit.epoch(),
                    circuit.position(view),
                    ended -> coordinator.post(() -> view.detach(ended)));
        });
    }

    private static void requireRunning(InstalledQuery query) {
        query.view().failure().ifPresent(failure -> {
            throw failure;
        });
    }

    /** Removes a query; what only it used is freed. Each installed query is to be removed once. */
    public void remove(InstalledQuery query) {
        if (!closed) {
            coordinator.post(() -> circuit.release(query.view(), query.prepared()));
            query.leases().forEach(AttachedSource::release);
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

    private Catalog catalog() {
        return new Catalog(sources.values().stream()
                .flatMap(source -> source.tables().stream())
                .toList());
    }

    private void requireOpen() {
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
        List<MillraceException> failed = closeSources();
        List<Subscription> watching = coordinator.call(circuit::subscriptions);
        coordinator.close();
        watching.forEach(Subscription::close);
        if (!failed.isEmpty()) {
            MillraceException first = failed.getFirst();
            failed.stream().skip(1).forEach(first::addSuppressed);
            throw first;
        }
    }

    /** Closes each source, also if another cannot leave its outside system as it was found. */
    private List<MillraceException> closeSources() {
        List<MillraceException> failed = new ArrayList<>();
        for (AttachedSource source : sources.values()) {
            try {
                source.close();
            } catch (MillraceException e) {
                failed.add(e);
            }
        }
        return failed;
    }
}
