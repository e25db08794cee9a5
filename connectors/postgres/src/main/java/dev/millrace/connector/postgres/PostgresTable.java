package dev.millrace.connector.postgres;

import dev.millrace.connector.TableDefinition;
import dev.millrace.connector.TableName;
import dev.millrace.dataflow.row.DataType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A table as the server's catalog describes it.
 *
 * @param oid identifies it as long as it exists, also when it is renamed
 * @param partitioned whether its rows are in partitions
 * @param types the types of the definition's columns, one by one
 */
record PostgresTable(TableDefinition definition, int oid, boolean partitioned, List<StoredType> types) {
    /** A type's OID and its modifier in {@code pg_attribute.atttypmod}. */
    record StoredType(int oid, int modifier) {}

    /** A column as it is upstream now; {@code identifies} when it is part of the replica identity. */
    record UpstreamColumn(String name, StoredType type, boolean identifies) {}

    PostgresTable {
        types = List.copyOf(types);
    }

    TableName name() {
        return definition.name();
    }

    int[] keyOrdinals() {
        return definition.key().stream().mapToInt(Integer::intValue).toArray();
    }

    boolean isSupported(int ordinal) {
        return definition.columns().get(ordinal).type().isPresent();
    }

    /** The name as an SQL identifier. */
    String sqlName() {
        return quote(name().schema()) + "." + quote(name().name());
    }

    /** The tables' names as a list in SQL. */
    static String names(Collection<PostgresTable> tables) {
        return tables.stream().map(PostgresTable::sqlName).collect(Collectors.joining(", "));
    }

    static String quote(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    /**
     * What makes the upstream's columns unfit for this definition, if anything: a column that is missing or of another type,
     * or a replica identity that does not identify rows by this definition's key. Further columns do no harm.
     *
     * @param wholeRows whether the replica identity is FULL
     */
    Optional<String> differenceFrom(List<UpstreamColumn> upstream, boolean wholeRows) {
        Map<String, UpstreamColumn> byName =
                upstream.stream().collect(Collectors.toMap(UpstreamColumn::name, Function.identity()));
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            TableDefinition.Column column = definition.columns().get(i);
            if (column.type().isEmpty()) {
                continue;
            }
            UpstreamColumn now = byName.get(column.name());
            if (now == null) {
                differences.add("column '" + column.name() + "' is gone");
            } else if (isRetyped(column.type().get().type(), types.get(i), now.type())) {
                differences.add("column '" + column.name() + "' is not of type "
                        + column.type().get() + " any more");
            } else if (definition.key().contains(i) && !now.identifies()) {
                differences.add("column '" + column.name() + "' is not part of the replica identity any more");
            }
        }
        if (definition.key().isEmpty() && !wholeRows) {
            differences.add("the replica identity is not FULL any more");
        }
        return differences.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", differences));
    }

    private static boolean isRetyped(DataType type, StoredType before, StoredType now) {
        return before.oid() != now.oid() || PostgresTypes.modifierRewrites(type, before.modifier(), now.modifier());
    }
}
