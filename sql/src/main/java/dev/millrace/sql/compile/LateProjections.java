package dev.millrace.sql.compile;

import dev.millrace.dataflow.expression.Expression;
import dev.millrace.dataflow.plan.ColumnMapping;
import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.sql.function.Presence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Moves what may be a data error above a join, as Postgres computes it: for rows that have no partner it is not evaluated.
 *
 * <pre>
 *   join on k = k'                      project k, a / b, …
 *     project k, a / b         becomes    join on k = k'
 *       input                               project k, a, b
 *     …                                       input
 *                                           …
 * </pre>
 *
 * On a side that is paired with nulls a column is added that tells the rows from the nulls. What is a key, or an input of a full join, stays where it is.
 *
 * <p>A condition on the value of a scalar subquery, the right side of an inner join, moves above the join too, as it is evaluated for outer rows. Conditions of other kinds
 * are evaluated where Postgres does: as low as they can be.
 */
final class LateProjections {
    /** A longer expression is not copied into those that read it. */
    private static final int LONGEST = 1000;

    private static final Expression TRUE = new Expression.Literal(true, DataType.BOOL);

    private LateProjections() {}

    /**
     * A side without what may fail.
     *
     * @param columns its columns in terms of what is left of it
     * @param conditions which are to hold above the join, over the same
     */
    private record Side(Plan plan, List<Expression> columns, List<Expression> conditions) {
        static Side unchanged(Plan plan) {
            return new Side(plan, columnsOf(plan, 0), List.of());
        }

        /** Where a column that stayed is now. */
        int place(int column) {
            return ((Expression.Column) columns.get(column)).index();
        }
    }

    /** A projection; what its input computes and may fail is computed where it is asked for. */
    static Plan project(Plan input, List<Expression> expressions) {
        if (input instanceof Plan.Project inner && mayFail(inner)) {
            List<Expression> inlined = ColumnMapping.replaceAll(expressions, inner.expressions());
            if (inlined.stream().mapToInt(LateProjections::length).sum() <= LONGEST) {
                return new Plan.Project(inner.input(), inlined);
            }
        }
        return new Plan.Project(input, expressions);
    }

    /** A filter, of which the same holds. */
    static Plan filter(Plan input, Expression condition) {
        if (input instanceof Plan.Project inner && mayFail(inner)) {
            Expression inlined = ColumnMapping.replace(condition, inner.expressions());
            if (length(inlined) <= LONGEST) {
                return new Plan.Project(new Plan.Filter(inner.input(), inlined), inner.expressions());
            }
        }
        return new Plan.Filter(input, condition);
    }

    /** A plan with the same columns and rows. */
    static Plan above(Plan.Join join) {
        boolean movesLeft = join.kind() != Plan.JoinKind.FULL;
        boolean movesRight = movesLeft && !join.kind().isLeftAlone();
        Set<Integer> leftKeys = join.keys().stream().map(Plan.JoinKey::left).collect(Collectors.toSet());
        Set<Integer> rightKeys = join.keys().stream().map(Plan.JoinKey::right).collect(Collectors.toSet());
        Side left = movesLeft
                ? side(join.left(), leftKeys, join.kind() == Plan.JoinKind.RIGHT, false)
                : Side.unchanged(join.left());
        Side right = movesRight
                ? side(join.right(), rightKeys, join.kind() == Plan.JoinKind.LEFT, join.kind() == Plan.JoinKind.INNER)
                : Side.unchanged(join.right());
        List<Plan.JoinKey> keys = join.keys().stream()
                .map(key -> new Plan.JoinKey(left.place(key.left()), right.place(key.right()), key.nullsMatch()))
                .toList();
        Plan asked = movesRight ? AskedRows.only(right.plan, left.plan, join.kind(), keys) : right.plan;
        if (left.plan.equals(join.left()) && asked.equals(join.right())) {
            return join;
        }
        List<Expression> columns = new ArrayList<>(left.columns);
        List<Expression> ofRight = columnsOf(right.plan, left.plan.types().size());
        columns.addAll(ColumnMapping.replaceAll(right.columns, ofRight));
        Optional<Expression> residual = join.residual().map(condition -> ColumnMapping.replace(condition, columns));
        Plan joined = new Plan.Join(left.plan, asked, join.kind(), keys, residual);
        for (Expression condition : ColumnMapping.replaceAll(right.conditions, ofRight)) {
            joined = new Plan.Filter(joined, condition);
        }
        return new Plan.Project(joined, columns.subList(0, join.types().size()));
    }

