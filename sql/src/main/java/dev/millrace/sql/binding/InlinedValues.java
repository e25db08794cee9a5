package dev.millrace.sql.binding;

import dev.millrace.dataflow.expression.Expression;
import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.plan.PlanExpressions;
import dev.millrace.dataflow.row.DataType;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Finds the template of a query whose values are written into its text: {@code WHERE customer_id = 17} is {@code WHERE customer_id = $1} with 17. So clients that inline their own
 * ids can share a circuit.
 *
 * <p>A parameter is made of each literal that a column of a table is compared with by {@code =} in a conjunction, also where a window's partition stands between. A boolean is not
 * one, since an index by it selects nothing, nor is NULL. Other conditions stay as they are, so queries that differ in them do not share.
 */
public final class InlinedValues {
    private final IdentityHashMap<Expression, Set<Integer>> conditions = new IdentityHashMap<>();
    private final List<Expression> values = new ArrayList<>();

    private InlinedValues() {}

    /** The template, if there is such a literal. */
    public static Optional<Template> of(Plan plan) {
        InlinedValues found = new InlinedValues();
        found.collect(plan);
        Plan template = PlanExpressions.replace(plan, condition -> found.lifted(condition));
        return found.values.isEmpty() ? Optional.empty() : Optional.of(new Template(template, found.values));
    }

    /** Notes the conditions that select, each with the columns by which it does. */
    private void collect(Plan plan) {
        if (plan instanceof Plan.Filter filter) {
            List<Integer> groups = Selection.groups(filter.input());
            if (!groups.isEmpty()) {
                conditions.put(filter.condition(), Set.copyOf(groups));
            } else if (filter.input() instanceof Plan.Table table) {
                conditions.put(
                        filter.condition(),
                        IntStream.range(0, table.types().size()).boxed().collect(Collectors.toSet()));
            }
        }
        plan.inputs().forEach(this::collect);
    }

    private Expression lifted(Expression condition) {
        Set<Integer> columns = conditions.get(condition);
        if (columns == null) {
            return condition;
        }
        return Selection.conjunction(Selection.conjuncts(condition).stream()
                        .map(conjunct -> lifted(conjunct, columns))
                        .toList())
                .orElseThrow();
    }

    private Expression lifted(Expression conjunct, Set<Integer> columns) {
        Optional<Equality> selecting = Equality.of(conjunct)
                .filter(equality -> columns.containsAll(equality.column().columns())
                        && equality.value() instanceof Expression.Literal(Object value, DataType type)
                        && value != null
                        && type != DataType.BOOL);
        return selecting.map(equality -> parameterised(equality)).orElse(conjunct);
    }

    private Expression parameterised(Equality equality) {
        values.add(equality.value());
        return equality.with(
                new Expression.Parameter(values.size() - 1, equality.value().type()));
    }
}
