package dev.millrace.sql.compile;

import static dev.millrace.sql.compile.Refusal.invalid;
import static dev.millrace.sql.compile.Refusal.unsupported;

import dev.millrace.dataflow.expression.Expression;
import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.plan.PlanText;
import dev.millrace.dataflow.plan.StepPath;
import dev.millrace.dataflow.row.ColumnType;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.error.MillraceException;
import dev.millrace.sql.catalog.CatalogTable;
import dev.millrace.sql.plan.RecursiveTable;
import dev.millrace.sql.plan.RelationalQuery;
import dev.millrace.sql.type.TypeMapping;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;

/**
 * Compiles a recursive query to a {@linkplain Plan.Fixpoint fixpoint}. The non-recursive term decides the types of the columns, as in Postgres. {@code UNION} leaves one of rows that are identical, and a
 * DISTINCT above it one of those that are equal, where they may differ; a DISTINCT in the recursive term of a {@code UNION} changes nothing and is left out.
 */
final class RecursionCompiler {
    private final Map<String, CatalogTable> tables;
    private final Function<RelNode, Plan> compiler;
    /** The recursions whose recursive terms are being compiled, the innermost first. */
    private final Deque<Frame> frames = new ArrayDeque<>();

    private record Frame(RecursiveTable soFar, List<DataType> types) {}

    /** @param compiler of the queries' terms, which registers the tables that they read */
    RecursionCompiler(Map<String, CatalogTable> tables, Function<RelNode, Plan> compiler) {
        this.tables = tables;
        this.compiler = compiler;
    }

    Plan compile(RecursiveTable table) {
        return table.definition().map(this::fixpoint).orElseGet(() -> soFar(table));
    }

    private Plan soFar(RecursiveTable table) {
        Frame frame = frames.peek();
        if (frame == null || !frame.soFar.equals(table)) {
            throw ofAnother(table);
        }
        return new Plan.Recursion(frame.types);
    }

    private static MillraceException ofAnother(RecursiveTable table) {
        return unsupported("a recursive query that refers to '" + table.name() + "', another one around it,");
    }

    private Plan fixpoint(RecursiveTable.Definition definition) {
        Plan base = visible(compiler.apply(definition.base().root()), definition.base());
        if (StepPath.isOpen(base)) {
            throw ofAnother(frames.element().soFar);
        }
        frames.push(new Frame(definition.soFar(), base.types()));
        Plan step = visible(compiler.apply(definition.step().root()), definition.step());
        frames.pop();
        if (isNothing(step)) {
            return definition.all() ? base : new Plan.Distinct(base);
        }
        boolean severalForms = base.types().stream().anyMatch(DataType::hasSeveralForms);
        Plan linear = linear(step, definition);
        Plan fixpoint = new Plan.Fixpoint(base, conformed(base, linear, definition), definition.all());
        return definition.all() || !severalForms ? fixpoint : new Plan.Distinct(fixpoint);
    }

    /** Whether the planner has found out that a recursive term gives no rows. */
    private static boolean isNothing(Plan plan) {
        return switch (plan) {
            case Plan.Constant constant -> constant.rows().isEmpty();
            case Plan.Filter filter -> isNothing(filter.input());
            case Plan.Project project -> isNothing(project.input());
            case Plan.Join join ->
                switch (join.kind()) {
                    case INNER, SEMI -> isNothing(join.left()) || isNothing(join.right());
                    case LEFT, ANTI -> isNothing(join.left());
                    case RIGHT -> isNothing(join.right());
                    case FULL -> isNothing(join.left()) && isNothing(join.right());
                };
            default -> false;
        };
    }

    /** A term's columns without those that only its order needed. */
    private static Plan visible(Plan plan, RelationalQuery query) {
        int width = query.names().size();
        return plan.types().size() == width
                ? plan
                : new Plan.Project(plan, columns(plan.types().subList(0, width)));
    }

