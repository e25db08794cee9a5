package dev.millrace.sql.binding;

import dev.millrace.dataflow.expression.Expression;
import dev.millrace.dataflow.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * A part of a plan for all bindings at once. If it depends on a binding, each of its rows says for which it is.
 *
 * @param columns where the columns of the original part are
 * @param binding where the number of the binding is; -1 if its rows are the same for all
 * @param parameters where the values are that conditions above may ask for, by parameter
 */
record Carried(Plan plan, List<Integer> columns, int binding, SortedMap<Integer, Integer> parameters) {
    /** A part that depends on no parameter. */
    static Carried free(Plan plan) {
        return new Carried(plan, IntStream.range(0, plan.types().size()).boxed().toList(), -1, new TreeMap<>());
    }

    boolean isBound() {
        return binding >= 0;
    }

    Expression.Column column(int original) {
        return at(columns.get(original));
    }

    private Expression.Column at(int index) {
        return new Expression.Column(index, plan.types().get(index));
    }

    /** An expression over the original's columns, over these. */
    Expression mapped(Expression expression) {
        return expression.replacingLeaves(leaf -> switch (leaf) {
            case Expression.Column column -> column(column.index());
            case Expression.Parameter parameter -> at(parameter(parameter.index()));
            default -> leaf;
        });
    }

    private int parameter(int index) {
        Integer column = parameters.get(index);
        if (column == null) {
            throw new Unbindable("$" + (index + 1) + " is read where no condition has bound it");
        }
        return column;
    }

    /** Exactly these expressions over the original's columns, followed by the binding and these parameters. */
    Carried projected(List<Expression> expressions, SortedSet<Integer> wanted) {
        List<Expression> all =
                new ArrayList<>(expressions.stream().map(this::mapped).toList());
        if (isBound()) {
            all.add(at(binding));
        }
        SortedMap<Integer, Integer> kept = new TreeMap<>();
        for (int parameter : wanted) {
            if (parameters.containsKey(parameter)) {
                kept.put(parameter, all.size());
                all.add(at(parameter(parameter)));
            }
        }
        List<Integer> places = IntStream.range(0, expressions.size()).boxed().toList();
        int place = isBound() ? expressions.size() : -1;
        boolean same = IntStream.range(0, all.size()).allMatch(i -> all.get(i).equals(at(i)))
                && all.size() == plan.types().size();
        return new Carried(same ? plan : new Plan.Project(plan, all), places, place, kept);
    }

    /** Exactly the original's columns, in their order, followed by the binding and these parameters. */
    Carried exact(Plan original, SortedSet<Integer> wanted) {
        return projected(identity(original), wanted);
    }

    static List<Expression> identity(Plan plan) {
        return IntStream.range(0, plan.types().size())
                .<Expression>mapToObj(i -> new Expression.Column(i, plan.types().get(i)))
                .toList();
    }

    /** The same in a plan that has these columns, followed by more that are the original's last. */
    Carried followed(Plan other) {
        List<Integer> all = new ArrayList<>(columns);
        for (int i = plan.types().size(); i < other.types().size(); i++) {
            all.add(i);
        }
        return new Carried(other, all, binding, parameters);
    }

    /** The same places in a plan whose columns begin with these of another, shifted. */
    Carried in(Plan other, int shift) {
        SortedMap<Integer, Integer> moved = new TreeMap<>();
        parameters.forEach((parameter, column) -> moved.put(parameter, column + shift));
        return new Carried(
                other,
                columns.stream().map(column -> column + shift).toList(),
                isBound() ? binding + shift : -1,
                moved);
    }
}
