package dev.millrace.sql.compile;

import static dev.millrace.sql.compile.Refusal.unsupported;

import dev.millrace.dataflow.expression.Expression;
import dev.millrace.dataflow.plan.AggregateKind;
import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.plan.SortKey;
import dev.millrace.dataflow.plan.WindowCall;
import dev.millrace.dataflow.plan.WindowCall.Ranking;
import dev.millrace.dataflow.plan.WindowFrame;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.sql.type.TypeMapping;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexFieldCollation;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexVisitorImpl;
import org.jspecify.annotations.Nullable;

/**
 * Compiles a projection with window functions. Calls of one partitioning and order are one operator; others are computed over its result.
 *
 * <pre>
 * Project(expressions, f() OVER (v), g() OVER (w))     Project(expressions, f, g)
 *   input                                           →    Window(w, g)
 *                                                          Window(v, f)
 *                                                            Project(columns, keys and arguments)
 *                                                              input
 * </pre>
 */
final class WindowCompiler {
    private final Project project;
    private final RexBuilder builder;
    private final Plan input;
    private final ExpressionCompiler expressions;
    /** The columns under the windows: those of the project's input that are read, then what is computed. */
    private final List<Expression> columns = new ArrayList<>();

    private final Map<Window, List<RexOver>> windows = new LinkedHashMap<>();
    private final Map<RexOver, WindowCall> calls = new LinkedHashMap<>();
    /** What stands for a call in the expressions. */
    private final Map<RexOver, RexNode> values = new LinkedHashMap<>();

    private record Window(List<Integer> partition, List<SortKey> order) {}

    static boolean applies(Project project) {
        return RexOver.containsOver(project.getProjects(), null);
    }

    /** @param input the plan of the project's input */
    WindowCompiler(Project project, Plan input) {
        this.project = project;
        this.builder = project.getCluster().getRexBuilder();
        this.input = input;
        this.expressions = new ExpressionCompiler(
                input.types(), project.getInput().getRowType().getFieldNames(), builder);
    }

    Plan compile() {
        RelOptUtil.InputFinder.bits(project.getProjects(), null)
                .forEach(column -> columns.add(expressions.compile(
                        RexInputRef.of(column, project.getInput().getRowType()))));
        int width = columns.size();
        overs(project.getProjects()).forEach(this::add);
        Plan plan = new Plan.Project(input, columns);
        for (Map.Entry<Window, List<RexOver>> window : windows.entrySet()) {
            for (RexOver over : window.getValue()) {
                values.put(
                        over,
                        builder.makeInputRef(
                                over.getType(),
                                plan.types().size() + window.getValue().indexOf(over)));
            }
            plan = new Plan.Window(
                    plan,
                    window.getKey().partition(),
                    window.getKey().order(),
                    window.getValue().stream().map(calls::get).toList());
        }
        return above(plan, width);
    }

    /** The different calls in expressions. */
    static Set<RexOver> overs(List<RexNode> expressions) {
        Set<RexOver> found = new LinkedHashSet<>();
        RexVisitorImpl<@Nullable Void> finder = new RexVisitorImpl<>(true) {
            @Override
            public @Nullable Void visitOver(RexOver over) {
                found.add(over);
                return null;
            }
        };
        finder.visitEach(expressions);
        return found;
    }

    private void add(RexOver over) {
        List<SortKey> order = new ArrayList<>();
        for (RexFieldCollation key : over.getWindow().orderKeys) {
            if (!(expressions.compile(key.left) instanceof Expression.Literal)) {
                order.add(sortKey(key));
            }
        }
        List<Integer> partition =
                over.getWindow().partitionKeys.stream().map(this::column).toList();
        partition.forEach(key -> Orderable.require(columns.get(key).type()));
        order.forEach(key -> Orderable.require(columns.get(key.column()).type()));
        Optional<WindowCall> call = call(over, order);
        call.ifPresentOrElse(
                present -> {
                    calls.put(over, present);
                    windows.computeIfAbsent(new Window(partition, order), same -> new ArrayList<>())
                            .add(over);
                },
                () -> values.put(over, builder.makeNullLiteral(over.getType())));
    }

    /** A call, or nothing if it is NULL for all rows. */
    private Optional<WindowCall> call(RexOver over, List<SortKey> order) {
        if (over.isDistinct()) {
            throw Refusal.invalid("DISTINCT is not implemented for window functions");
        }
        if (over.ignoreNulls()) {
            throw unsupported("IGNORE NULLS");
        }
        return switch (over.getKind()) {
            case ROW_NUMBER -> Optional.of(new Ranking(Ranking.Kind.ROW_NUMBER));
            case RANK -> Optional.of(new Ranking(Ranking.Kind.RANK));
            case DENSE_RANK -> Optional.of(new Ranking(Ranking.Kind.DENSE_RANK));
            case PERCENT_RANK -> Optional.of(new Ranking(Ranking.Kind.PERCENT_RANK));
            case CUME_DIST -> Optional.of(new Ranking(Ranking.Kind.CUME_DIST));
            case NTILE -> number(over, 0).map(parts -> new WindowCall.Tile(Math.toIntExact(positive(parts, "ntile"))));
            case LAG -> shifted(over, -1);
            case LEAD -> shifted(over, 1);
            case FIRST_VALUE -> Optional.of(frameValue(over, 1, false, order));
            case LAST_VALUE -> Optional.of(frameValue(over, 1, true, order));
            case NTH_VALUE -> number(over, 1).map(nth -> frameValue(over, positive(nth, "nth_value"), false, order));
            default -> Optional.of(aggregate(over, order));
        };
    }

