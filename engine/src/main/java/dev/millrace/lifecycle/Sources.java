package dev.millrace.lifecycle;

import dev.millrace.connector.Connector;
import dev.millrace.connector.Source;
import dev.millrace.connector.TableName;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import dev.millrace.sql.catalog.Catalog;
import dev.millrace.sql.catalog.CatalogTable;
import dev.millrace.sql.catalog.OwnTable;
import dev.millrace.sql.parser.NearestName;
import dev.millrace.sql.parser.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The sources of a database, by name, and their tables. Safe for use by several threads, but for {@link #create}, {@link #drop} and {@link #close}, of which one may run at a time. */
final class Sources {
    private final Coordinator coordinator;
    private final LiveCircuit circuit;
    private final Map<String, AttachedSource> sources = new ConcurrentHashMap<>();

    Sources(Coordinator coordinator, LiveCircuit circuit) {
        this.coordinator = coordinator;
        this.circuit = circuit;
    }

    void create(Statement.CreateSource create) {
        if (sources.containsKey(create.name()) || create.name().equals(OwnTable.SOURCE)) {
            throw new MillraceException(
                    ErrorCode.DUPLICATE_SOURCE,
                    create.name().equals(OwnTable.SOURCE)
                            ? "'" + OwnTable.SOURCE + "' stands for the database itself; choose another name"
                            : "there is a source '" + create.name() + "' already; drop it first");
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

    void drop(Statement.DropSource drop) {
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

    boolean isEmpty() {
        return sources.isEmpty();
    }

    Stream<String> names() {
        return sources.keySet().stream();
    }

    Stream<CatalogTable> tables() {
        return sources.values().stream().flatMap(source -> source.tables().stream());
    }

    /** Asks all sources for their tables; returns the errors of those that did not answer. */
    List<MillraceException> refresh() {
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

    /** Sees that these tables are followed; those that are the database's own need no lease. */
    Leases acquire(Collection<String> ids, Catalog catalog) {
        Map<AttachedSource, List<TableName>> tables = new HashMap<>();
        for (String id : ids) {
            CatalogTable table = catalog.byId(id).orElseThrow(() -> closedSource(id));
            if (!table.source().equals(OwnTable.SOURCE)) {
                AttachedSource source = sources.get(table.source());
                if (source == null) {
                    throw closedSource(id);
                }
                tables.computeIfAbsent(source, _ -> new ArrayList<>()).add(new TableName(table.schema(), table.name()));
            }
        }
        return Leases.acquire(tables);
    }

    private static MillraceException closedSource(String table) {
        return new MillraceException(ErrorCode.UNKNOWN_TABLE, "the source of table '" + table + "' was just dropped");
    }

    /** Closes each source, also if another cannot leave its outside system as it was found; returns why. */
    List<MillraceException> close() {
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
