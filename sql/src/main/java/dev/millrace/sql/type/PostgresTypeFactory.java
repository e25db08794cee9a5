package dev.millrace.sql.type;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import org.apache.calcite.jdbc.JavaTypeFactoryImpl;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeMappingRule;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/**
 * Makes the planner's types: text is UTF-8, a quoted literal is text (the standard's CHAR stands for char(n) columns only), and two
 * values' common type is the one that Postgres converts both to.
 */
public final class PostgresTypeFactory extends JavaTypeFactoryImpl {
    /** Each can be converted to those after it. */
    private static final List<SqlTypeName> TIMES =
            List.of(SqlTypeName.DATE, SqlTypeName.TIMESTAMP, SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE);

    public PostgresTypeFactory() {
        super(PostgresTypeSystem.INSTANCE);
    }

    @Override
    public Charset getDefaultCharset() {
        return StandardCharsets.UTF_8;
    }

    /** The type of a char(n) column. */
    public RelDataType blankPadded(int length) {
        return super.createSqlType(SqlTypeName.CHAR, length);
    }

    /** The type of a column that has this type in the query that it comes from, and may be null: what is only a literal or NULL is text. */
    public RelDataType column(RelDataType type) {
        boolean undecided = type.getSqlTypeName() == SqlTypeName.NULL
                || (type.getSqlTypeName() == SqlTypeName.VARCHAR && isLiteral(type));
        return createTypeWithNullability(undecided ? createSqlType(SqlTypeName.VARCHAR) : type, true);
    }

    @Override
    public RelDataType createTypeWithNullability(RelDataType type, boolean nullable) {
        return type instanceof EngineType known
                ? known.withNullability(nullable)
                : super.createTypeWithNullability(type, nullable);
    }

    private RelDataType literal() {
        return super.createSqlType(SqlTypeName.VARCHAR, PostgresTypeSystem.LITERAL_LENGTH);
    }

    @Override
    public RelDataType createSqlType(SqlTypeName name) {
        return name == SqlTypeName.CHAR ? literal() : super.createSqlType(name);
    }

    @Override
    public RelDataType createSqlType(SqlTypeName name, int precision) {
        return switch (name) {
            case CHAR -> literal();
            case DECIMAL -> createSqlType(name, precision, 0);
            default -> super.createSqlType(name, precision);
        };
    }

    @Override
    public @Nullable RelDataType leastRestrictive(List<RelDataType> types, SqlTypeMappingRule rule) {
        boolean nullable = types.stream().anyMatch(RelDataType::isNullable);
        List<RelDataType> known = types.stream()
                .filter(type -> type.getSqlTypeName() != SqlTypeName.NULL)
                .toList();
        List<RelDataType> typed = known.stream()
                .filter(type -> type.getSqlTypeName() != SqlTypeName.VARCHAR || !isLiteral(type))
                .toList();
        boolean besideOthers = typed.size() < known.size()
                && !typed.isEmpty()
                && typed.stream().noneMatch(type -> SqlTypeUtil.isCharacter(type) || EngineType.isOne(type));
        if (besideOthers) {
            // Quoted literals are of the type that the others have; the compiler converts them.
            RelDataType common = leastRestrictive(typed, rule);
            return common == null ? null : createTypeWithNullability(common, nullable);
        }
        boolean text = known.stream().anyMatch(type -> SqlTypeUtil.isCharacter(type) && !isLiteral(type));
        boolean blankPadded = known.stream().anyMatch(type -> type.getSqlTypeName() == SqlTypeName.CHAR);
        boolean varying =
                known.stream().anyMatch(type -> type.getSqlTypeName() == SqlTypeName.VARCHAR && !isLiteral(type));
        boolean uuid = known.stream().anyMatch(type -> type.getSqlTypeName() == SqlTypeName.UUID);
        if ((text && uuid) || (blankPadded && varying)) {
            return null;
        }
        @Nullable RelDataType common = null;
        if (known.stream().anyMatch(EngineType::isOne)) {
            common = engineType(known);
            if (common == null) {
                return null;
            }
        } else if (!known.isEmpty() && known.stream().allMatch(SqlTypeUtil::isCharacter)) {
            common = characters(known);
        } else if (!known.isEmpty() && known.stream().allMatch(PostgresTypeSystem::isNumber)) {
            common = number(known);
        } else if (!known.isEmpty() && known.stream().allMatch(type -> TIMES.contains(type.getSqlTypeName()))) {
            common = createSqlType(known.stream()
                    .map(RelDataType::getSqlTypeName)
                    .max(Comparator.comparingInt(TIMES::indexOf))
                    .orElseThrow());
        }
        return common == null ? super.leastRestrictive(types, rule) : createTypeWithNullability(common, nullable);
    }

    /** The one type that all have but quoted literals, if there is one. */
    private @Nullable RelDataType engineType(List<RelDataType> types) {
        List<RelDataType> typed = types.stream()
                .filter(type -> !(type.getSqlTypeName() == SqlTypeName.VARCHAR && isLiteral(type)))
                .toList();
        return isSame(typed) ? typed.getFirst() : null;
    }

    /** Of one type they keep it with its length; otherwise they are text of any length. */
    private RelDataType characters(List<RelDataType> types) {
        if (isSame(types)) {
            return types.getFirst();
        }
        OptionalInt length = types.stream()
                .filter(type -> type.getSqlTypeName() == SqlTypeName.CHAR)
                .mapToInt(RelDataType::getPrecision)
                .max();
        boolean blankPadded = length.isPresent()
                && types.stream().allMatch(type -> type.getSqlTypeName() == SqlTypeName.CHAR || isLiteral(type));
        return blankPadded ? blankPadded(length.getAsInt()) : createSqlType(SqlTypeName.VARCHAR);
    }

    /** Whether a text type is that of quoted literals, which take the type of what they stand beside. */
    private static boolean isLiteral(RelDataType type) {
        return type.getPrecision() == PostgresTypeSystem.LITERAL_LENGTH;
    }

    /** No opinion on integers, of which the planner takes the widest too. */
    private @Nullable RelDataType number(List<RelDataType> types) {
        boolean approximate = !types.stream().allMatch(PostgresTypeSystem::isExact);
        if (approximate) {
            boolean single = types.stream()
                    .allMatch(type -> type.getSqlTypeName() == SqlTypeName.REAL || PostgresTypeSystem.isExact(type));
            return createSqlType(single ? SqlTypeName.REAL : SqlTypeName.DOUBLE);
        }
        boolean numeric = types.stream().anyMatch(type -> type.getSqlTypeName() == SqlTypeName.DECIMAL);
        return numeric && !isSame(types) ? PostgresTypeSystem.undeclaredNumeric(this) : null;
    }

    private boolean isSame(List<RelDataType> types) {
        return types.stream()
                        .map(type -> createTypeWithNullability(type, true))
                        .distinct()
                        .count()
                == 1;
    }
}
