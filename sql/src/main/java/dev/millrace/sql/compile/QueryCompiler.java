package dev.millrace.sql.compile;

import static dev.millrace.sql.compile.Refusal.unsupported;

import dev.millrace.dataflow.expression.Expression;
import dev.millrace.dataflow.plan.ColumnPruning;
import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.plan.PlanExpressions;
import dev.millrace.dataflow.plan.SortKey;
import dev.millrace.dataflow.row.Collation;
import dev.millrace.dataflow.row.ColumnType;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.sql.catalog.CatalogTable;
import dev.millrace.sql.plan.PlannedTable;
import dev.millrace.sql.plan.RecursiveTable;
import dev.millrace.sql.plan.RelationalQuery;
import dev.millrace.sql.type.TypeMapping;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.calcite.rel.RelCollation;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Intersect;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sample;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableFunctionScan;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.core.Window;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;

/** Compiles relational algebra to a plan, one relational operator after the other, from the leaves up. */
public final class QueryCompiler {
    private final Map<String, CatalogTable> tables = new HashMap<>();
    private final Map<String, Plan> materialized = new HashMap<>();
    private final RecursionCompiler recursions = new RecursionCompiler(tables, this::compile);

    private QueryCompiler() {}

    /**
     * Compiles a planned query.
     *
     * @throws dev.millrace.error.MillraceException {@code UNSUPPORTED_SQL} or {@code UNSUPPORTED_TYPE}, naming what is not supported
     */
    public static CompiledQuery compile(RelationalQuery query) {
        return new QueryCompiler().query(query);
    }

    /** The type of a planned query's first column, with what is declared of it. */
    public static ColumnType declaredType(RelationalQuery query) {
        return Casts.targetOf(
                query.root().getRowType().getFieldList().getFirst().getType());
    }

    private CompiledQuery query(RelationalQuery query) {
        List<RelDataTypeField> fields = query.root().getRowType().getFieldList();
        fields.forEach(field -> ExpressionCompiler.requireReadable(field.getType(), field.getName()));
        List<SortKey> order = order(query.order());
        Plan pruned = ColumnPruning.prune(compile(query.root()));
        List<Optional<Collation>> collations = new TextOrder(tables).check(pruned, order);
        Plan plan = TextOrder.withoutNames(pruned);
        List<ColumnType> types = new ResultTypes(tables).of(plan);
        List<CompiledQuery.OutputColumn> columns = new ArrayList<>();
        for (int i = 0; i < query.names().size(); i++) {
            RelDataType planned = fields.get(i).getType();
            ColumnType type = TypeMapping.labels(planned).isPresent() ? TypeMapping.toColumn(planned) : types.get(i);
            columns.add(new CompiledQuery.OutputColumn(
                    query.names().get(i), type, planned.isNullable(), collations.get(i)));
        }
        order.forEach(key -> Orderable.require(plan.types().get(key.column())));
        Plan expanded = expanded(plan);
        PlanSize.require(expanded);
        return new CompiledQuery(
                expanded,
                columns,
                key(plan, columns.size()),
                order,
                tablesOf(expanded),
                query.parameters(),
                query.reads());
    }

    /** The plan with those of the materialized views in their places, so that it has them in common with the views. */
    private Plan expanded(Plan plan) {
        if (plan instanceof Plan.Table(String id, var ignored)) {
            return materialized.getOrDefault(id, plan);
        }
        return materialized.isEmpty()
                ? plan
                : PlanExpressions.with(
                        plan, plan.inputs().stream().map(this::expanded).toList(), PlanExpressions.of(plan));
    }

    /** The ids of the tables that a plan reads. */
    public static Set<String> tablesOf(Plan plan) {
        Set<String> tables = new HashSet<>();
        if (plan instanceof Plan.Table(String id, var ignored)) {
            tables.add(id);
        }
        plan.inputs().forEach(input -> tables.addAll(tablesOf(input)));
        return tables;
    }

    /** The smallest set of visible columns that identifies a row. */
    private Optional<List<Integer>> key(Plan plan, int visible) {
        return new UniqueKeys(tables)
                .of(plan).stream()
                        .filter(key -> key.stream().allMatch(column -> column < visible))
                        .min(Comparator.comparingInt(Set::size))
                        .map(key -> key.stream().sorted().toList());
    }

