package dev.millrace.sql.compile;

import dev.millrace.dataflow.expression.Expression;
import dev.millrace.dataflow.plan.AggregateKind;
import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.row.ColumnType;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.sql.catalog.CatalogTable;
import dev.millrace.sql.function.Conversion;
import dev.millrace.sql.function.Extreme;
import dev.millrace.sql.function.Presence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Which length or scale a plan's columns are declared with, by Postgres's rules: a column keeps what its table declares, a cast gives
 * what it names, a choice keeps what all its branches have, and all else is undeclared.
 */
final class ResultTypes {
    private final Map<String, CatalogTable> tables;
    private final List<ColumnType> soFar;

    /** @param tables the tables that the plan reads, by id */
    ResultTypes(Map<String, CatalogTable> tables) {
        this(tables, List.of());
    }

    /** @param soFar the columns of the recursive rows, if the plan is the step of a fixpoint */
    ResultTypes(Map<String, CatalogTable> tables, List<ColumnType> soFar) {
        this.tables = tables;
        this.soFar = soFar;
    }

    List<ColumnType> of(Plan plan) {
        return switch (plan) {
            case Plan.Table table -> ofTable(table);
            case Plan.Constant constant -> undeclared(constant.types());
            case Plan.Filter filter -> of(filter.input());
            case Plan.Project project -> {
                List<ColumnType> input = of(project.input());
                yield project.expressions().stream()
                        .map(expression -> of(expression, input))
                        .toList();
            }
            case Plan.FlatMap flatMap ->
                Stream.concat(of(flatMap.input()).stream(), undeclared(flatMap.produced()).stream())
                        .toList();
            case Plan.Join join when join.kind().isLeftAlone() -> of(join.left());
            case Plan.Join join ->
                Stream.concat(of(join.left()).stream(), of(join.right()).stream())
                        .toList();
            case Plan.Aggregate aggregate -> ofAggregate(aggregate);
            case Plan.Distinct distinct -> of(distinct.input());
            case Plan.TopK topK -> {
                List<ColumnType> types = new ArrayList<>(of(topK.input()));
                if (topK.numbered()) {
                    types.add(ColumnType.of(DataType.INT8));
                }
                yield types;
            }
            case Plan.Window window ->
                Stream.concat(
                                of(window.input()).stream(),
                                window.calls().stream().map(call -> ColumnType.of(call.type())))
                        .toList();
            case Plan.Timed _, Plan.Clock _ -> undeclared(plan.types());
            case Plan.SetOperation operation -> ofAll(operation.inputs());
            case Plan.UnionAll union -> ofAll(union.inputs());
            case Plan.Fixpoint fixpoint -> of(fixpoint.base());
            case Plan.Recursion ignored -> soFar;
        };
    }

    private List<ColumnType> ofAll(List<Plan> inputs) {
        return inputs.stream().map(this::of).reduce(ResultTypes::common).orElseThrow();
    }

    private List<ColumnType> ofTable(Plan.Table table) {
        CatalogTable described = tables.get(table.id());
        if (described == null) {
            return undeclared(table.types());
        }
        List<ColumnType> types = new ArrayList<>();
        for (int i = 0; i < table.types().size(); i++) {
            types.add(described
                    .columns()
                    .get(i)
                    .type()
                    .orElse(ColumnType.of(table.types().get(i))));
        }
        return types;
    }

    private List<ColumnType> ofAggregate(Plan.Aggregate aggregate) {
        List<ColumnType> input = of(aggregate.input());
        List<ColumnType> types = new ArrayList<>();
        aggregate.keys().forEach(key -> types.add(input.get(key)));
        for (Plan.AggregateCall call : aggregate.calls()) {
            boolean unchanged = call.kind() == AggregateKind.SINGLE_VALUE;
            types.add(unchanged ? input.get(call.column().orElseThrow()) : ColumnType.of(call.type()));
        }
        return types;
    }

    private static ColumnType of(Expression expression, List<ColumnType> input) {
        return switch (expression) {
            case Expression.Column(int index, DataType ignored) -> input.get(index);
            case Expression.Call(Conversion(DataType ignored, ColumnType to), var operands, var type) ->
                to.type().isArray() ? ColumnType.of(to.type()) : to;
            case Expression.Case choice
            when isThere(choice.conditions().getFirst()) -> of(choice.results().getFirst(), input);
            case Expression.Case choice ->
                choice.results().stream()
                        .map(result -> of(result, input))
                        .reduce(of(choice.otherwise(), input), ResultTypes::common);
            case Expression.Call(Extreme ignored, var operands, var type) ->
                operands.stream()
                        .map(operand -> of(operand, input))
                        .reduce(ResultTypes::common)
                        .orElseThrow();
            case Expression.Literal literal -> ColumnType.of(literal.type());
            case Expression.Parameter parameter -> ColumnType.of(parameter.type());
            case Expression.Call call -> ColumnType.of(call.type());
            case Expression.And and -> ColumnType.of(and.type());
            case Expression.Or or -> ColumnType.of(or.type());
        };
    }

    /** Whether the choice is the planner's own, of a value or its absence. */
    private static boolean isThere(Expression condition) {
        return condition instanceof Expression.Call call && call.function() instanceof Presence;
    }

    private static List<ColumnType> common(List<ColumnType> left, List<ColumnType> right) {
        List<ColumnType> types = new ArrayList<>();
        for (int i = 0; i < left.size(); i++) {
            types.add(common(left.get(i), right.get(i)));
        }
        return types;
    }

    private static ColumnType common(ColumnType left, ColumnType right) {
        return left.equals(right) ? left : ColumnType.of(left.type());
    }

    private static List<ColumnType> undeclared(List<DataType> types) {
        return types.stream().map(ColumnType::of).toList();
    }
}
