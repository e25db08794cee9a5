package dev.millrace.lifecycle;

import dev.millrace.delivery.Presentation;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import dev.millrace.sql.SqlCompiler;
import dev.millrace.sql.catalog.Catalog;
import dev.millrace.sql.catalog.CatalogTable;
import dev.millrace.sql.catalog.CatalogView;
import dev.millrace.sql.catalog.OwnTable;
import dev.millrace.sql.compile.CompiledQuery;
import dev.millrace.sql.compile.QueryCompiler;
import dev.millrace.sql.function.SessionZone;
import dev.millrace.sql.parser.NearestName;
import dev.millrace.sql.parser.RelationName;
import dev.millrace.sql.parser.SourceText;
import dev.millrace.sql.parser.Statement;
import dev.millrace.sql.statement.TableCompiler;
import dev.millrace.sql.statement.ViewCompiler;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Own tables and views are made and dropped here, and what depends on them with them. A materialized view's result runs as long as the view is there. One thread at a time makes and drops;
 * any may read.
 */
final class Definitions {
    private final Database database;
    private final Coordinator coordinator;
    private final LiveCircuit circuit;
    private final Sources sources;
    private final OwnTables own;
    private final Set<InstalledQuery> running;
    private final Map<String, CatalogView> views = new ConcurrentHashMap<>();
    /** The results of the materialized ones. Used by the circuit's thread alone. */
    private final Map<String, InstalledQuery.Run> results = new HashMap<>();

    /** @param running the queries that may read what is defined here */
    Definitions(
            Database database,
            Coordinator coordinator,
            LiveCircuit circuit,
            Sources sources,
            OwnTables own,
            Set<InstalledQuery> running) {
        this.database = database;
        this.coordinator = coordinator;
        this.circuit = circuit;
        this.sources = sources;
        this.own = own;
        this.running = running;
    }

    List<CatalogView> views() {
        return List.copyOf(views.values());
    }

    void create(Statement.CreateTable create) {
        OwnTables.requireOwn(create.name(), create.source());
        if (create.ifNotExists() && isDefined(create.name().last())) {
            return;
        }
        requireNew(create.name(), create.source());
        own.add(TableCompiler.compile(create));
    }

    void drop(Statement.DropTable drop) {
        List<OwnTable> dropped = new ArrayList<>();
        for (RelationName name : drop.names()) {
            if (!drop.ifExists() || own.find(name.last()).isPresent()) {
                dropped.add(own.require(name, drop.source()));
            }
        }
        List<String> names = dropped.stream().map(OwnTable::name).toList();
        List<String> ids = dropped.stream().map(OwnTable::id).toList();
        drop("table " + String.join(", ", names), ids, drop.cascade(), () -> dropped.forEach(own::remove));
    }

    void drop(Statement.DropView drop) {
        List<CatalogView> dropped = new ArrayList<>();
        for (RelationName name : drop.names()) {
            if (!drop.ifExists() || views.containsKey(name.last())) {
                dropped.add(require(name, drop));
            }
        }
        List<String> names = dropped.stream().map(CatalogView::name).toList();
        List<String> ids = dropped.stream().map(CatalogView::id).toList();
        List<Leases> freed = new ArrayList<>();
        drop(
                "view " + String.join(", ", names),
                ids,
                drop.cascade(),
                () -> dropped.forEach(view -> remove(view).ifPresent(freed::add)));
        freed.forEach(Leases::release);
    }

    private CatalogView require(RelationName name, Statement.DropView drop) {
        OwnTables.requireOwn(name, drop.source());
        CatalogView view = views.get(name.last());
        String kind = drop.materialized() ? "materialized view" : "view";
        if (view == null) {
            throw drop.source()
                    .errorAt(
                            ErrorCode.UNKNOWN_TABLE,
                            "there is no " + kind + " '" + name + "'"
                                    + NearestName.suggestion(name.last(), views.keySet()),
                            name.offset());
        }
        if (view.isMaterialized() != drop.materialized()) {
            throw drop.source()
                    .errorAt(
                            ErrorCode.INVALID_QUERY,
                            "\"" + name + "\" is not a " + kind + "; write DROP "
                                    + (view.isMaterialized() ? "MATERIALIZED VIEW" : "VIEW"),
                            name.offset());
        }
        return view;
    }

