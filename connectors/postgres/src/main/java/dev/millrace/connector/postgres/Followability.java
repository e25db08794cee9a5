package dev.millrace.connector.postgres;

import dev.millrace.connector.TableDefinition;
import dev.millrace.connector.TableName;
import java.util.List;
import java.util.Optional;

/**
 * What {@code pg_class} says about whether a table's changes can be followed.
 *
 * @param oddPartition a partition whose updates and deletes are not identified as the table's are
 */
record Followability(
        TableName table,
        String kind,
        String persistence,
        String replicaIdentity,
        boolean isPartition,
        boolean hasHeirs,
        Optional<String> oddPartition) {

    /** Why the table cannot be followed and what to change; empty if it can. */
    Optional<String> obstacle(List<TableDefinition.Column> columns, List<Integer> key) {
        if (kind.equals("f")) {
            return Optional.of("it is a foreign table, whose changes happen elsewhere: follow it in its own database");
        }
        if (persistence.equals("t")) {
            return Optional.of("it is a temporary table, which is not written to the log: make it a permanent one");
        }
        if (persistence.equals("u")) {
            return Optional.of("it is unlogged, hence not in the log: ALTER TABLE " + name() + " SET LOGGED");
        }
        if (isPartition) {
            return Optional.of("it is a partition: follow the partitioned table that it belongs to");
        }
        if (hasHeirs) {
            return Optional.of("other tables inherit from it, and their rows are its rows too: use partitions instead");
        }
        return withoutIdentity(columns, key);
    }

    private Optional<String> withoutIdentity(List<TableDefinition.Column> columns, List<Integer> key) {
        String full = "ALTER TABLE " + name() + " REPLICA IDENTITY FULL";
        if (key.isEmpty() && !replicaIdentity.equals("f")) {
            return Optional.of("its updates and deletes do not say which row they change: add a primary key"
                    + (replicaIdentity.equals("d") ? "" : " and ALTER TABLE " + name() + " REPLICA IDENTITY DEFAULT")
                    + ", or " + full);
        }
        if (oddPartition.isPresent()) {
            return Optional.of("its partition " + oddPartition.get() + " has another replica identity: ALTER TABLE "
                    + oddPartition.get() + " REPLICA IDENTITY FULL");
        }
        return key.stream()
                .map(columns::get)
                .filter(column -> column.type().isEmpty())
                .findFirst()
                .map(column -> "its key column '" + column.name() + "' is of type " + column.typeName()
                        + ", which cannot be represented yet: identify rows by other columns with ALTER TABLE " + name()
                        + " REPLICA IDENTITY USING INDEX");
    }

    private String name() {
        return PostgresTable.quote(table.schema()) + "." + PostgresTable.quote(table.name());
    }
}
