package dev.millrace.sql.parser;

import dev.millrace.error.ErrorCode;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlUserDefinedTypeNameSpec;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlShuttle;

/** Lets only those types be named whose values are made exactly as Postgres makes them. */
final class CastTargets extends SqlShuttle {
    private static final int MICROSECOND_DIGITS = 6;

    private final SourceText source;

    CastTargets(SourceText source) {
        this.source = source;
    }

    @Override
    public SqlNode visit(SqlDataTypeSpec type) {
        if (!(type.getTypeNameSpec() instanceof SqlBasicTypeNameSpec basic)) {
            return unqualified(type);
        }
        SqlTypeName name = SqlTypeName.get(basic.getTypeName().getSimple());
        boolean bounded = basic.getPrecision() >= 0;
        boolean supported = name != null
                && switch (name) {
                    case BOOLEAN, SMALLINT, INTEGER, BIGINT, REAL, DOUBLE, DECIMAL, VARCHAR, DATE, UUID -> true;
                    case FLOAT -> !bounded;
                    case TIMESTAMP,
                            TIMESTAMP_TZ,
                            TIMESTAMP_WITH_LOCAL_TIME_ZONE,
                            TIME,
                            TIME_TZ,
                            TIME_WITH_LOCAL_TIME_ZONE -> !bounded || basic.getPrecision() == MICROSECOND_DIGITS;
                    default -> false;
                };
        if (name == null || !supported) {
            throw refused(type);
        }
        return switch (name) {
            case TIMESTAMP_TZ, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> named("timestamptz", type.getParserPosition());
            case TIME -> named("time", type.getParserPosition());
            case TIME_TZ, TIME_WITH_LOCAL_TIME_ZONE -> named("timetz", type.getParserPosition());
            default -> type;
        };
    }

    /** A type without its schema: types are known by their names alone. */
    private static SqlNode unqualified(SqlDataTypeSpec type) {
        SqlIdentifier name = type.getTypeName();
        boolean qualified = type.getTypeNameSpec() instanceof SqlUserDefinedTypeNameSpec && !name.isSimple();
        return qualified ? named(name.names.getLast(), type.getParserPosition()) : type;
    }

    /** A type that goes by a name of its own. */
    static SqlDataTypeSpec named(String name, SqlParserPos position) {
        return new SqlDataTypeSpec(
                new SqlUserDefinedTypeNameSpec(new SqlIdentifier(name, position), position), position);
    }

    private RuntimeException refused(SqlDataTypeSpec type) {
        return source.error(
                ErrorCode.UNSUPPORTED_SQL,
                "a cast to " + PostgresNames.of(type) + " cannot be kept live yet",
                type.getParserPosition().getLineNum(),
                type.getParserPosition().getColumnNum());
    }
}