    /** The recursive term without DISTINCT on the way from its rows so far, if it is linear. */
    private static Plan linear(Plan step, RecursiveTable.Definition definition) {
        String name = definition.soFar().name();
        if (step instanceof Plan.Recursion) {
            return step;
        }
        if (step instanceof Plan.Distinct distinct && StepPath.isOpen(distinct)) {
            if (definition.all() || step.types().stream().anyMatch(DataType::hasSeveralForms)) {
                throw unsupported("DISTINCT or GROUP BY over the recursive reference to query '" + name + "'"
                        + (definition.all() ? " with UNION ALL" : " of numeric or float columns"));
            }
            return linear(distinct.input(), definition);
        }
        if (!StepPath.isLinear(step)) {
            throw switch (step) {
                case Plan.Aggregate aggregate ->
                    invalid("aggregate functions are not allowed in a recursive query's recursive term");
                case Plan.TopK topK ->
                    unsupported("LIMIT, OFFSET or a row number over the recursive reference to query '" + name + "'");
                case Plan.UnionAll union ->
                    unsupported("UNION within the recursive term of query '" + name + "'; write one recursive term,");
                default ->
                    unsupported("a recursive reference to query '" + name + "' below '"
                            + PlanText.of(step, id -> List.of()).getFirst() + "'");
            };
        }
        return switch (step) {
            case Plan.Filter filter -> new Plan.Filter(linear(filter.input(), definition), filter.condition());
            case Plan.Project project -> new Plan.Project(linear(project.input(), definition), project.expressions());
            case Plan.FlatMap flatMap ->
                new Plan.FlatMap(
                        linear(flatMap.input(), definition),
                        flatMap.function(),
                        flatMap.arguments(),
                        flatMap.produced());
            case Plan.Join join -> {
                boolean left = StepPath.isOpen(join.left());
                yield new Plan.Join(
                        left ? linear(join.left(), definition) : join.left(),
                        left ? join.right() : linear(join.right(), definition),
                        join.kind(),
                        join.keys(),
                        join.residual());
            }
            default -> throw new IllegalStateException("linear after all: " + step);
        };
    }

    /** The recursive term with its columns converted to the types of the non-recursive one, which must be those that Postgres gives their union. */
    private Plan conformed(Plan base, Plan step, RecursiveTable.Definition definition) {
        List<ColumnType> baseTypes = new ResultTypes(tables).of(base);
        List<ColumnType> stepTypes = new ResultTypes(tables, baseTypes).of(step);
        List<Expression> columns = new ArrayList<>(columns(step.types()));
        for (int i = 0; i < baseTypes.size(); i++) {
            ColumnType declared = baseTypes.get(i);
            DataType common = common(definition, i);
            ColumnType overall = declared.equals(stepTypes.get(i)) ? declared : ColumnType.of(common);
            if (!overall.equals(declared)) {
                throw invalid("recursive query '" + definition.soFar().name() + "' column " + (i + 1) + " has type "
                        + declared + " in non-recursive term but type " + overall
                        + " overall; cast the output of the non-recursive term to the correct type");
            }
            columns.set(i, ExpressionCompiler.convert(columns.get(i), common));
        }
        return columns.equals(columns(step.types())) ? step : new Plan.Project(step, columns);
    }

    private static DataType common(RecursiveTable.Definition definition, int column) {
        RelDataTypeFactory types = definition.base().root().getCluster().getTypeFactory();
        RelDataType base = type(definition.soFar().getRowType(types), column);
        RelDataType step = type(definition.step().root().getRowType(), column);
        RelDataType common = types.leastRestrictive(List.of(base, step));
        if (common == null) {
            throw invalid("UNION types " + TypeMapping.toEngine(base).sqlName() + " and "
                    + TypeMapping.toEngine(step).sqlName() + " cannot be matched");
        }
        return TypeMapping.toEngine(common);
    }

    private static RelDataType type(RelDataType row, int column) {
        return row.getFieldList().get(column).getType();
    }

    private static List<Expression> columns(List<DataType> types) {
        return IntStream.range(0, types.size())
                .<Expression>mapToObj(i -> new Expression.Column(i, types.get(i)))
                .toList();
    }
}
