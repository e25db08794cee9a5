package dev.millrace.sql.type;

import dev.millrace.dataflow.row.ColumnType;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.EnumType;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.type.ArraySqlType;
import org.apache.calcite.sql.type.SqlTypeName;

/** Column types to the planner's types, and back. */
public final class TypeMapping {
    /** Postgres's own names of types, which the standard does not know. */
    public static final Map<String, Function<RelDataTypeFactory, RelDataType>> SHORT_NAMES = Map.ofEntries(
            named("text", SqlTypeName.VARCHAR),
            named("bool", SqlTypeName.BOOLEAN),
            named("int2", SqlTypeName.SMALLINT),
            named("int4", SqlTypeName.INTEGER),
            named("int8", SqlTypeName.BIGINT),
            named("float4", SqlTypeName.REAL),
            named("float8", SqlTypeName.DOUBLE),
            named("bytea", SqlTypeName.VARBINARY),
            named("timestamptz", SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE),
            named(DataType.TIME),
            named(DataType.TIMETZ),
            named(DataType.INTERVAL),
            named(DataType.JSON),
            named(DataType.JSONB),
            named(DataType.OID));

    private TypeMapping() {}

    private static Map.Entry<String, Function<RelDataTypeFactory, RelDataType>> named(String name, SqlTypeName type) {
        return Map.entry(name, factory -> factory.createSqlType(type));
    }

    private static Map.Entry<String, Function<RelDataTypeFactory, RelDataType>> named(DataType type) {
        return Map.entry(type.sqlName(), ignored -> new EngineType(type, false));
    }

    public static RelDataType toPlanner(
            PostgresTypeFactory factory, Optional<ColumnType> type, String typeName, boolean nullable) {
        if (type.isEmpty()) {
            return new UnsupportedType(typeName, nullable);
        }
        return factory.createTypeWithNullability(toPlanner(factory, type.get()), nullable);
    }

    /** The planner's type that never is null. */
    public static RelDataType toPlanner(PostgresTypeFactory factory, ColumnType type) {
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
            case TIME, TIMETZ, INTERVAL, JSON, JSONB, OID -> new EngineType(type.type(), false);
            case ENUM -> type.labels().map(EngineType::of).orElseGet(() -> new EngineType(type.type(), false));
            default -> {
                RelDataType element = toPlanner(factory, type.element());
                yield factory.createArrayType(factory.createTypeWithNullability(element, true), -1);
            }
        };
    }

    /** The type that values of this planner's type have in the engine. */
    public static DataType toEngine(RelDataType type) {
        if (type instanceof EngineType known) {
            return known.type();
        }
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

    /** The type that values of this planner's type have in the engine, with the labels of an enum but without what is declared of others. */
    public static ColumnType toColumn(RelDataType type) {
        DataType engine = toEngine(type);
        return labels(type).map(labels -> ColumnType.labelled(engine, labels)).orElseGet(() -> ColumnType.of(engine));
    }

    /** The enum type of an enum or an array of them. */
    public static Optional<EnumType> labels(RelDataType type) {
        return switch (type) {
            case EngineType known -> known.labels();
            case ArraySqlType array -> labels(array.getComponentType());
            default -> Optional.empty();
        };
    }

    private static MillraceException unreadable(RelDataType type) {
        if (type.getSqlTypeName() == SqlTypeName.CURSOR) {
            return new MillraceException(
                    ErrorCode.INVALID_QUERY, "a function that gives rows stands in FROM or in a select list");
        }
        if (type.getSqlTypeName() == SqlTypeName.ARRAY
                && type.getComponentType().getSqlTypeName() == SqlTypeName.CHAR) {
            return new MillraceException(
                    ErrorCode.UNSUPPORTED_SQL,
                    "an array of char(n) cannot be kept live yet; cast its elements to text first");
        }
        return new MillraceException(
                ErrorCode.UNSUPPORTED_TYPE,
                "values of type " + type + " cannot be read yet; leave them out of the query");
    }
}
