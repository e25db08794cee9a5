package dev.millrace.connector.postgres;

import dev.millrace.dataflow.row.ColumnType;
import dev.millrace.dataflow.row.DataType;
import java.util.Map;
import java.util.Optional;

/** Which of Postgres's built-in types have a representation here, by their OIDs in {@code pg_type}. */
final class PostgresTypes {
    private static final Map<Integer, DataType> BY_OID = Map.ofEntries(
            Map.entry(16, DataType.BOOL),
            Map.entry(17, DataType.BYTEA),
            Map.entry(20, DataType.INT8),
            Map.entry(21, DataType.INT2),
            Map.entry(23, DataType.INT4),
            Map.entry(25, DataType.TEXT),
            Map.entry(700, DataType.FLOAT4),
            Map.entry(701, DataType.FLOAT8),
            Map.entry(1042, DataType.CHAR),
            Map.entry(1043, DataType.TEXT),
            Map.entry(1082, DataType.DATE),
            Map.entry(1114, DataType.TIMESTAMP),
            Map.entry(1184, DataType.TIMESTAMPTZ),
            Map.entry(1700, DataType.NUMERIC),
            Map.entry(2950, DataType.UUID),
            Map.entry(1083, DataType.TIME),
            Map.entry(1266, DataType.TIMETZ),
            Map.entry(1186, DataType.INTERVAL),
            Map.entry(114, DataType.JSON),
            Map.entry(3802, DataType.JSONB),
            Map.entry(26, DataType.OID),
            Map.entry(1000, DataType.BOOL_ARRAY),
            Map.entry(1001, DataType.BYTEA_ARRAY),
            Map.entry(1005, DataType.INT2_ARRAY),
            Map.entry(1007, DataType.INT4_ARRAY),
            Map.entry(1016, DataType.INT8_ARRAY),
            Map.entry(1009, DataType.TEXT_ARRAY),
            Map.entry(1015, DataType.TEXT_ARRAY),
            Map.entry(1021, DataType.FLOAT4_ARRAY),
            Map.entry(1022, DataType.FLOAT8_ARRAY),
            Map.entry(1115, DataType.TIMESTAMP_ARRAY),
            Map.entry(1182, DataType.DATE_ARRAY),
            Map.entry(1183, DataType.TIME_ARRAY),
            Map.entry(1185, DataType.TIMESTAMPTZ_ARRAY),
            Map.entry(1187, DataType.INTERVAL_ARRAY),
            Map.entry(1231, DataType.NUMERIC_ARRAY),
            Map.entry(1270, DataType.TIMETZ_ARRAY),
            Map.entry(2951, DataType.UUID_ARRAY),
            Map.entry(199, DataType.JSON_ARRAY),
            Map.entry(3807, DataType.JSONB_ARRAY),
            Map.entry(1028, DataType.OID_ARRAY));

    /** What a modifier is offset by: it counts a length word that is no part of the value. */
    private static final int MODIFIER_HEADER = 4;

    private PostgresTypes() {}

    /** @param modifier {@code pg_attribute.atttypmod}: a length, or precision and scale, or -1 */
    static Optional<ColumnType> columnType(int oid, int modifier) {
        DataType type = BY_OID.get(oid);
        if (type == null) {
            return Optional.empty();
        }
        if (modifier < MODIFIER_HEADER) {
            return Optional.of(ColumnType.of(type));
        }
        int declared = modifier - MODIFIER_HEADER;
        return Optional.of(
                switch (type) {
                    case TEXT, CHAR -> ColumnType.character(type, declared);
                    case NUMERIC -> ColumnType.numeric(declared >>> 16, signExtended(declared & 0x7FF));
                    default -> ColumnType.of(type);
                });
    }

    /** Whether a change from one modifier to another may have rewritten stored values. Lengths only ever refuse values. */
    static boolean modifierRewrites(DataType type, int before, int after) {
        return switch (type) {
            case TEXT, CHAR, TEXT_ARRAY -> false;
            default -> before != after;
        };
    }

    /** A numeric's scale is an 11-bit two's complement number. */
    private static int signExtended(int scale) {
        return (scale ^ 0x400) - 0x400;
    }
}