    private WindowCall frameValue(RexOver over, long nth, boolean last, List<SortKey> order) {
        int column = column(over.getOperands().getFirst());
        requirePassable(columns.get(column).type());
        return new WindowCall.FrameValue(
                column, nth, last, frame(over, order), columns.get(column).type());
    }

    private Optional<WindowCall> shifted(RexOver over, long direction) {
        Optional<Long> distance = over.getOperands().size() > 1 ? number(over, 1) : Optional.of(1L);
        if (distance.isEmpty()) {
            return Optional.empty();
        }
        DataType type = TypeMapping.toEngine(over.getType());
        Expression value = expressions.compile(over.getOperands().getFirst());
        requirePassable(type);
        int column = computed(value.type() == type ? value : ExpressionCompiler.convert(value, type));
        Optional<Integer> otherwise = Optional.empty();
        if (over.getOperands().size() > 2) {
            Expression given = expressions.compile(over.getOperands().get(2));
            otherwise = Optional.of(computed(given.type() == type ? given : ExpressionCompiler.convert(given, type)));
        }
        return Optional.of(new WindowCall.Shifted(column, direction * distance.get(), otherwise, type));
    }

    /** A char(n) that another row passes on loses its length, and with it its blanks. */
    private static void requirePassable(DataType type) {
        if (type == DataType.CHAR) {
            throw unsupported(
                    "lag, lead, first_value, last_value or nth_value of a char(n) column; cast it to text first; it");
        }
    }

    private WindowCall aggregate(RexOver over, List<SortKey> order) {
        String name = over.getAggOperator().getName();
        AggregateKind kind = AggregateCompiler.kind(name);
        boolean known = switch (kind) {
            case COUNT, SUM, AVG, MIN, MAX, BOOL_AND, BOOL_OR, STDDEV_POP, STDDEV_SAMP, VAR_POP, VAR_SAMP -> true;
            default -> false;
        };
        if (!known || over.getOperands().size() > 1) {
            throw unsupported("the aggregate " + name.toLowerCase(Locale.ROOT) + " over a window");
        }
        Optional<Integer> column = over.getOperands().stream().findFirst().map(this::column);
        column.ifPresent(argument ->
                AggregateCompiler.requireArgument(kind, columns.get(argument).type()));
        boolean keepsType = kind == AggregateKind.MIN || kind == AggregateKind.MAX;
        DataType type = keepsType ? columns.get(column.orElseThrow()).type() : TypeMapping.toEngine(over.getType());
        return new WindowCall.FrameAggregate(
                new Plan.AggregateCall(kind, column, false, Optional.empty(), type), frame(over, order));
    }

    private WindowFrame frame(RexOver over, List<SortKey> order) {
        List<DataType> types = columns.stream().map(Expression::type).toList();
        return new FrameCompiler(over.getWindow(), types, order, expressions).compile();
    }

    /** An argument that must be a constant; nothing if it is NULL. */
    private Optional<Long> number(RexOver over, int argument) {
        String name = over.getOperator().getName().toLowerCase(Locale.ROOT);
        if (!(expressions.compile(over.getOperands().get(argument))
                instanceof Expression.Literal(Object value, var type))) {
            throw unsupported(name + " with a number that is not a constant");
        }
        return switch (value) {
            case null -> Optional.empty();
            case Integer number -> Optional.of(number.longValue());
            case Short number -> Optional.of(number.longValue());
            default ->
                throw Refusal.invalid("there is no function " + name + " with a number of type " + type.sqlName());
        };
    }

    private static long positive(long number, String name) {
        if (number <= 0) {
            throw Refusal.invalid("argument of " + name + " must be greater than zero");
        }
        return number;
    }

    private int column(RexNode node) {
        return computed(expressions.compile(node));
    }

    private int computed(Expression expression) {
        if (!columns.contains(expression)) {
            columns.add(expression);
        }
        return columns.indexOf(expression);
    }

    private SortKey sortKey(RexFieldCollation key) {
        boolean descending = key.getDirection().isDescending();
        boolean nullsFirst = switch (key.getNullDirection()) {
            case FIRST -> true;
            case LAST -> false;
            case UNSPECIFIED -> descending;
        };
        return new SortKey(column(key.left), descending, nullsFirst);
    }

    /** The projection over the windows, which have other columns than the project's input. */
    private Plan above(Plan plan, int width) {
        List<String> names = new ArrayList<>();
        for (Expression column : columns.subList(0, width)) {
            names.add(project.getInput().getRowType().getFieldNames().get(((Expression.Column) column).index()));
        }
        while (names.size() < plan.types().size()) {
            names.add("computed");
        }
        RexShuttle renumbering = new RexShuttle() {
            @Override
            public RexNode visitOver(RexOver over) {
                return values.getOrDefault(over, over);
            }

            @Override
            public RexNode visitInputRef(RexInputRef column) {
                Expression source =
                        new Expression.Column(column.getIndex(), input.types().get(column.getIndex()));
                return builder.makeInputRef(column.getType(), columns.indexOf(source));
            }
        };
        List<RexNode> projected = project.getProjects().stream()
                .map(expression -> expression.accept(renumbering))
                .toList();
        return new Plan.Project(plan, new ExpressionCompiler(plan.types(), names, builder).compileAll(projected));
    }
}
