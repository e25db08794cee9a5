package dev.millrace.sql.type;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.calcite.jdbc.JavaTypeFactoryImpl;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeMappingRule;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/** Makes the planner's types: text is UTF-8, and two numbers' common type is the one that Postgres converts both to. */
public final class PostgresTypeFactory extends JavaTypeFactoryImpl {
    public PostgresTypeFactory() {
        super(PostgresTypeSystem.INSTANCE);
    }

    @Override
    public Charset getDefaultCharset() {
        return StandardCharsets.UTF_8;
    }

    @Override
    public @Nullable RelDataType leastRestrictive(List<RelDataType> types, SqlTypeMappingRule rule) {
        boolean numbers = types.stream().allMatch(type -> SqlTypeName.NUMERIC_TYPES.contains(type.getSqlTypeName()));
        if (numbers) {
            boolean nullable = types.stream().anyMatch(RelDataType::isNullable);
            boolean approximate = !types.stream().allMatch(PostgresTypeSystem::isExact);
            boolean allReal = types.stream().allMatch(type -> type.getSqlTypeName() == SqlTypeName.REAL);
            if (approximate && !allReal) {
                return createTypeWithNullability(createSqlType(SqlTypeName.DOUBLE), nullable);
            }
            boolean numeric = types.stream().anyMatch(type -> type.getSqlTypeName() == SqlTypeName.DECIMAL);
            boolean same = types.stream()
                            .map(type -> createTypeWithNullability(type, true))
                            .distinct()
                            .count()
                    == 1;
            if (numeric && !same) {
                return createTypeWithNullability(PostgresTypeSystem.undeclaredNumeric(this), nullable);
            }
        }
        return super.leastRestrictive(types, rule);
    }
}
