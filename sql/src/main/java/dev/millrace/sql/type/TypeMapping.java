package dev.millrace.sql.type;

import dev.millrace.dataflow.row.ColumnType;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.type.SqlTypeName;

/** Column types to the planner's types, and back. */
public final class TypeMapping {
    /** Postgres's own names of types, which the standard does not know. */
    public static final Map<String, Function<RelDataTypeFactory, RelDataType>> SHORT_NAMES = Map.of(
            "text", factory -> factory.createSqlType(SqlTypeName.VARCHAR),
            "bool", factory -> factory.createSqlType(SqlTypeName.BOOLEAN),
            "int2", factory -> factory.createSqlType(SqlTypeName.SMALLINT),
            "int4", factory -> factory.createSqlType(SqlTypeName.INTEGER),
            "int8", factory -> factory.createSqlType(SqlTypeName.BIGINT),
            "float4", factory -> factory.createSqlType(SqlTypeName.REAL),
            "float8", factory -> factory.createSqlType(SqlTypeName.DOUBLE),
            "bytea", factory -> factory.createSqlType(SqlTypeName.VARBINARY),
            "timestamptz", factory -> factory.createSqlType(SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE));

    private TypeMapping() {}

    public static RelDataType toPlanner(
            PostgresTypeFactory factory, Optional<ColumnType> type, String typeName, boolean nullable) {
        if (type.isEmpty()) {
            return new UnsupportedType(typeName, nullable);
        }
        return factory.createTypeWithNullability(toPlanner(factory, type.get()), nullable);
    }

    private static RelDataType toPlanner(PostgresTypeFactory factory, ColumnType type) {
        return switch (type.type()) {
            case BOOL -> factory.createSqlType(SqlTypeName.BOOLEAN);
            case INT2 -> factory.createSqlType(SqlTypeName.SMALLINT);
            case INT4 -> factory.createSqlType(SqlTypeName.INTEGER);
            case INT8 -> factory.createSqlType(SqlTypeName.BIGINT);
            case FLOAT4 -> factory.createSqlType(SqlTypeName.REAL);
            case FLOAT8 -> factory.createSqlType(SqlTypeName.DOUBLE);
            case NUMERIC ->
                type.precision() == ColumnType.UNDECLARED
                        ? PostgresTypeSystem.undeclaredNumeric(factory)
                        : factory.createSqlType(SqlTypeName.DECIMAL, type.precision(), type.scale());
            case TEXT ->
                type.precision() == ColumnType.UNDECLARED
                        ? factory.createSqlType(SqlTypeName.VARCHAR)
                        : factory.createSqlType(SqlTypeName.VARCHAR, type.precision());
            case CHAR -> factory.blankPadded(type.precision());
            case BYTEA -> factory.createSqlType(SqlTypeName.VARBINARY);
            case DATE -> factory.createSqlType(SqlTypeName.DATE);
            case TIMESTAMP -> factory.createSqlType(SqlTypeName.TIMESTAMP);
            case TIMESTAMPTZ -> factory.createSqlType(SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE);
            case UUID -> factory.createSqlType(SqlTypeName.UUID);
            default -> throw new IllegalArgumentException("no column has type " + type);
        };
    }

    /** The type that values of this planner's type have in the engine. */
    public static DataType toEngine(RelDataType type) {
        return switch (type.getSqlTypeName()) {
            case BOOLEAN -> DataType.BOOL;
            case SMALLINT, TINYINT -> DataType.INT2;
            case INTEGER -> DataType.INT4;
            case BIGINT -> DataType.INT8;
            case REAL -> DataType.FLOAT4;
            case FLOAT, DOUBLE -> DataType.FLOAT8;
            case DECIMAL -> DataType.NUMERIC;
            case VARCHAR, NULL -> DataType.TEXT;
            case CHAR -> DataType.CHAR;
            case BINARY, VARBINARY -> DataType.BYTEA;
            case DATE -> DataType.DATE;
            case TIMESTAMP -> DataType.TIMESTAMP;
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE, TIMESTAMP_TZ -> DataType.TIMESTAMPTZ;
            case UUID -> DataType.UUID;
            case ARRAY -> toEngine(type.getComponentType()).array().orElseThrow(() -> unreadable(type));
            default -> throw unreadable(type);
        };
    }

    private static MillraceException unreadable(RelDataType type) {
        return new MillraceException(
                ErrorCode.UNSUPPORTED_TYPE,
                "values of type " + type + " cannot be read yet; leave them out of the query");
    }
}
