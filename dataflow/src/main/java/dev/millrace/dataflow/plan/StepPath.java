package dev.millrace.dataflow.plan;

import dev.millrace.dataflow.expression.Expression;
import dev.millrace.dataflow.expression.Expression.Column;
import dev.millrace.dataflow.row.DataType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The way through the step of a {@link Plan.Fixpoint} from its recursive rows to its root. A plan on it is <i>open</i>; all others in the step are closed: they have their rows whatever the
 * recursive ones are.
 */
public final class StepPath {
    private StepPath() {}

    /** Whether a plan depends on recursive rows of a fixpoint that it does not contain. */
    public static boolean isOpen(Plan plan) {
        return switch (plan) {
            case Plan.Recursion ignored -> true;
            case Plan.Fixpoint fixpoint -> isOpen(fixpoint.base());
            default -> plan.inputs().stream().anyMatch(StepPath::isOpen);
        };
    }

    /** The closed inputs of the plans on the way, each once. */
    public static List<Plan> sides(Plan step) {
        Set<Plan> sides = new LinkedHashSet<>();
        Plan at = step;
        while (!(at instanceof Plan.Recursion)) {
            at.inputs().stream().filter(input -> !isOpen(input)).forEach(sides::add);
            at = openInput(at);
        }
        return List.copyOf(sides);
    }

    /** The same step over recursive rows with one more column of type int8, which each row that it gives has as its last: that of the recursive row that it comes from. */
    public static Plan carrying(Plan step) {
        int width = step.types().size();
        return switch (step) {
            case Plan.Recursion recursion -> new Plan.Recursion(carrying(recursion.types()));
            case Plan.Filter filter -> new Plan.Filter(carrying(filter.input()), filter.condition());
            case Plan.Project project -> {
                List<Expression> expressions = new ArrayList<>(project.expressions());
                expressions.add(carried(project.input().types().size()));
                yield new Plan.Project(carrying(project.input()), expressions);
            }
            case Plan.FlatMap flatMap ->
                carriedLast(
                        new Plan.FlatMap(
                                carrying(flatMap.input()), flatMap.function(), flatMap.arguments(), flatMap.produced()),
                        flatMap.input().types().size());
            case Plan.Join join
            when isOpen(join.right()) ->
                new Plan.Join(join.left(), carrying(join.right()), join.kind(), join.keys(), join.residual());
            case Plan.Join join -> {
                int left = join.left().types().size();
                List<Column> columns = columns(join, left);
                Plan carrying = new Plan.Join(
                        carrying(join.left()),
                        join.right(),
                        join.kind(),
                        join.keys(),
                        join.residual().map(residual -> ColumnMapping.replace(residual, columns)));
                yield width == left ? carrying : carriedLast(carrying, left);
            }
            default -> throw new IllegalArgumentException("not linear: " + step);
        };
    }

    public static List<DataType> carrying(List<DataType> types) {
        List<DataType> carrying = new ArrayList<>(types);
        carrying.add(DataType.INT8);
        return carrying;
    }

    static void requireLinear(Plan base, Plan step) {
        if (isOpen(base) || !base.types().equals(step.types())) {
            throw new IllegalArgumentException("not the base of " + step + ": " + base);
        }
        Plan at = step;
        while (!(at instanceof Plan.Recursion)) {
            if (!isLinear(at)) {
                throw new IllegalArgumentException("not linear: " + at);
            }
            at = openInput(at);
        }
        if (!at.types().equals(base.types())) {
            throw new IllegalArgumentException("rows so far of " + at.types() + ", not " + base.types());
        }
    }

    /** Whether a plan gives a sum of rows of its one open input a sum of results. */
    public static boolean isLinear(Plan plan) {
        if (plan.inputs().stream().filter(StepPath::isOpen).count() != 1) {
            return false;
        }
        return switch (plan) {
            case Plan.Filter ignored -> true;
            case Plan.Project ignored -> true;
            case Plan.FlatMap ignored -> true;
            case Plan.Join join ->
                switch (join.kind()) {
                    case INNER -> true;
                    case LEFT, SEMI, ANTI -> isOpen(join.left());
                    case RIGHT -> isOpen(join.right());
                    case FULL -> false;
                };
            default -> false;
        };
    }

    private static Plan openInput(Plan plan) {
        return plan.inputs().stream()
                .filter(StepPath::isOpen)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("without recursive rows: " + plan));
    }

    private static Column carried(int index) {
        return new Column(index, DataType.INT8);
    }

    /** Where the columns of a plan are once one more stands at this ordinal. */
    private static List<Column> columns(Plan plan, int added) {
        List<DataType> types = new ArrayList<>(plan.types());
        if (plan instanceof Plan.Join join && join.kind().isLeftAlone()) {
            types.addAll(join.right().types());
        }
        return IntStream.range(0, types.size())
                .mapToObj(i -> new Column(i < added ? i : i + 1, types.get(i)))
                .toList();
    }

    private static Plan carriedLast(Plan carrying, int at) {
        List<Expression> columns = new ArrayList<>();
        for (int i = 0; i < carrying.types().size(); i++) {
            if (i != at) {
                columns.add(new Column(i, carrying.types().get(i)));
            }
        }
        columns.add(carried(at));
        return new Plan.Project(carrying, columns);
    }
}
