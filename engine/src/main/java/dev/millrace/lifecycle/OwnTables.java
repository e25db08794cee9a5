package dev.millrace.lifecycle;

import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import dev.millrace.sql.catalog.Catalog;
import dev.millrace.sql.catalog.CatalogTable;
import dev.millrace.sql.catalog.OwnTable;
import dev.millrace.sql.parser.NearestName;
import dev.millrace.sql.parser.RelationName;
import dev.millrace.sql.parser.SourceText;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The tables that the database keeps itself, by name. Safe for use by several threads. */
final class OwnTables {
    private final Coordinator coordinator;
    private final LiveCircuit circuit;
    private final Map<String, OwnTable> tables = new ConcurrentHashMap<>();

    OwnTables(Coordinator coordinator, LiveCircuit circuit) {
        this.coordinator = coordinator;
        this.circuit = circuit;
    }

    Stream<CatalogTable> tables() {
        return tables.values().stream().map(OwnTable::table);
    }

    /** Whether a statement that was compiled for this table may still be carried out. */
    boolean isCurrent(OwnTable table) {
        return table.equals(tables.get(table.name()));
    }

    /** Adds a table, empty. */
    void add(OwnTable table) {
        coordinator.call(() -> {
            circuit.createTable(table.table());
            return true;
        });
        tables.put(table.name(), table);
    }

    /** Removes a table that nothing reads any more, on the circuit's thread. */
    void remove(OwnTable table) {
        tables.remove(table.name());
        circuit.dropTables(List.of(table.id()));
    }

    /**
     * The table that a statement changes.
     *
     * @throws MillraceException {@code UNKNOWN_TABLE}
     */
    OwnTable require(RelationName name, SourceText source) {
        requireOwn(name, source);
        return find(name.last())
                .orElseThrow(() -> source.errorAt(
                        ErrorCode.UNKNOWN_TABLE,
                        "there is no table '" + name + "' of the database's own, which can be changed"
                                + NearestName.suggestion(name.last(), tables.keySet()),
                        name.offset()));
    }

    Optional<OwnTable> find(String name) {
        return Optional.ofNullable(tables.get(name));
    }

    /** Own tables are in one schema of one source. */
    static void requireOwn(RelationName name, SourceText source) {
        List<String> path = name.path();
        List<String> qualifiers = path.subList(0, path.size() - 1);
        boolean own = qualifiers.isEmpty()
                || qualifiers.equals(List.of(Catalog.DEFAULT_SCHEMA))
                || qualifiers.equals(List.of(OwnTable.SOURCE))
                || qualifiers.equals(List.of(OwnTable.SOURCE, Catalog.DEFAULT_SCHEMA));
        if (!own) {
            throw source.errorAt(
                    ErrorCode.UNKNOWN_TABLE,
                    "'" + name + "' is no table or view of the database's own: they are in the schema "
                            + Catalog.DEFAULT_SCHEMA,
                    name.offset());
        }
    }
}
