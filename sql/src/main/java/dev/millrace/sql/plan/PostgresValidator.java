package dev.millrace.sql.plan;

import com.google.common.collect.ImmutableSet;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import dev.millrace.sql.parser.PostgresConformance;
import dev.millrace.sql.parser.SourceText;
import dev.millrace.sql.tablefunction.TableFunctions;
import dev.millrace.sql.type.EngineType;
import dev.millrace.sql.type.TypeMapping;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.config.NullCollation;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.parser.SqlParserPos;
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

    /** The distance of a frame is an interval of Postgres's, in whose place the planner is shown one of its own; which distances a column has is the compiler's to say. */
    @Override
    public void validateWindow(SqlNode windowOrName, SqlValidatorScope scope, @Nullable SqlCall call) {
        if (!(windowOrName instanceof SqlWindow window)) {
            super.validateWindow(windowOrName, scope, call);
            return;
        }
        @Nullable SqlNode lower = window.getLowerBound();
        @Nullable SqlNode upper = window.getUpperBound();
        window.setLowerBound(shown(window, lower, scope));
        window.setUpperBound(shown(window, upper, scope));
        super.validateWindow(window, scope, call);
        window.setLowerBound(lower);
        window.setUpperBound(upper);
    }

    private @Nullable SqlNode shown(SqlWindow window, @Nullable SqlNode bound, SqlValidatorScope scope) {
        boolean offset =
                bound != null && (bound.getKind() == SqlKind.PRECEDING || bound.getKind() == SqlKind.FOLLOWING);
        if (!offset || !(bound instanceof SqlCall call)) {
            return bound;
        }
        RelDataType type = deriveType(scope, call.operand(0));
        requireDistances(window, scope);
        boolean interval = call.operand(0) instanceof SqlCharStringLiteral
                || (EngineType.isOne(type) && TypeMapping.toEngine(type) == DataType.INTERVAL);
        SqlParserPos position = call.getParserPosition();
        SqlIntervalQualifier day = new SqlIntervalQualifier(TimeUnit.DAY, null, position);
        return interval
                ? call.getOperator().createCall(position, SqlLiteral.createInterval(1, "1", day, position))
                : bound;
    }

    /** The planner knows no distances of these, and Postgres does. */
    private void requireDistances(SqlWindow window, SqlValidatorScope scope) {
        for (SqlNode key : window.getOrderList()) {
            RelDataType type = deriveType(scope, key);
            DataType known = EngineType.isOne(type) ? TypeMapping.toEngine(type) : DataType.INT4;
            if (!window.isRows()
                    && (known == DataType.TIME || known == DataType.TIMETZ || known == DataType.INTERVAL)) {
                throw new MillraceException(
                        ErrorCode.UNSUPPORTED_SQL,
                        "RANGE with an offset over a column of type " + known.sqlName() + " cannot be kept live yet");
            }
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
