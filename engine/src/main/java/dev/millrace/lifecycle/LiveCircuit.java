package dev.millrace.lifecycle;

import dev.millrace.connector.Position;
import dev.millrace.connector.ResyncReason;
import dev.millrace.connector.RowChange;
import dev.millrace.connector.SourceTransaction;
import dev.millrace.connector.TableContents;
import dev.millrace.connector.TableName;
import dev.millrace.dataflow.circuit.Circuit;
import dev.millrace.dataflow.circuit.RebuiltView;
import dev.millrace.dataflow.circuit.StepResult;
import dev.millrace.dataflow.circuit.TableInput;
import dev.millrace.dataflow.circuit.View;
import dev.millrace.dataflow.circuit.ViewDelta;
import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.row.Row;
import dev.millrace.dataflow.zset.ZSet;
import dev.millrace.delivery.LiveView;
import dev.millrace.delivery.Subscription;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import dev.millrace.sql.catalog.CatalogTable;
import dev.millrace.sql.catalog.OwnTable;
import dev.millrace.sql.parser.ExplainMode;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The circuit with its views and its clock. Each write is a step with an epoch of its own, so every view is at the same epoch
 * and nobody sees half a transaction. Used by the coordinator's thread alone.
 */
final class LiveCircuit {
    private static final System.Logger LOG = System.getLogger(LiveCircuit.class.getName());

    private final Circuit circuit = new Circuit();
    private final InstantSource time;
    private final Map<View, LiveView> views = new HashMap<>();
    private final BoundQueries bound = new BoundQueries(circuit, this::steppedForBinding);
    private final OneTimeQueries once = new OneTimeQueries(circuit, this::table);
    private final Map<String, FollowedTable> tables = new HashMap<>();
    private final Positions positions = new Positions();
    private long epoch;
    private long announcedEpoch;

    private record FollowedTable(String source, TableInput input) {}

    /** @param time what {@code now()} is */
    LiveCircuit(InstantSource time) {
        this.time = time;
    }

    long epoch() {
        return epoch;
    }

