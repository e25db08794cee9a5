package dev.millrace.connector.postgres;

import dev.millrace.dataflow.row.EnumLabel;
import dev.millrace.dataflow.row.EnumType;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A server's enum types, of which each is one object as long as its labels only become more. Values arrive as labels; one that is not known yet was added since, so the server is asked. Safe
 * for use by several threads.
 */
final class EnumTypes {
    private static final String LABELS = "SELECT enumlabel, enumsortorder FROM pg_enum WHERE enumtypid = ?";

    private final Connections connections;
    private final Map<Integer, EnumType> byOid = new HashMap<>();
    private final Map<EnumType, Integer> oids = new HashMap<>();

    EnumTypes(Connections connections) {
        this.connections = connections;
    }

    /** The type as the catalog has it now: another one than before if a label of it was renamed or moved. */
    synchronized EnumType of(int oid, String name, List<EnumLabel> labels) {
        EnumType known = byOid.get(oid);
        if (known != null && known.name().equals(name) && known.grow(labels)) {
            return known;
        }
        EnumType type = new EnumType(name, labels);
        byOid.put(oid, type);
        oids.put(type, oid);
        return type;
    }

    /**
     * The value with a label.
     *
     * @throws MillraceException with {@code SOURCE_SCHEMA_CHANGED} if the type is not any more what it was
     */
    EnumLabel label(EnumType type, String label) throws SQLException {
        Optional<EnumLabel> known = type.label(label);
        if (known.isPresent()) {
            return known.get();
        }
        if (!type.grow(labels(oid(type)))) {
            throw new MillraceException(
                    ErrorCode.SOURCE_SCHEMA_CHANGED,
                    "labels of the enum type " + type
                            + " were renamed or moved. Follow the table anew to take over its present form");
        }
        return type.label(label)
                .orElseThrow(() -> new MillraceException(
                        ErrorCode.SOURCE_SCHEMA_CHANGED,
                        "the enum type " + type + " has no label '" + label
                                + "' any more. Follow the table anew to take over its present form"));
    }

    private synchronized int oid(EnumType type) {
        Integer oid = oids.get(type);
        if (oid == null) {
            throw new IllegalArgumentException("not a type of this server: " + type);
        }
        return oid;
    }

    private List<EnumLabel> labels(int oid) throws SQLException {
        List<EnumLabel> labels = new ArrayList<>();
        try (Connection connection = connections.sql();
                PreparedStatement statement = connection.prepareStatement(LABELS)) {
            statement.setLong(1, Integer.toUnsignedLong(oid));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    labels.add(new EnumLabel(row.getFloat("enumsortorder"), row.getString("enumlabel")));
                }
            }
        }
        return labels;
    }
}
