package dev.millrace.sql.type;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeSystemImpl;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * Which type the result of an operation has in Postgres. Arithmetic over numeric gives a numeric without declared precision;
 * such a type is written as {@code DECIMAL} of the greatest precision, and a cast to it changes nothing.
 */
public final class PostgresTypeSystem extends RelDataTypeSystemImpl {
    public static final PostgresTypeSystem INSTANCE = new PostgresTypeSystem();
    static final int MAX_NUMERIC_PRECISION = 2000;
    static final int UNDECLARED_SCALE = 1000;
    private static final int MICROSECOND_DIGITS = 6;
    private static final int MAX_DECLARED_LENGTH = 10_485_760;
    /** Longer than any varchar(n) can be declared: marks the type of quoted literals. */
    static final int LITERAL_LENGTH = MAX_DECLARED_LENGTH + 1;

    private PostgresTypeSystem() {}

    @Override
    public int getMaxPrecision(SqlTypeName type) {
        return switch (type) {
            case DECIMAL -> MAX_NUMERIC_PRECISION;
            case CHAR, VARCHAR -> LITERAL_LENGTH;
            case TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE, TIMESTAMP_TZ, TIME -> MICROSECOND_DIGITS;
            default -> super.getMaxPrecision(type);
        };
    }

    @Override
    public int getMaxScale(SqlTypeName type) {
        return type == SqlTypeName.DECIMAL ? UNDECLARED_SCALE : super.getMaxScale(type);
    }

    @Override
    public int getDefaultPrecision(SqlTypeName type) {
        return switch (type) {
            case DECIMAL -> MAX_NUMERIC_PRECISION;
            case TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE, TIMESTAMP_TZ, TIME -> MICROSECOND_DIGITS;
            default -> super.getDefaultPrecision(type);
        };
    }

    @Override
    public int getDefaultScale(SqlTypeName type) {
        return type == SqlTypeName.DECIMAL ? UNDECLARED_SCALE : super.getDefaultScale(type);
    }

    @Override
    public boolean shouldConvertRaggedUnionTypesToVarying() {
        return true;
    }

    /**
     * sum(int2) and sum(int4) are int8, sum(int8) and sum(numeric) are numeric, a float's sum is of its type. It can always be null: a
     * FILTER may leave nothing to add up, whatever the column.
     */
    @Override
    public RelDataType deriveSumType(RelDataTypeFactory factory, RelDataType argument) {
        RelDataType type = switch (argument.getSqlTypeName()) {
            case SMALLINT, INTEGER -> factory.createSqlType(SqlTypeName.BIGINT);
            case BIGINT, DECIMAL -> undeclaredNumeric(factory);
            default -> argument;
        };
        return factory.createTypeWithNullability(type, true);
    }

    /** The average of floats is float8, all others' is numeric; it can be null as a sum can. */
    @Override
    public RelDataType deriveAvgAggType(RelDataTypeFactory factory, RelDataType argument) {
        RelDataType type = switch (argument.getSqlTypeName()) {
            case SMALLINT, INTEGER, BIGINT, DECIMAL -> undeclaredNumeric(factory);
            case REAL, FLOAT, DOUBLE -> factory.createSqlType(SqlTypeName.DOUBLE);
            default -> argument;
        };
        return factory.createTypeWithNullability(type, true);
    }

    @Override
    public @Nullable RelDataType deriveDecimalPlusType(
            RelDataTypeFactory factory, RelDataType left, RelDataType right) {
        return arithmetic(factory, left, right);
    }

    @Override
    public @Nullable RelDataType deriveDecimalMultiplyType(
            RelDataTypeFactory factory, RelDataType left, RelDataType right) {
        return arithmetic(factory, left, right);
    }

    @Override
    public @Nullable RelDataType deriveDecimalDivideType(
            RelDataTypeFactory factory, RelDataType left, RelDataType right) {
        return arithmetic(factory, left, right);
    }

    @Override
    public @Nullable RelDataType deriveDecimalModType(RelDataTypeFactory factory, RelDataType left, RelDataType right) {
        return arithmetic(factory, left, right);
    }

    /** Floats combine to float8 unless both are float4, and exact numbers of which one is a numeric to numeric; no opinion on others. */
    private static @Nullable RelDataType arithmetic(RelDataTypeFactory factory, RelDataType left, RelDataType right) {
        boolean bothReal = left.getSqlTypeName() == SqlTypeName.REAL && right.getSqlTypeName() == SqlTypeName.REAL;
        if (isNumber(left) && isNumber(right) && !(isExact(left) && isExact(right)) && !bothReal) {
            return factory.createTypeWithNullability(
                    factory.createSqlType(SqlTypeName.DOUBLE), left.isNullable() || right.isNullable());
        }
        boolean exact = isExact(left) && isExact(right);
        boolean numeric = left.getSqlTypeName() == SqlTypeName.DECIMAL || right.getSqlTypeName() == SqlTypeName.DECIMAL;
        return exact && numeric
                ? factory.createTypeWithNullability(undeclaredNumeric(factory), left.isNullable() || right.isNullable())
                : null;
    }

    static boolean isNumber(RelDataType type) {
        return SqlTypeName.NUMERIC_TYPES.contains(type.getSqlTypeName());
    }

    static boolean isExact(RelDataType type) {
        return SqlTypeName.EXACT_TYPES.contains(type.getSqlTypeName());
    }

    /** numeric without declared precision and scale. */
    public static RelDataType undeclaredNumeric(RelDataTypeFactory factory) {
        return factory.createSqlType(SqlTypeName.DECIMAL, MAX_NUMERIC_PRECISION, UNDECLARED_SCALE);
    }

    /** Whether a text type was declared with a length. */
    public static boolean isDeclaredText(RelDataType type) {
        return type.getSqlTypeName() == SqlTypeName.VARCHAR
                && type.getPrecision() > 0
                && type.getPrecision() <= MAX_DECLARED_LENGTH;
    }

    /** Whether a DECIMAL stands for a numeric without declared precision. */
    public static boolean isUndeclaredNumeric(RelDataType type) {
        return type.getPrecision() >= MAX_NUMERIC_PRECISION || type.getScale() >= UNDECLARED_SCALE;
    }
}
