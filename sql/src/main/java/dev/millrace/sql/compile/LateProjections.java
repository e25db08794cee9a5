package dev.millrace.sql.compile;

import dev.millrace.dataflow.expression.Expression;
import dev.millrace.dataflow.plan.ColumnMapping;
import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.sql.function.Logic;
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
 */
final class LateProjections {
    private static final Expression TRUE = new Expression.Literal(true, DataType.BOOL);

    private LateProjections() {}

    /** A side without what may fail, and its columns in terms of what is left of it. */
    private record Side(Plan plan, List<Expression> columns) {
        static Side unchanged(Plan plan) {
            return new Side(plan, columnsOf(plan, 0));
        }

        /** Where a column that stayed is now. */
        int place(int column) {
            return ((Expression.Column) columns.get(column)).index();
        }
    }

    /** A plan with the same columns and rows. */
    static Plan above(Plan.Join join) {
        boolean movesLeft = join.kind() != Plan.JoinKind.FULL;
        boolean movesRight = movesLeft && !join.kind().isLeftAlone();
        Set<Integer> leftKeys = join.keys().stream().map(Plan.JoinKey::left).collect(Collectors.toSet());
        Set<Integer> rightKeys = join.keys().stream().map(Plan.JoinKey::right).collect(Collectors.toSet());
        Side left = movesLeft
                ? side(join.left(), leftKeys, join.kind() == Plan.JoinKind.RIGHT)
                : Side.unchanged(join.left());
        Side right = movesRight
                ? side(join.right(), rightKeys, join.kind() == Plan.JoinKind.LEFT)
                : Side.unchanged(join.right());
        if (left.plan.equals(join.left()) && right.plan.equals(join.right())) {
            return join;
        }
        List<Expression> columns = new ArrayList<>(left.columns);
        columns.addAll(ColumnMapping.replaceAll(
                right.columns, columnsOf(right.plan, left.plan.types().size())));
        List<Plan.JoinKey> keys = join.keys().stream()
                .map(key -> new Plan.JoinKey(left.place(key.left()), right.place(key.right()), key.nullsMatch()))
                .toList();
        Optional<Expression> residual = join.residual().map(condition -> ColumnMapping.replace(condition, columns));
        Plan joined = new Plan.Join(left.plan, right.plan, join.kind(), keys, residual);
        return new Plan.Project(joined, columns.subList(0, join.types().size()));
    }

    /** @param meetsNulls whether rows of the other side are paired with nulls instead */
    private static Side side(Plan plan, Set<Integer> keys, boolean meetsNulls) {
        if (!(plan instanceof Plan.Project outer)) {
            return Side.unchanged(plan);
        }
        Plan.Project project = outer;
        while (project.input() instanceof Plan.Project inner) {
            List<Expression> expressions = inner.expressions();
            project = new Plan.Project(inner.input(), ColumnMapping.replaceAll(project.expressions(), expressions));
        }
        List<Expression> expressions = project.expressions();
        List<Integer> moving = IntStream.range(0, expressions.size())
                .filter(column ->
                        !keys.contains(column) && expressions.get(column).mayFail())
                .boxed()
                .toList();
        if (moving.isEmpty()) {
            return Side.unchanged(plan);
        }
        List<Expression> staying = new ArrayList<>();
        List<Expression> columns = new ArrayList<>();
        List<Expression> input = columnsOf(project.input(), 0);
        Expression present = meetsNulls ? isPresent(staying) : TRUE;
        for (int column = 0; column < expressions.size(); column++) {
            Expression expression = expressions.get(column);
            if (!moving.contains(column)) {
                columns.add(column(expression, staying));
                continue;
            }
            List<Expression> places = new ArrayList<>(input);
            expression.columns().forEach(read -> places.set(read, column(input.get(read), staying)));
            Expression moved = ColumnMapping.replace(expression, places);
            columns.add(
                    meetsNulls
                            ? new Expression.Case(
                                    List.of(present),
                                    List.of(moved),
                                    new Expression.Literal(null, moved.type()),
                                    moved.type())
                            : moved);
        }
        return new Side(new Plan.Project(project.input(), staying), columns);
    }

    private static Expression isPresent(List<Expression> columns) {
        return new Expression.Call(Logic.IS_NOT_NULL, List.of(column(TRUE, columns)), DataType.BOOL);
    }

    /** The column with this value, which is added if there is none. */
    private static Expression column(Expression expression, List<Expression> columns) {
        if (!columns.contains(expression)) {
            columns.add(expression);
        }
        return new Expression.Column(columns.indexOf(expression), expression.type());
    }

    /** @param shift how many columns stand before them */
    private static List<Expression> columnsOf(Plan plan, int shift) {
        List<DataType> types = plan.types();
        return IntStream.range(0, types.size())
                .<Expression>mapToObj(column -> new Expression.Column(column + shift, types.get(column)))
                .toList();
    }
}