    /** Drops what depends on these, or refuses, and then these. */
    private void drop(String what, Collection<String> ids, boolean cascade, Runnable removal) {
        List<CatalogView> dependents = views.values().stream()
                .filter(view ->
                        !ids.contains(view.id()) && view.reads().stream().anyMatch(ids::contains))
                .toList();
        List<Leases> freed = new ArrayList<>();
        coordinator.call(() -> {
            List<InstalledQuery> queries = reading(ids);
            if (!cascade && !(dependents.isEmpty() && queries.isEmpty())) {
                throw new MillraceException(
                        ErrorCode.RELATION_IN_USE,
                        "cannot drop " + what + " because other objects depend on it: " + names(dependents, queries)
                                + "; drop or close them first, or use DROP … CASCADE to drop and end them too");
            }
            MillraceException dropped =
                    new MillraceException(ErrorCode.UNKNOWN_TABLE, what + ", which the query reads, was dropped");
            queries.forEach(query -> {
                query.fail(dropped, circuit);
                freed.add(query.run().leases());
            });
            dependents.forEach(view -> remove(view).ifPresent(freed::add));
            removal.run();
            return true;
        });
        freed.forEach(Leases::release);
    }

    private static String names(List<CatalogView> views, List<InstalledQuery> queries) {
        String live = queries.size() == 1 ? "1 live query" : queries.size() + " live queries";
        return String.join(
                ", ",
                Stream.concat(
                                views.stream()
                                        .map(view -> "view " + view.name())
                                        .sorted(),
                                queries.isEmpty() ? Stream.empty() : Stream.of(live))
                        .toList());
    }

    private List<InstalledQuery> reading(Collection<String> ids) {
        return running.stream()
                .filter(query -> query.run().reads().stream().anyMatch(ids::contains))
                .toList();
    }

    /** Removes a view, on the circuit's thread; returns what its result held. */
    private Optional<Leases> remove(CatalogView view) {
        views.remove(view.name());
        InstalledQuery.Run result = results.remove(view.name());
        if (result == null) {
            return Optional.empty();
        }
        circuit.release(result.view(), result.prepared());
        return Optional.of(result.leases());
    }

    void create(Statement.CreateView create) {
        OwnTables.requireOwn(create.name(), create.source());
        String name = create.name().last();
        CatalogView before = views.get(name);
        if (create.ifNotExists() && isDefined(name)) {
            return;
        }
        boolean replaces = create.orReplace() && before != null && !before.isMaterialized();
        if (!replaces) {
            requireNew(create.name(), create.source());
        }
        CatalogView fresh = database.withRefresh(catalog -> ViewCompiler.compile(create, catalog));
        Map<String, CatalogView> changed = new LinkedHashMap<>();
        changed.put(name, fresh);
        if (before != null) {
            requireAcyclic(fresh);
            requireSameColumns(before, fresh, create);
            dependents(before).forEach(view -> changed.put(view.name(), recompiled(view, changed)));
        }
        Catalog catalog = catalog(changed);
        SqlCompiler.compile("SELECT * FROM " + quoted(name), catalog);
        install(changed, catalog);
    }

    private void requireAcyclic(CatalogView fresh) {
        if (fresh.reads().contains(fresh.id())) {
            Set<String> members = new TreeSet<>(Set.of(fresh.name()));
            views.values().stream()
                    .filter(view ->
                            fresh.reads().contains(view.id()) && view.reads().contains(fresh.id()))
                    .forEach(view -> members.add(view.name()));
            throw new MillraceException(ErrorCode.CYCLIC_DEPENDENCY, "unresolvable stream dependency among " + members);
        }
    }

    /** As in Postgres the columns stay, so that what reads them goes on; new ones may follow them. */
    private static void requireSameColumns(CatalogView before, CatalogView fresh, Statement.CreateView create) {
        List<CatalogTable.Column> columns = fresh.table().columns();
        for (int i = 0; i < before.table().columns().size(); i++) {
            CatalogTable.Column column = before.table().columns().get(i);
            boolean same = i < columns.size()
                    && columns.get(i).name().equals(column.name())
                    && columns.get(i).type().equals(column.type());
            if (!same) {
                throw create.source()
                        .errorAt(
                                ErrorCode.INVALID_QUERY,
                                "cannot drop, rename or change the type of column \"" + column.name() + "\" ("
                                        + column.typeName()
                                        + ") of a view that is replaced; drop the view, or add columns behind it",
                                create.name().offset());
            }
        }
    }

    /** The views that read this one, each behind those that it reads. */
    private List<CatalogView> dependents(CatalogView view) {
        return views.values().stream()
                .filter(other -> other.reads().contains(view.id()))
                .sorted(Comparator.comparingInt((CatalogView other) -> (int) views.values().stream()
                                .filter(below -> other.reads().contains(below.id()))
                                .count())
                        .thenComparing(CatalogView::name))
                .toList();
    }

