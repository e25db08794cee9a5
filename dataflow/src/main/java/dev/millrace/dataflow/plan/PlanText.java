package dev.millrace.dataflow.plan;

import dev.millrace.dataflow.expression.Expression;
import dev.millrace.dataflow.plan.Plan.AggregateCall;
import dev.millrace.dataflow.row.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A plan as a reader wants to see it: an operator a line, its inputs below it and indented, columns by name. A column that is computed is
 * called by its expression while that is short, else {@code #} and its ordinal.
 */
public final class PlanText {
    private static final String INDENT = "  ";
    private static final int LONGEST_NAME = 40;

    private final Function<String, List<String>> columnNames;
    private final List<String> lines = new ArrayList<>();
    /** The columns of the recursive rows of the steps around a node, the innermost last. */
    private final List<List<String>> recursive = new ArrayList<>();

    private PlanText(Function<String, List<String>> columnNames) {
        this.columnNames = columnNames;
    }

    /**
     * The plan's lines.
     *
     * @param columnNames the columns of a table by its id; an empty list if they are not known
     */
    public static List<String> of(Plan plan, Function<String, List<String>> columnNames) {
        PlanText text = new PlanText(columnNames);
        text.add(plan, "");
        return List.copyOf(text.lines);
    }

    /** The names of a plan's columns, as its lines have them. */
    public static List<String> columns(Plan plan, Function<String, List<String>> columnNames) {
        return new PlanText(columnNames).add(plan, "");
    }

    /** Adds the lines of a plan and returns the names of its columns. */
    private List<String> add(Plan plan, String indent) {
        int line = lines.size();
        lines.add("");
        List<List<String>> inputs = new ArrayList<>();
        for (Plan input : plan.inputs()) {
            boolean isStep = plan instanceof Plan.Fixpoint && inputs.size() == 1;
            if (isStep) {
                recursive.add(inputs.getFirst());
            }
            inputs.add(add(input, indent + INDENT));
            if (isStep) {
                recursive.removeLast();
            }
        }
        List<String> below = inputs.isEmpty() ? List.of() : inputs.getFirst();
        List<String> names;
        String shown;
        switch (plan) {
            case Plan.Table table -> {
                List<String> known = columnNames.apply(table.id());
                names = known.size() == table.types().size() ? known : ordinals(table);
                shown = "table " + table.id();
            }
            case Plan.Constant constant -> {
                names = ordinals(constant);
                shown = "constant " + constant.rows();
            }
            case Plan.Clock clock -> {
                names = List.of("now");
                shown = "clock every " + new Interval(0, 0, clock.period());
            }
            case Plan.Filter filter -> {
                names = below;
                shown = "filter " + ExpressionText.of(filter.condition(), below);
            }
            case Plan.Project project -> {
                names = project.expressions().stream()
                        .map(expression -> ExpressionText.of(expression, below))
                        .toList();
                shown = "project " + String.join(", ", names);
            }
            case Plan.FlatMap flatMap -> {
                names = new ArrayList<>(below);
                flatMap.produced().forEach(type -> names.add(flatMap.function().name()));
                shown = "flat-map " + flatMap.function().name() + "("
                        + String.join(", ", ExpressionText.all(flatMap.arguments(), below)) + ")";
            }
            case Plan.Join join -> {
                names = Stream.concat(below.stream(), inputs.getLast().stream()).toList();
                shown = join(
                        join,
                        qualified(below, inputs.getLast(), "left."),
                        qualified(inputs.getLast(), below, "right."));
            }
            case Plan.Aggregate aggregate -> {
                List<String> keys = named(aggregate.keys(), below);
                List<String> calls = aggregate.calls().stream()
                        .map(call -> call(call, below))
                        .toList();
                names = Stream.concat(keys.stream(), calls.stream()).toList();
                shown = "aggregate" + by(keys) + (calls.isEmpty() ? "" : ": " + String.join(", ", calls));
            }
            case Plan.Distinct ignored -> {
                names = below;
                shown = "distinct";
            }
            case Plan.TopK topK -> {
                names = topK.numbered()
                        ? Stream.concat(below.stream(), Stream.of("row_number")).toList()
                        : below;
                shown = topK(topK, below);
            }
            case Plan.SetOperation operation -> {
                names = below;
                shown = operation.kind().name().toLowerCase(Locale.ROOT) + (operation.all() ? " all" : "");
            }
            case Plan.Window window -> {
                List<String> calls = window.calls().stream()
                        .map(call -> WindowText.of(call, below))
                        .toList();
                names = Stream.concat(below.stream(), calls.stream()).toList();
                shown = "window" + by(named(window.partition(), below)) + order(window.order(), below) + ": "
                        + String.join(", ", calls);
            }
            case Plan.Timed timed -> {
                List<String> conditions = timed.conditions().stream()
                        .map(condition -> condition(condition, below))
                        .toList();
                names = Stream.concat(below.stream(), conditions.stream())
                        .collect(Collectors.toCollection(ArrayList::new));
                names.add("until");
                shown = "clock " + String.join(", ", conditions);
            }
            case Plan.UnionAll ignored -> {
                names = below;
                shown = "union all";
            }
            case Plan.Fixpoint fixpoint -> {
                names = below;
                shown = fixpoint.all() ? "recursive union all" : "recursive union";
            }
            case Plan.Recursion recursion -> {
                names = recursive.isEmpty() ? ordinals(recursion) : recursive.getLast();
                shown = "rows so far";
            }
        }
        lines.set(line, indent + shown);
        return IntStream.range(0, Math.min(names.size(), plan.types().size()))
                .mapToObj(i -> names.get(i).length() > LONGEST_NAME ? "#" + i : names.get(i))
                .toList();
    }

    private static String condition(TimeCondition condition, List<String> below) {
        return "now"
                + condition.shift().map(column -> " + " + below.get(column)).orElse("")
                + (condition.strict() ? " > " : " >= ")
                + below.get(condition.moment());
    }

    private static String join(Plan.Join join, List<String> left, List<String> right) {
        List<String> keys = join.keys().stream()
                .map(key -> left.get(key.left())
                        + (key.nullsMatch() ? " is not distinct from " : " = ")
                        + right.get(key.right()))
                .toList();
        List<String> both = Stream.concat(left.stream(), right.stream()).toList();
        String residual = join.residual()
                .map(condition -> " where " + ExpressionText.of(condition, both))
                .orElse("");
        return join.kind().name().toLowerCase(Locale.ROOT) + " join"
                + (keys.isEmpty() ? "" : " on " + String.join(" and ", keys)) + residual;
    }

    /** Names of one side of a join, told apart from the other's. */
    private static List<String> qualified(List<String> names, List<String> others, String side) {
        return names.stream()
                .map(name -> others.contains(name) ? side + name : name)
                .toList();
    }

    static String call(AggregateCall call, List<String> names) {
        String argument = call.column().map(names::get).orElse("*");
        String filter = call.filter()
                .map(column -> " filter (where " + names.get(column) + ")")
                .orElse("");
        String second = call.second().map(column -> ", " + names.get(column)).orElse("");
        String fraction = call.fraction().map(value -> value + ", ").orElse("");
        return call.kind().name().toLowerCase(Locale.ROOT) + "(" + (call.distinct() ? "distinct " : "") + fraction
                + argument + second + order(call.order(), names) + ")" + filter;
    }

    private static String order(List<SortKey> order, List<String> names) {
        List<String> keys = order.stream()
                .map(key -> names.get(key.column())
                        + (key.descending() ? " desc" : "")
                        + (key.nullsFirst() == key.descending()
                                ? ""
                                : key.nullsFirst() ? " nulls first" : " nulls last"))
                .toList();
        return keys.isEmpty() ? "" : " order by " + String.join(", ", keys);
    }

    private static String topK(Plan.TopK topK, List<String> names) {
        return "top-k" + by(named(topK.groups(), names)) + order(topK.order(), names)
                + bound(" limit ", topK.take(), Long.MAX_VALUE) + bound(" offset ", topK.skip(), 0)
                + (topK.numbered() ? ", numbered" : "");
    }

    private static String bound(String word, Expression bound, long absent) {
        boolean isAbsent = bound instanceof Expression.Literal literal
                && Long.valueOf(absent).equals(literal.value());
        return isAbsent ? "" : word + ExpressionText.of(bound, List.of());
    }

    private static String by(List<String> columns) {
        return columns.isEmpty() ? "" : " by " + String.join(", ", columns);
    }

    private static List<String> named(List<Integer> columns, List<String> names) {
        return columns.stream().map(names::get).toList();
    }

    private static List<String> ordinals(Plan plan) {
        return IntStream.range(0, plan.types().size()).mapToObj(i -> "#" + i).toList();
    }
}