    /**
     * @param meetsNulls whether rows of the other side are paired with nulls instead
     * @param filters whether conditions on scalar subqueries move, too
     */
    private static Side side(Plan plan, Set<Integer> keys, boolean meetsNulls, boolean filters) {
        List<Expression> expressions = columnsOf(plan, 0);
        List<Expression> conditions = new ArrayList<>();
        Plan bottom = plan;
        while (bottom instanceof Plan.Project || (filters && bottom instanceof Plan.Filter)) {
            if (bottom instanceof Plan.Project project) {
                expressions = ColumnMapping.replaceAll(expressions, project.expressions());
                conditions = new ArrayList<>(ColumnMapping.replaceAll(conditions, project.expressions()));
            } else if (bottom instanceof Plan.Filter filter) {
                conditions.addAll(conjuncts(filter.condition()));
            }
            bottom = bottom.inputs().getFirst();
        }
        List<Expression> computed = expressions;
        List<Integer> moving = IntStream.range(0, computed.size())
                .filter(column -> !keys.contains(column) && computed.get(column).mayFail())
                .boxed()
                .toList();
        List<Expression> lifted =
                conditions.stream().filter(LateProjections::isOfSubquery).toList();
        if (moving.isEmpty() && lifted.isEmpty()) {
            return Side.unchanged(plan);
        }
        Plan input = bottom;
        for (Expression condition : conditions.reversed()) {
            input = lifted.contains(condition) ? input : new Plan.Filter(input, condition);
        }
        Staying staying = new Staying(columnsOf(input, 0));
        Expression present = meetsNulls ? staying.isPaired() : TRUE;
        List<Expression> columns = new ArrayList<>();
        for (int column = 0; column < computed.size(); column++) {
            Expression expression = computed.get(column);
            Expression moved = moving.contains(column) ? staying.over(expression) : staying.column(expression);
            boolean guarded = meetsNulls && moving.contains(column) && !isNullOverNulls(moved);
            columns.add(guarded ? orNull(present, moved) : moved);
        }
        List<Expression> above = lifted.stream().map(staying::over).toList();
        return new Side(new Plan.Project(input, staying.columns), columns, above);
    }

    /** What is left of a side of these columns. */
    private record Staying(List<Expression> input, List<Expression> columns) {
        Staying(List<Expression> input) {
            this(input, new ArrayList<>());
        }

        /** The column with this value, which is added if there is none. */
        Expression column(Expression expression) {
            if (!columns.contains(expression)) {
                columns.add(expression);
            }
            return new Expression.Column(columns.indexOf(expression), expression.type());
        }

        /** An expression over columns of the input, which are added. */
        Expression over(Expression expression) {
            List<Expression> places = new ArrayList<>(input);
            expression.columns().forEach(read -> places.set(read, column(input.get(read))));
            return ColumnMapping.replace(expression, places);
        }

        Expression isPaired() {
            return new Expression.Call(Presence.PAIRED, List.of(column(TRUE)), DataType.BOOL);
        }
    }

    /** A value if a condition holds, else NULL. */
    static Expression orNull(Expression condition, Expression value) {
        return new Expression.Case(
                List.of(condition), List.of(value), new Expression.Literal(null, value.type()), value.type());
    }

    /** A choice of this kind, by columns, is NULL where they are. */
    private static boolean isNullOverNulls(Expression expression) {
        return expression instanceof Expression.Case choice
                && choice.conditions().getFirst() instanceof Expression.Call call
                && call.function() instanceof Presence
                && call.operands().getFirst() instanceof Expression.Column;
    }

    private static boolean isOfSubquery(Expression expression) {
        return (expression instanceof Expression.Call call && call.function() == Presence.SINGLE)
                || expression.operands().stream().anyMatch(LateProjections::isOfSubquery);
    }

    private static List<Expression> conjuncts(Expression condition) {
        return condition instanceof Expression.And and ? and.operands() : List.of(condition);
    }

    private static boolean mayFail(Plan.Project project) {
        return project.expressions().stream().anyMatch(Expression::mayFail);
    }

    private static int length(Expression expression) {
        return 1
                + expression.operands().stream()
                        .mapToInt(LateProjections::length)
                        .sum();
    }

    /** @param shift how many columns stand before them */
    private static List<Expression> columnsOf(Plan plan, int shift) {
        List<DataType> types = plan.types();
        return IntStream.range(0, types.size())
                .<Expression>mapToObj(column -> new Expression.Column(column + shift, types.get(column)))
                .toList();
    }
}