    private CatalogView recompiled(CatalogView view, Map<String, CatalogView> changed) {
        try {
            return ViewCompiler.recompile(view, catalog(changed));
        } catch (MillraceException e) {
            throw new MillraceException(
                    e.code(), "view \"" + view.name() + "\", which depends on it, would fail: " + e.detail(), e);
        }
    }

    private Catalog catalog(Map<String, CatalogView> changed) {
        Map<String, CatalogView> all = new HashMap<>(views);
        all.putAll(changed);
        return new Catalog(
                database.catalog().tables(),
                List.copyOf(all.values()),
                database.catalog().functions());
    }

    /** What a query is to run as under the new definitions, or why it cannot. */
    private record Replanned(
            InstalledQuery query,
            Optional<CompiledQuery> compiled,
            Optional<Preparation> prepared,
            Optional<Leases> leases,
            Optional<MillraceException> failure) {}

    /** Puts views in the place of those with their names, and has all that reads them run anew, in one moment. */
    private void install(Map<String, CatalogView> changed, Catalog catalog) {
        Map<String, Leases> leases = new HashMap<>();
        List<Replanned> queries = new ArrayList<>();
        List<Leases> freed = new ArrayList<>();
        boolean done = false;
        try {
            for (CatalogView view : changed.values()) {
                if (view.plan().isPresent()) {
                    Set<String> tables = QueryCompiler.tablesOf(view.plan().get());
                    leases.put(view.name(), sources.acquire(tables, catalog));
                }
            }
            List<String> ids = changed.values().stream().map(CatalogView::id).toList();
            reading(ids).forEach(query -> queries.add(replanned(query, catalog)));
            coordinator.call(() -> {
                leases.values().forEach(Leases::requireFollowed);
                views.putAll(changed);
                changed.values().forEach(view -> start(view, leases).ifPresent(freed::add));
                queries.forEach(query -> freed.add(restart(query)));
                return true;
            });
            done = true;
        } finally {
            if (!done) {
                leases.values().forEach(Leases::release);
                queries.forEach(query -> query.leases().ifPresent(Leases::release));
            }
        }
        freed.forEach(Leases::release);
    }

    /** Starts a materialized view's result, on the circuit's thread; returns what the one before it held. */
    private Optional<Leases> start(CatalogView view, Map<String, Leases> leases) {
        Leases held = leases.get(view.name());
        if (held == null) {
            return Optional.empty();
        }
        Preparation prepared = Preparation.alone(view.plan().orElseThrow());
        InstalledQuery.Run result = new InstalledQuery.Run(circuit.install(prepared), prepared, held, view.reads());
        InstalledQuery.Run before = results.put(view.name(), result);
        if (before == null) {
            return Optional.empty();
        }
        circuit.release(before.view(), before.prepared());
        return Optional.of(before.leases());
    }

    private Replanned replanned(InstalledQuery query, Catalog current) {
        return SessionZone.within(query.timeZone(), () -> replannedThere(query, current.in(query.timeZone())));
    }

    private Replanned replannedThere(InstalledQuery query, Catalog catalog) {
        try {
            CompiledQuery compiled = SqlCompiler.compile(query.sql(), catalog);
            Presentation presentation = Database.presentation(compiled);
            if (!InstalledQuery.isSame(query.presentation(), presentation)) {
                throw InstalledQuery.changed("its result has other columns or another key now");
            }
            Preparation prepared = Preparation.of(compiled, query.arguments(), OptionalLong.empty());
            return new Replanned(
                    query,
                    Optional.of(compiled),
                    Optional.of(prepared),
                    Optional.of(sources.acquire(compiled.tables(), catalog)),
                    Optional.empty());
        } catch (MillraceException e) {
            return new Replanned(query, Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(e));
        }
    }

    private Leases restart(Replanned replanned) {
        InstalledQuery query = replanned.query();
        if (replanned.failure().isPresent()) {
            query.fail(replanned.failure().get(), circuit);
            return query.run().leases();
        }
        Preparation prepared = replanned.prepared().orElseThrow();
        return query.replace(
                        new InstalledQuery.Run(
                                circuit.install(prepared),
                                prepared,
                                replanned.leases().orElseThrow(),
                                replanned.compiled().orElseThrow().reads()),
                        circuit)
                .leases();
    }

    private boolean isDefined(String name) {
        return views.containsKey(name) || own.find(name).isPresent();
    }

    private void requireNew(RelationName name, SourceText source) {
        if (isDefined(name.last())) {
            throw source.errorAt(
                    ErrorCode.DUPLICATE_RELATION, "relation \"" + name.last() + "\" already exists", name.offset());
        }
    }

    private static String quoted(String name) {
        return OwnTable.SOURCE + "." + Catalog.DEFAULT_SCHEMA + ".\"" + name.replace("\"", "\"\"") + "\"";
    }
}