    /** The time, in microseconds since 1970. */
    long now() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time.instant());
    }

    /** Goes on to the time that it is: queries that depend on it are at it, in an epoch of its own if one of them changes by it. */
    void keepTime() {
        long now = now();
        if (circuit.nextAlarm() <= now) {
            epoch++;
        }
        tell(circuit.step(now), 0);
    }

    /** Keeps the time, and tells those who were told nothing since that nothing changed; gives in how many microseconds a query changes by time alone. */
    long tick() {
        keepTime();
        announceProgress();
        return Math.max(0, circuit.nextAlarm() - now());
    }

    int nodeCount() {
        return circuit.nodeCount();
    }

    /** The operators of a query, with their state; or the code that was generated for them. */
    List<String> explain(LiveView view, ExplainMode mode, Function<String, List<String>> columnNames) {
        return mode == ExplainMode.CODE
                ? circuit.explainCode(view.view())
                : circuit.explain(view.view(), table -> {
                    List<String> ofBindings = bound.columnNames(table);
                    return ofBindings.isEmpty() ? columnNames.apply(table) : ofBindings;
                });
    }

    long memoryBytes() {
        return circuit.memoryBytes();
    }

    long rowsTouched() {
        return circuit.rowsTouched();
    }

    /**
     * Makes a query live, or finds it live already. Each call is to be paired with a {@link #release}. If an expression has no value for a current row, it has no result for now.
     */
    LiveView install(Preparation prepared) {
        keepTime();
        return bound.attach(prepared).orElseGet(() -> {
            View view = circuit.install(prepared.plan());
            bound.startedAlone(prepared);
            return views.computeIfAbsent(view, installed -> new LiveView(installed, prepared.tables()));
        });
    }

    void release(LiveView view, Preparation prepared) {
        if (bound.detach(view)) {
            return;
        }
        if (view.isBinding()) {
            // It failed, and is gone.
            return;
        }
        bound.endedAlone(prepared);
        if (view.view().uses() > 0) {
            circuit.release(view.view());
        }
        if (view.view().uses() == 0) {
            views.remove(view.view());
        }
    }

    Position position(LiveView view) {
        return position(view.tables());
    }

    /** Where the sources of these tables are. */
    Position position(Set<String> read) {
        return positions.of(
                read.stream()
                        .map(tables::get)
                        .filter(Objects::nonNull)
                        .map(FollowedTable::source)
                        .collect(Collectors.toCollection(TreeSet::new)),
                epoch);
    }

    /** Adds an empty table that the database keeps itself. */
    void createTable(CatalogTable table) {
        tables.put(
                table.id(),
                new FollowedTable(table.source(), circuit.createTable(table.id(), table.rowTypes(), table.key())));
    }

    /** An own table's rows, if the table is there. */
    Optional<TableInput> table(String id) {
        return Optional.ofNullable(tables.get(id)).map(FollowedTable::input);
    }

    /** Takes what was done to own tables to the queries, as one transaction. */
    void commitOwn() {
        step(OwnTable.SOURCE, new Position(epoch + 1, Long.toString(epoch + 1)), now());
    }

    /** Evaluates a query once. */
    List<Row> evaluate(Plan plan, Map<String, RowSource> given) {
        return once.evaluate(plan, given);
    }

    void load(String source, List<TableContents> contents, Position position) {
        for (TableContents loaded : contents) {
            CatalogTable table = SourceCatalog.toCatalog(source, loaded.table());
            if (tables.containsKey(table.id())) {
                failTables(
                        List.of(table.id()),
                        new MillraceException(
                                ErrorCode.QUERY_FAILED, "table " + table.id() + " was loaded anew while it was read"));
            }
            TableInput input = circuit.createTable(table.id(), table.rowTypes(), table.key());
            tables.put(table.id(), new FollowedTable(source, input));
            loaded.rows().forEach(input::insert);
        }
        step(source, position, 0);
    }

    void commit(String source, SourceTransaction transaction) {
        TableName current = null;
        TableInput input = null;
        for (RowChange change : transaction.changes()) {
            if (!change.table().equals(current)) {
                current = change.table();
                FollowedTable followed = tables.get(SourceCatalog.id(source, current));
                input = followed == null ? null : followed.input();
            }
            // A table that was dropped while its changes were under way.
            if (input != null) {
                RowChanges.apply(change, input);
            }
        }
        step(source, transaction.position(), transaction.commitMicros());
    }

    void progress(String source, Position position) {
        positions.set(source, position);
        epoch++;
    }

    void resync(String source, ResyncReason reason, List<TableContents> contents, Position position) {
        for (TableContents loaded : contents) {
            FollowedTable followed =
                    tables.get(SourceCatalog.id(source, loaded.table().name()));
            if (followed != null) {
                followed.input().replaceAll(loaded.rows());
            }
        }
        positions.set(source, position);
        epoch++;
        StepResult result = circuit.step(now());
        Map<LiveView, ZSet> deltas = new HashMap<>();
        result.deltas().forEach(delta -> forEachPart(delta.view(), delta::delta, deltas::put));
        result.rebuilt().forEach(rebuilt -> forEachPart(rebuilt.view(), rebuilt::differences, deltas::put));
        fail(result);
        allViews().toList().forEach(view -> {
            if (view.failure().isEmpty() && reads(view, source)) {
                ZSet delta = Objects.requireNonNullElseGet(deltas.get(view), ZSet::new);
                tell(view, delta, Optional.of(reason), 0);
            }
        });
    }

    /** A view's change, or those of the bindings that have one. */
    private void forEachPart(View view, Supplier<ZSet> delta, BiConsumer<LiveView, ZSet> consumer) {
        BoundQuery query = bound.of(view);
        LiveView live = views.get(view);
        if (query != null) {
            query.forEach(delta.get(), consumer);
        } else if (live != null) {
            consumer.accept(live, live.isWatched() ? delta.get() : new ZSet());
        }
    }

    /** The view, or all of its bindings. */
    private Stream<LiveView> liveOf(View view) {
        BoundQuery query = bound.of(view);
        return query == null ? Stream.ofNullable(views.get(view)) : query.live().stream();
    }

    /** The view that has turned, or those of its bindings that have. */
    private Stream<LiveView> turnedOf(View view) {
        BoundQuery query = bound.of(view);
        return query == null ? Stream.ofNullable(views.get(view)) : query.turned();
    }

    private Stream<LiveView> allViews() {
        return Stream.concat(views.values().stream(), bound.all().stream().flatMap(query -> query.live().stream()));
    }

    /** All who watch any query. */
    List<Subscription> subscriptions() {
        return allViews().flatMap(view -> view.subscriptions().stream()).toList();
    }

    /** Tells those who were told nothing since that nothing changed. */
    private void announceProgress() {
        if (epoch != announcedEpoch) {
            announcedEpoch = epoch;
            views.values().forEach(view -> view.advance(epoch, position(view)));
            for (BoundQuery query : bound.all()) {
                Position position = position(query.tables());
                query.live().forEach(view -> view.advance(epoch, position));
            }
        }
    }

    /** Fails all queries that read one of these tables and drops the tables. */
    void failTables(Collection<String> ids, MillraceException cause) {
        for (LiveView view : List.copyOf(views.values())) {
            if (view.tables().stream().anyMatch(ids::contains)) {
                view.fail(cause);
                while (view.view().uses() > 0) {
                    circuit.release(view.view());
                }
                views.remove(view.view());
            }
        }
        for (BoundQuery query : List.copyOf(bound.all())) {
            if (query.tables().stream().anyMatch(ids::contains)) {
                query.live().forEach(view -> view.fail(cause));
                bound.remove(query);
            }
        }
        dropTables(ids);
    }

    void dropTables(Collection<String> ids) {
        for (String id : ids) {
            if (tables.containsKey(id)) {
                circuit.dropTable(id);
                tables.remove(id);
            }
        }
    }

    /** The ids of a source's tables. */
    List<String> tablesOf(String source) {
        return tables.entrySet().stream()
                .filter(table -> table.getValue().source().equals(source))
                .map(Map.Entry::getKey)
                .toList();
    }

    private boolean reads(LiveView view, String source) {
        return view.tables().stream()
                .map(tables::get)
                .anyMatch(table -> table != null && table.source().equals(source));
    }

    private void step(String source, Position position, long commitMicros) {
        positions.set(source, position);
        epoch++;
        tell(circuit.step(now()), commitMicros);
    }

    private void tell(StepResult result, long commitMicros) {
        // All are read before anyone is told: who has a result again reads it whole, and with that the step is over.
        Map<LiveView, ZSet> parts = new LinkedHashMap<>();
        for (ViewDelta delta : result.deltas()) {
            forEachPart(delta.view(), delta::delta, parts::put);
        }
        parts.forEach((view, part) -> tell(view, part, Optional.empty(), commitMicros));
        for (View turned : result.turned()) {
            turnedOf(turned)
                    .filter(view -> !parts.containsKey(view))
                    .forEach(view -> tell(view, new ZSet(), Optional.empty(), commitMicros));
        }
        report(result);
    }

    private void tell(LiveView view, ZSet delta, Optional<ResyncReason> reason, long commitMicros) {
        view.tell(() -> delta, reason, epoch, position(view), commitMicros);
    }

    /** A binding came or went: what it reads was not there for others, or is not any more, so they are told nothing but errors. */
    private void steppedForBinding(StepResult result) {
        result.turned()
                .forEach(turned -> turnedOf(turned).forEach(view -> tell(view, new ZSet(), Optional.empty(), 0)));
        report(result);
    }

    /** Tells of what an engine bug did. */
    private void report(StepResult result) {
        for (RebuiltView rebuilt : result.rebuilt()) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "an engine bug stopped an operator, which was made anew",
                    rebuilt.cause());
            Map<LiveView, ZSet> parts = new HashMap<>();
            forEachPart(rebuilt.view(), rebuilt::differences, parts::put);
            liveOf(rebuilt.view())
                    .forEach(view -> tell(
                            view,
                            Objects.requireNonNullElseGet(parts.get(view), ZSet::new),
                            Optional.of(ResyncReason.OPERATOR_REBUILT),
                            0));
        }
        fail(result);
    }

    private void fail(StepResult result) {
        for (View failed : result.failed()) {
            MillraceException cause = translated(failed.failure());
            liveOf(failed).forEach(view -> view.fail(cause));
            views.remove(failed);
            BoundQuery query = bound.of(failed);
            if (query != null) {
                bound.remove(query);
            }
        }
    }

    private static MillraceException translated(@Nullable Throwable failure) {
        return failure instanceof MillraceException known
                ? known
                : new MillraceException(
                        ErrorCode.QUERY_FAILED,
                        "an engine bug stopped this query (" + failure + "); others run on",
                        failure);
    }
}
