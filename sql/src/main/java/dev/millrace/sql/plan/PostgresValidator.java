package dev.millrace.sql.plan;

import com.google.common.collect.ImmutableSet;
import dev.millrace.sql.parser.PostgresConformance;
import dev.millrace.sql.parser.SourceText;
import dev.millrace.sql.tablefunction.TableFunctions;
import dev.millrace.sql.type.EngineType;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.config.NullCollation;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.type.SqlTypeMappingRule;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlOperatorTables;
import org.apache.calcite.sql.validate.SelectScope;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorImpl;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.apache.calcite.sql.validate.SqlValidatorUtil;
import org.jspecify.annotations.Nullable;

/** Resolves names and types as Postgres does. */
final class PostgresValidator extends SqlValidatorImpl {
    private static final SqlValidator.Config CONFIG = SqlValidator.Config.DEFAULT
            .withConformance(PostgresConformance.INSTANCE)
            .withDefaultNullCollation(NullCollation.HIGH)
            .withIdentifierExpansion(true)
            .withTypeCoercionFactory(LiteralCoercion::new);

    private final SourceText source;

    private final Overloading overloading = new Overloading(this);

    /** What has its type already, which all that stands around it asks for again. */
    private final Set<SqlNode> derived = Collections.newSetFromMap(new IdentityHashMap<>());

    /** @param source of the queries, for what is said of them */
    PostgresValidator(
            SourceText source, CalciteCatalogReader reader, RelDataTypeFactory types, SqlOperatorTable operators) {
        super(SqlOperatorTables.chain(TableFunctions.OPERATORS, operators), reader, types, CONFIG);
        this.source = source;
    }

    /** Casts from and to types that the planner does not know are the compiler's to refuse. */
    @Override
    public SqlTypeMappingRule getTypeMappingRule() {
        SqlTypeMappingRule known = super.getTypeMappingRule();
        return new SqlTypeMappingRule() {
            @Override
            public Map<SqlTypeName, ImmutableSet<SqlTypeName>> getTypeMapping() {
                return known.getTypeMapping();
            }

            @Override
            public boolean canApplyFrom(SqlTypeName to, SqlTypeName from) {
                return to == EngineType.NAME || from == EngineType.NAME || known.canApplyFrom(to, from);
            }
        };
    }

    /** Types that are not what the planner takes them for: an aggregate's that is NULL over no rows though its argument never is, and a remainder's. */
    @Override
    public RelDataType deriveType(SqlValidatorScope scope, SqlNode expression) {
        if (derived.contains(expression)) {
            return super.deriveType(scope, expression);
        }
        overloading.apply(scope, expression);
        RelDataType type = super.deriveType(scope, expression);
        RelDataType actual = switch (expression.getKind()) {
            case LISTAGG, STRING_AGG -> typeFactory.createTypeWithNullability(type, true);
            case MOD ->
                Remainders.type(
                        typeFactory,
                        ((SqlCall) expression)
                                .getOperandList().stream()
                                        .map(operand -> deriveType(scope, operand))
                                        .toList(),
                        type);
            default -> type;
        };
        if (!actual.equals(type)) {
            setValidatedNodeType(expression, actual);
        }
        derived.add(expression);
        return actual;
    }

    @Override
    public void removeValidatedNodeType(SqlNode expression) {
        super.removeValidatedNodeType(expression);
        derived.remove(expression);
    }

    /** Once it is known what a query reads, what of it Calcite does not know is written as what it does. */
    @Override
    protected void validateFrom(SqlNode from, RelDataType target, SqlValidatorScope scope) {
        super.validateFrom(from, target, scope);
        if (scope instanceof SelectScope whole && from.equals(whole.getNode().getFrom())) {
            VisibleTables tables = new VisibleTables(whole, getCatalogReader().nameMatcher());
            WholeRows.replaceIn(whole.getNode(), tables, source);
            DependentColumns.addTo(whole.getNode(), tables);
        }
    }

    /** A star's columns keep their names even where two of them have the same one. */
    @Override
    protected void addToSelectList(
            List<SqlNode> list,
            Set<String> aliases,
            List<Map.Entry<String, RelDataType>> fields,
            SqlNode item,
            SelectScope scope,
            boolean includeSystemVars) {
        @Nullable String name = SqlValidatorUtil.alias(item);
        if (name == null) {
            super.addToSelectList(list, aliases, fields, item, scope, includeSystemVars);
        } else {
            aliases.add(name);
            fields.add(Map.entry(name, deriveType(scope, item)));
            list.add(item);
        }
    }
}
