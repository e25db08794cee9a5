package dev.millrace.connector.postgres;

import dev.millrace.dataflow.row.ColumnType;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.EnumLabel;
import dev.millrace.dataflow.row.EnumType;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a database's types are here: its own enums, what its domains are based on, arrays of both, and the built-in ones. */
final class ServerTypes {
    private static final String TYPES = """
            SELECT t.oid, t.typname, t.typtype, t.typbasetype, t.typtypmod, CASE t.typcategory WHEN 'A' THEN t.typelem ELSE 0 END AS element
            FROM pg_type t LEFT JOIN pg_type e ON e.oid = t.typelem AND t.typcategory = 'A'
            WHERE t.typtype IN ('d', 'e') OR e.typtype IN ('d', 'e')
            """;

    private static final String LABELS = "SELECT enumtypid, enumlabel, enumsortorder FROM pg_enum";

    /** What stands for a modifier that is not there. */
    private static final int NO_MODIFIER = -1;

    private final Map<Integer, EnumType> enums = new HashMap<>();
    private final Map<Integer, PostgresTable.StoredType> bases = new HashMap<>();
    private final Map<Integer, Integer> elements = new HashMap<>();

    private ServerTypes() {}

    /** Reads the database's own types. */
    static ServerTypes read(Connection connection, EnumTypes known) throws SQLException {
        ServerTypes types = new ServerTypes();
        try (Statement statement = connection.createStatement()) {
            Map<Integer, List<EnumLabel>> labels = new HashMap<>();
            try (ResultSet row = statement.executeQuery(LABELS)) {
                while (row.next()) {
                    labels.computeIfAbsent((int) row.getLong("enumtypid"), ignored -> new ArrayList<>())
                            .add(new EnumLabel(row.getFloat("enumsortorder"), row.getString("enumlabel")));
                }
            }
            try (ResultSet row = statement.executeQuery(TYPES)) {
                while (row.next()) {
                    types.add(row, labels, known);
                }
            }
        }
        return types;
    }

    private void add(ResultSet row, Map<Integer, List<EnumLabel>> labels, EnumTypes known) throws SQLException {
        int oid = (int) row.getLong("oid");
        switch (row.getString("typtype")) {
            case "e" -> enums.put(oid, known.of(oid, row.getString("typname"), labels.getOrDefault(oid, List.of())));
            case "d" ->
                bases.put(oid, new PostgresTable.StoredType((int) row.getLong("typbasetype"), row.getInt("typtypmod")));
            default -> elements.put(oid, (int) row.getLong("element"));
        }
    }

    /** What a column of this type and modifier has, if it has a representation. */
    Optional<ColumnType> columnType(int oid, int modifier) {
        PostgresTable.StoredType base = bases.get(oid);
        if (base != null) {
            return columnType(base.oid(), base.modifier() == NO_MODIFIER ? modifier : base.modifier());
        }
        EnumType labels = enums.get(oid);
        if (labels != null) {
            return Optional.of(ColumnType.labelled(DataType.ENUM, labels));
        }
        Integer element = elements.get(oid);
        return element == null
                ? PostgresTypes.columnType(oid, modifier)
                : columnType(element, NO_MODIFIER).flatMap(ServerTypes::arrayOf);
    }

    private static Optional<ColumnType> arrayOf(ColumnType element) {
        return element.type()
                .array()
                .map(array -> element.labels()
                        .map(labels -> ColumnType.labelled(array, labels))
                        .orElseGet(() -> ColumnType.of(array)));
    }
}