    private Plan compile(RelNode node) {
        return switch (node) {
            case TableScan scan -> table(scan);
            case Values values -> constant(values);
            case Filter filter
            when RowNumberCompiler.applies(filter) -> {
                Project numbers = (Project) filter.getInput();
                Plan input = compile(numbers.getInput());
                yield new RowNumberCompiler(numbers, input)
                        .compile(filter.getCondition())
                        .orElseGet(() -> filter(filter, new WindowCompiler(numbers, input).compile()));
            }
            case Filter filter -> filter(filter, compile(filter.getInput()));
            case Project project
            when WindowCompiler.applies(project) -> new WindowCompiler(project, compile(project.getInput())).compile();
            case Project project -> {
                Plan input = compile(project.getInput());
                yield LateProjections.project(
                        input, expressions(project.getInput(), input).compileAll(project.getProjects()));
            }
            case Join join ->
                new JoinCompiler(join, compile(join.getLeft()), compile(join.getRight()), new UniqueKeys(tables))
                        .compile();
            case Aggregate aggregate ->
                new AggregateCompiler(aggregate, compile(aggregate.getInput()), new UniqueKeys(tables)).compile();
            case Sort sort -> sort(sort);
            case SetOp operation -> setOperation(operation);
            case Window window -> throw unsupported("a window function");
            case Correlate correlate ->
                throw unsupported("a LATERAL join or subquery that refers to its outer query in this way");
            case TableFunctionScan scan
            when scan.getInputs().size() == 1 -> new FlatMapCompiler(scan, compile(scan.getInput(0))).compile();
            case TableFunctionScan scan -> throw unsupported("a table function in this place");
            case Sample sample -> throw unsupported("TABLESAMPLE");
            default -> throw unsupported("the relational operator " + node.getRelTypeName());
        };
    }

    private static Plan filter(Filter filter, Plan input) {
        return LateProjections.filter(
                input, expressions(filter.getInput(), input).compile(filter.getCondition()));
    }

    private Plan table(TableScan scan) {
        RecursiveTable recursive = scan.getTable().unwrap(RecursiveTable.class);
        if (recursive != null) {
            return recursions.compile(recursive);
        }
        PlannedTable planned = scan.getTable().unwrapOrThrow(PlannedTable.class);
        CatalogTable table = planned.table();
        planned.plan().ifPresent(plan -> materialized.put(table.id(), plan));
        tables.put(table.id(), table);
        return new Plan.Table(table.id(), table.rowTypes());
    }

    private static Plan constant(Values values) {
        List<DataType> types = values.getRowType().getFieldList().stream()
                .map(field -> TypeMapping.toEngine(field.getType()))
                .toList();
        return new Plan.Constant(
                values.getTuples().stream()
                        .map(tuple -> Literals.row(List.copyOf(tuple), types))
                        .toList(),
                types);
    }

    private Plan sort(Sort sort) {
        Plan input = compile(sort.getInput());
        if (sort.fetch == null && sort.offset == null) {
            return input;
        }
        List<SortKey> order = order(sort.getCollation());
        List<RelDataTypeField> fields = sort.getInput().getRowType().getFieldList();
        order.forEach(key -> ExpressionCompiler.requireReadable(
                fields.get(key.column()).getType(), fields.get(key.column()).getName()));
        order.forEach(key -> Orderable.require(input.types().get(key.column())));
        return new Plan.TopK(
                input, List.of(), order, RowCount.of(sort.offset, "OFFSET"), RowCount.of(sort.fetch, "LIMIT"), false);
    }

    static List<SortKey> order(RelCollation collation) {
        return collation.getFieldCollations().stream()
                .map(QueryCompiler::sortKey)
                .toList();
    }

    private static SortKey sortKey(RelFieldCollation field) {
        boolean descending = field.getDirection().isDescending();
        boolean nullsFirst = switch (field.nullDirection) {
            case FIRST -> true;
            case LAST -> false;
            case UNSPECIFIED -> descending;
        };
        return new SortKey(field.getFieldIndex(), descending, nullsFirst);
    }

    private Plan setOperation(SetOp operation) {
        List<ColumnType> columns = operation.getRowType().getFieldList().stream()
                .map(field -> TypeMapping.toColumn(field.getType()))
                .toList();
        List<DataType> types = columns.stream().map(ColumnType::type).toList();
        Stream<Plan> inputs = operation.getInputs().stream().map(this::compile).map(input -> conformed(input, columns));
        if (!(operation instanceof Union && operation.all)) {
            types.forEach(Orderable::require);
        }
        if (operation instanceof Union) {
            Plan all = new Plan.UnionAll(inputs.toList());
            return operation.all ? all : new Plan.Distinct(all);
        }
        Plan.SetKind kind = operation instanceof Intersect ? Plan.SetKind.INTERSECT : Plan.SetKind.EXCEPT;
        return inputs.reduce((left, right) -> new Plan.SetOperation(left, right, kind, operation.all))
                .orElseThrow();
    }

    /** The input with its columns converted to the set operation's types. */
    private static Plan conformed(Plan input, List<ColumnType> types) {
        if (input.types().equals(types.stream().map(ColumnType::type).toList())) {
            return input;
        }
        List<Expression> columns = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            Expression column = new Expression.Column(i, input.types().get(i));
            if (column.type() == DataType.CHAR && types.get(i).type() != DataType.CHAR) {
                throw unsupported("a UNION, INTERSECT or EXCEPT of a char(n) column with text; cast it to text first");
            }
            columns.add(ExpressionCompiler.convert(column, types.get(i)));
        }
        return new Plan.Project(input, columns);
    }

    private static ExpressionCompiler expressions(RelNode node, Plan plan) {
        return new ExpressionCompiler(
                plan.types(),
                node.getRowType().getFieldNames(),
                node.getCluster().getRexBuilder());
    }
}
