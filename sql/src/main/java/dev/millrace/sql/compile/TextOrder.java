package dev.millrace.sql.compile;

import dev.millrace.dataflow.expression.Expression;
import dev.millrace.dataflow.plan.AggregateKind;
import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.plan.Plan.AggregateCall;
import dev.millrace.dataflow.plan.PlanExpressions;
import dev.millrace.dataflow.plan.SortKey;
import dev.millrace.dataflow.plan.WindowCall;
import dev.millrace.dataflow.row.Collation;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import dev.millrace.sql.catalog.CatalogTable;
import dev.millrace.sql.function.Collate;
import dev.millrace.sql.function.Comparison;
import dev.millrace.sql.function.Conversion;
import dev.millrace.sql.function.Extreme;
import dev.millrace.sql.function.Logic;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Sees to it that texts are ordered only where their order is that of their code points, which is the one that there is here. A text's collation is derived by Postgres's rules: a column has its own, an
 * expression that of its operands, one that {@code COLLATE} names goes before others, and texts that are made of other values have that of the database. Texts of a nondeterministic collation are not
 * even compared.
 */
final class TextOrder {
    private static final Set<Comparison> ORDERINGS =
            EnumSet.of(Comparison.LESS, Comparison.LESS_OR_EQUAL, Comparison.GREATER, Comparison.GREATER_OR_EQUAL);

    private final Map<String, CatalogTable> tables;

    /** @param tables the tables that the plan reads, by id */
    TextOrder(Map<String, CatalogTable> tables) {
        this.tables = tables;
    }

    /** A collation, and the column that it is of. */
    private record Origin(Collation collation, String column) {}

    /**
     * What is known of a value.
     *
     * @param own a text's collation, if it is not by code points
     * @param made that of texts made of it
     * @param explicit whether {@code COLLATE} says so
     */
    private record Source(Optional<Origin> own, Optional<Origin> made, boolean explicit) {
        static final Source NONE = new Source(Optional.empty(), Optional.empty(), false);
        static final Source BY_CODE_POINT = new Source(Optional.empty(), Optional.empty(), true);

        Source and(Source other) {
            if (explicit || other.explicit) {
                return BY_CODE_POINT;
            }
            return new Source(first(own, other.own), first(made, other.made), false);
        }

        private static Optional<Origin> first(Optional<Origin> left, Optional<Origin> right) {
            boolean second = left.isEmpty()
                    || (right.isPresent() && !right.get().collation.deterministic());
            return second ? right : left;
        }

        /** A value of this type that is made of it. */
        Source as(DataType type, boolean ofText) {
            return explicit ? this : new Source(isText(type) ? (ofText ? own : made) : Optional.empty(), made, false);
        }

        Source implicit() {
            return explicit ? NONE : this;
        }
    }

    private static boolean isText(DataType type) {
        return type == DataType.TEXT || type == DataType.CHAR || type == DataType.TEXT_ARRAY;
    }

