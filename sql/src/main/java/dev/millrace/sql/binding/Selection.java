package dev.millrace.sql.binding;

import dev.millrace.dataflow.expression.Expression;
import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.plan.PlanExpressions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A filter over rows without parameters, as a look-up: the equalities of a column with a parameter by which its rows are found, and the rest of its condition.
 *
 * @param input has the filter's columns, and after them those that are only compared
 * @param width how many columns the filter has
 */
record Selection(Plan input, int width, List<Key> keys, Optional<Expression> rest) {
    /** An equality of a column of the input with a parameter. */
    record Key(int column, int parameter, boolean nullsMatch) {}

    /** @throws Unbindable if no equality of a column with a parameter is among its conditions */
    static Selection of(Plan.Filter filter) {
        List<Expression> columns = new ArrayList<>(Carried.identity(filter.input()));
        List<Key> keys = new ArrayList<>();
        List<Expression> rest = new ArrayList<>();
        for (Expression conjunct : conjuncts(filter.condition())) {
            Optional<Equality> equality = Equality.of(conjunct);
            if (equality.isEmpty() || !(equality.get().value() instanceof Expression.Parameter parameter)) {
                rest.add(conjunct);
                continue;
            }
            Expression column = equality.get().column();
            if (!columns.contains(column)) {
                columns.add(column);
            }
            keys.add(new Key(
                    columns.indexOf(column), parameter.index(), equality.get().nullsMatch()));
        }
        if (keys.isEmpty()) {
            throw new Unbindable("no condition is an equality of a column with a parameter");
        }
        int width = filter.input().types().size();
        Plan input = columns.size() == width ? filter.input() : new Plan.Project(filter.input(), columns);
        return new Selection(input, width, keys, conjunction(rest));
    }

    /**
     * The filter of a top-k or a window, by columns of its groups, as one of a filter:
     * {@code filter g = $1 and rest (top-k by g (A)) → filter rest (top-k by g (filter g = $1 (A)))}.
     */
    static Optional<Plan> belowGroups(Plan.Filter filter) {
        Plan grouped = filter.input();
        List<Integer> groups = groups(grouped);
        List<Expression> below = new ArrayList<>();
        List<Expression> rest = new ArrayList<>();
        for (Expression conjunct : conjuncts(filter.condition())) {
            boolean selects = conjunct.hasParameters()
                    && Equality.of(conjunct).isPresent()
                    && groups.containsAll(conjunct.columns());
            (selects ? below : rest).add(conjunct);
        }
        return conjunction(below).map(condition -> {
            Plan input = new Plan.Filter(grouped.inputs().getFirst(), condition);
            Plan selected = PlanExpressions.with(grouped, List.of(input), PlanExpressions.of(grouped));
            return conjunction(rest)
                    .<Plan>map(last -> new Plan.Filter(selected, last))
                    .orElse(selected);
        });
    }

    /** The columns by which an operator works on its input's rows group by group, and which it leaves as they are. */
    static List<Integer> groups(Plan plan) {
        return switch (plan) {
            case Plan.TopK topK -> topK.groups();
            case Plan.Window window -> window.partition();
            default -> List.of();
        };
    }

    static List<Expression> conjuncts(Expression condition) {
        return condition instanceof Expression.And and
                ? and.operands().stream()
                        .flatMap(operand -> conjuncts(operand).stream())
                        .toList()
                : List.of(condition);
    }

    static Optional<Expression> conjunction(List<Expression> conjuncts) {
        return switch (conjuncts.size()) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(conjuncts.getFirst());
            default -> Optional.of(new Expression.And(conjuncts));
        };
    }
}
