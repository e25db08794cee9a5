package dev.millrace.connector.postgres;

import dev.millrace.connector.TableDefinition;
import dev.millrace.connector.TableName;
import dev.millrace.dataflow.row.ColumnType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads table definitions from the server's system catalogs. */
final class PostgresCatalog {
    private static final String TABLES = """
            SELECT c.oid, n.nspname, c.relname, c.relkind, c.relpersistence, c.relreplident, c.relispartition,
                   c.relkind <> 'p' AND EXISTS (SELECT FROM pg_inherits i WHERE i.inhparent = c.oid) AS has_heirs,
                   array_to_string((k.indkey::int2[])[0:k.indnkeyatts - 1], ' ') AS key,
                   (SELECT min(quote_ident(pn.nspname) || '.' || quote_ident(p.relname))
                    FROM pg_partition_tree(c.oid) t JOIN pg_class p ON p.oid = t.relid JOIN pg_namespace pn ON pn.oid = p.relnamespace
                    WHERE c.relkind = 'p' AND t.isleaf AND p.relreplident <> 'f'
                      AND NOT (p.relreplident = 'd' AND k.indisprimary)) AS odd_partition
            FROM pg_class c
            JOIN pg_namespace n ON n.oid = c.relnamespace
            LEFT JOIN pg_index k ON k.indrelid = c.oid AND k.indisvalid
              AND CASE c.relreplident WHEN 'i' THEN k.indisreplident WHEN 'n' THEN false ELSE k.indisprimary AND k.indimmediate END
            WHERE c.relkind IN ('r', 'p', 'f') AND n.nspname <> 'information_schema' AND n.nspname <> 'pg_catalog'
              AND (cardinality(?::text[]) = 0 OR n.nspname = ANY (?::text[]))
            ORDER BY n.nspname, c.relname
            """;

    private static final String COLUMNS = """
            SELECT a.attrelid, a.attname, a.attnum, a.attnotnull, a.attgenerated <> '' AS generated, a.atttypid, a.atttypmod, a.attcollation,
                   CASE WHEN e.oid IS NULL THEN t.typname ELSE e.typname || '[]' END AS type_name
            FROM pg_attribute a
            JOIN pg_class c ON c.oid = a.attrelid
            JOIN pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_type t ON t.oid = a.atttypid
            LEFT JOIN pg_type e ON e.oid = t.typelem AND t.typcategory = 'A'
            WHERE c.relkind IN ('r', 'p', 'f') AND n.nspname <> 'information_schema' AND n.nspname <> 'pg_catalog'
              AND (cardinality(?::text[]) = 0 OR n.nspname = ANY (?::text[]))
              AND a.attnum > 0 AND NOT a.attisdropped
            ORDER BY a.attrelid, a.attnum
            """;

    private PostgresCatalog() {}

    /** All tables of these schemas (of all but the system's, if none is named), by name. */
    static Map<TableName, PostgresTable> read(Connection connection, PostgresOptions options, EnumTypes enums)
            throws SQLException {
        Map<Integer, List<Attribute>> attributes = attributes(
                connection,
                options.schemas(),
                ServerTypes.read(connection, enums),
                Collations.read(connection, options.byCodePoint()));
        Map<TableName, PostgresTable> tables = new LinkedHashMap<>();
        try (PreparedStatement statement = prepare(connection, TABLES, options.schemas());
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                int oid = (int) row.getLong("oid");
                PostgresTable table = table(row, oid, attributes.getOrDefault(oid, List.of()));
                tables.put(table.name(), table);
            }
        }
        return tables;
    }

    private static PostgresTable table(ResultSet row, int oid, List<Attribute> attributes) throws SQLException {
        TableName name = new TableName(row.getString("nspname"), row.getString("relname"));
        Map<Integer, Integer> ordinals = new TreeMap<>();
        for (int i = 0; i < attributes.size(); i++) {
            ordinals.put(attributes.get(i).number(), i);
        }
        List<Integer> key = new ArrayList<>();
        String keyNumbers = row.getString("key");
        if (keyNumbers != null) {
            for (String number : keyNumbers.split(" ", -1)) {
                Integer ordinal = ordinals.get(Integer.parseInt(number));
                if (ordinal != null) {
                    key.add(ordinal);
                }
            }
        }
        List<TableDefinition.Column> columns =
                attributes.stream().map(Attribute::column).toList();
        Optional<String> obstacle = new Followability(
                        name,
                        row.getString("relkind"),
                        row.getString("relpersistence"),
                        row.getString("relreplident"),
                        row.getBoolean("relispartition"),
                        row.getBoolean("has_heirs"),
                        Optional.ofNullable(row.getString("odd_partition")))
                .obstacle(columns, key);
        return new PostgresTable(
                new TableDefinition(name, columns, key, obstacle),
                oid,
                row.getString("relkind").equals("p"),
                attributes.stream().map(Attribute::type).toList());
    }

    private static Map<Integer, List<Attribute>> attributes(
            Connection connection, List<String> schemas, ServerTypes types, Collations collations) throws SQLException {
        Map<Integer, List<Attribute>> attributes = new TreeMap<>();
        try (PreparedStatement statement = prepare(connection, COLUMNS, schemas);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                int oid = (int) row.getLong("atttypid");
                int modifier = row.getInt("atttypmod");
                boolean generated = row.getBoolean("generated");
                Optional<ColumnType> type = generated ? Optional.empty() : types.columnType(oid, modifier);
                TableDefinition.Column column = new TableDefinition.Column(
                        row.getString("attname"),
                        row.getString("type_name") + (generated ? " (generated)" : ""),
                        type,
                        !row.getBoolean("attnotnull"),
                        collations.of((int) row.getLong("attcollation")));
                attributes
                        .computeIfAbsent((int) row.getLong("attrelid"), ignored -> new ArrayList<>())
                        .add(new Attribute(row.getInt("attnum"), column, new PostgresTable.StoredType(oid, modifier)));
            }
        }
        return attributes;
    }

    private static PreparedStatement prepare(Connection connection, String sql, List<String> schemas)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        String[] names = schemas.toArray(String[]::new);
        statement.setArray(1, connection.createArrayOf("text", names));
        statement.setArray(2, connection.createArrayOf("text", names));
        return statement;
    }

    private record Attribute(int number, TableDefinition.Column column, PostgresTable.StoredType type) {}
}