    /**
     * The collations of a plan's columns.
     *
     * @param order in which its rows are presented
     * @throws MillraceException {@code UNSUPPORTED_SQL} if it orders texts otherwise than by code points
     */
    List<Optional<Collation>> check(Plan plan, List<SortKey> order) {
        List<Source> columns = of(plan, List.of());
        order.forEach(key -> requireOrder(columns.get(key.column())));
        List<Optional<Collation>> collations = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            Source column = columns.get(i);
            collations.add((isText(plan.types().get(i)) ? column.own() : column.made()).map(Origin::collation));
        }
        return collations;
    }

    /** The plan without the calls that name a collation. */
    static Plan withoutNames(Plan plan) {
        return PlanExpressions.replace(plan, TextOrder::stripped);
    }

    private static Expression stripped(Expression expression) {
        return expression instanceof Expression.Call(Collate ignored, List<Expression> operands, DataType type)
                ? stripped(operands.getFirst())
                : expression.replacingOperands(TextOrder::stripped);
    }

    private List<Source> of(Plan plan, List<Source> soFar) {
        return switch (plan) {
            case Plan.Table table -> ofTable(table);
            case Plan.Constant constant ->
                constant.types().stream().map(type -> Source.NONE).toList();
            case Plan.Filter filter -> {
                List<Source> input = of(filter.input(), soFar);
                of(filter.condition(), input);
                yield input;
            }
            case Plan.Project project -> {
                List<Source> input = of(project.input(), soFar);
                yield project.expressions().stream()
                        .map(expression -> of(expression, input).implicit())
                        .toList();
            }
            case Plan.FlatMap flatMap -> {
                List<Source> input = of(flatMap.input(), soFar);
                Source produced = all(flatMap.arguments().stream().map(argument -> of(argument, input)));
                yield concat(
                        input,
                        flatMap.produced().stream()
                                .map(type -> produced.implicit().as(type, true))
                                .toList());
            }
            case Plan.Join join -> {
                List<Source> left = of(join.left(), soFar);
                List<Source> right = of(join.right(), soFar);
                join.keys().forEach(key -> {
                    requireEquality(left.get(key.left()));
                    requireEquality(right.get(key.right()));
                });
                List<Source> both = concat(left, right);
                join.residual().ifPresent(condition -> of(condition, both));
                yield join.kind().isLeftAlone() ? left : both;
            }
            case Plan.Aggregate aggregate -> {
                List<Source> input = of(aggregate.input(), soFar);
                List<Source> keys = aggregate.keys().stream().map(input::get).toList();
                keys.forEach(TextOrder::requireEquality);
                yield concat(
                        keys,
                        aggregate.calls().stream().map(call -> of(call, input)).toList());
            }
            case Plan.Clock clock ->
                clock.types().stream().map(type -> Source.NONE).toList();
            case Plan.Timed timed -> {
                List<Source> told = new ArrayList<>(of(timed.input(), soFar));
                while (told.size() < timed.types().size()) {
                    told.add(Source.NONE);
                }
                yield told;
            }
            case Plan.Distinct distinct -> compared(of(distinct.input(), soFar));
            case Plan.TopK topK -> {
                List<Source> input = of(topK.input(), soFar);
                topK.groups().forEach(column -> requireEquality(input.get(column)));
                topK.order().forEach(key -> requireOrder(input.get(key.column())));
                yield topK.numbered() ? concat(input, List.of(Source.NONE)) : input;
            }
            case Plan.Window window -> {
                List<Source> input = of(window.input(), soFar);
                window.partition().forEach(column -> requireEquality(input.get(column)));
                window.order().forEach(key -> requireOrder(input.get(key.column())));
                yield concat(
                        input,
                        window.calls().stream().map(call -> of(call, input)).toList());
            }
            case Plan.SetOperation operation ->
                compared(merged(List.of(of(operation.left(), soFar), of(operation.right(), soFar))));
            case Plan.UnionAll union ->
                merged(union.inputs().stream().map(input -> of(input, soFar)).toList());
            case Plan.Fixpoint fixpoint -> {
                List<Source> rows = of(fixpoint.base(), soFar);
                List<Source> all = merged(List.of(rows, of(fixpoint.step(), rows)));
                yield fixpoint.all() ? all : compared(all);
            }
            case Plan.Recursion ignored -> soFar;
        };
    }

    private List<Source> ofTable(Plan.Table table) {
        CatalogTable described = tables.get(table.id());
        if (described == null) {
            return table.types().stream().map(type -> Source.NONE).toList();
        }
        return described.columns().stream()
                .map(column -> column.collation()
                        .map(collation -> {
                            Optional<Origin> origin =
                                    Optional.of(new Origin(collation, described.name() + "." + column.name()));
                            boolean text = column.type()
                                    .filter(type -> isText(type.type()))
                                    .isPresent();
                            return new Source(text ? origin : Optional.empty(), origin, false);
                        })
                        .orElse(Source.NONE))
                .toList();
    }

    private static Source of(AggregateCall call, List<Source> input) {
        call.order().forEach(key -> requireOrder(input.get(key.column())));
        Source value = call.column().map(input::get).orElse(Source.NONE);
        if (call.distinct()) {
            requireEquality(value);
        }
        if (call.kind() == AggregateKind.MIN || call.kind() == AggregateKind.MAX) {
            requireOrder(value);
        }
        boolean ofText = value.own().isPresent();
        return value.as(call.type(), ofText);
    }

    private static Source of(WindowCall call, List<Source> input) {
        return switch (call) {
            case WindowCall.Shifted shifted -> {
                Source value = input.get(shifted.column());
                yield shifted.otherwise().map(input::get).map(value::and).orElse(value);
            }
            case WindowCall.FrameValue value -> input.get(value.column());
            case WindowCall.FrameAggregate aggregate -> of(aggregate.call(), input);
            case WindowCall.Ranking ignored -> Source.NONE;
            case WindowCall.Tile ignored -> Source.NONE;
        };
    }

    private static Source of(Expression expression, List<Source> input) {
        return switch (expression) {
            case Expression.Column column -> input.get(column.index());
            case Expression.Literal ignored -> Source.NONE;
            case Expression.Parameter ignored -> Source.NONE;
            case Expression.Case choice -> {
                choice.conditions().forEach(condition -> of(condition, input));
                yield all(Stream.concat(choice.results().stream(), Stream.of(choice.otherwise()))
                        .map(result -> of(result, input)));
            }
            case Expression.Call(Collate ignored, List<Expression> operands, DataType type) -> {
                of(operands.getFirst(), input);
                yield Source.BY_CODE_POINT;
            }
            case Expression.Call call -> of(call, input);
            case Expression.And and -> {
                and.operands().forEach(operand -> of(operand, input));
                yield Source.NONE;
            }
            case Expression.Or or -> {
                or.operands().forEach(operand -> of(operand, input));
                yield Source.NONE;
            }
        };
    }

    private static Source of(Expression.Call call, List<Source> input) {
        List<Expression> operands = call.operands();
        List<Source> sources =
                operands.stream().map(operand -> of(operand, input)).toList();
        Source all = all(sources.stream());
        boolean ofText = operands.stream().anyMatch(operand -> isText(operand.type()));
        if (ofText) {
            boolean ordering = call.function() instanceof Extreme
                    || (call.function() instanceof Comparison comparison && ORDERINGS.contains(comparison))
                    || call.function().name().matches("[<>]=?(any|all)");
            if (ordering) {
                requireOrder(all);
            } else if (!(call.function() instanceof Logic) && !(call.function() instanceof Conversion)) {
                requireEquality(all);
            }
        }
        return all.as(call.type(), ofText);
    }

    private static List<Source> compared(List<Source> columns) {
        columns.forEach(TextOrder::requireEquality);
        return columns;
    }

    private static List<Source> merged(List<List<Source>> inputs) {
        List<Source> merged = new ArrayList<>(inputs.getFirst());
        for (List<Source> input : inputs.subList(1, inputs.size())) {
            for (int i = 0; i < merged.size(); i++) {
                merged.set(i, merged.get(i).and(input.get(i)));
            }
        }
        return merged;
    }

    private static Source all(Stream<Source> sources) {
        return sources.reduce(Source.NONE, Source::and);
    }

    private static List<Source> concat(List<Source> left, List<Source> right) {
        return Stream.concat(left.stream(), right.stream()).toList();
    }

    private static void requireEquality(Source source) {
        source.own().filter(origin -> !origin.collation().deterministic()).ifPresent(origin -> {
            throw new MillraceException(
                    ErrorCode.UNSUPPORTED_SQL,
                    "texts of " + origin.column() + " cannot be compared here: their collation \""
                            + origin.collation().name()
                            + "\" is not deterministic; compare their code points by writing COLLATE \"C\" behind them");
        });
    }

    private static void requireOrder(Source source) {
        source.own().ifPresent(origin -> {
            throw new MillraceException(
                    ErrorCode.UNSUPPORTED_SQL,
                    "texts of " + origin.column() + " cannot be ordered here by their collation \""
                            + origin.collation().name()
                            + "\"; write COLLATE \"C\" behind them to order them by code points, or give their source the option collation = 'C' to do so with all its texts");
        });
    }
}
