package dev.millrace.dataflow.circuit;

import dev.millrace.dataflow.expression.Expression;
import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.plan.Plan.JoinKey;
import dev.millrace.dataflow.plan.Plan.JoinKind;
import dev.millrace.dataflow.row.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;

/** Random recursions that end: with UNION the values are taken from finitely many, with UNION ALL a column counts down. */
final class RandomRecursion {
    private static final int DEEPEST = 2;

    private final Random random;
    private final RandomPlans plans;
    private Plan at = new Plan.Recursion(List.of());
    /** The column that counts down, if one does. */
    private int countdown;

    RandomRecursion(Random random, RandomPlans plans) {
        this.random = random;
        this.plans = plans;
    }

    Plan fixpoint(Plan input, Supplier<Plan> sides) {
        boolean all = random.nextBoolean();
        List<Expression> columns = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            columns.add(column(input.types(), random.nextInt(input.types().size())));
        }
        if (all) {
            countdown = columns.size();
            columns.add(new Expression.Literal(DEEPEST, DataType.INT4));
        }
        Plan base = new Plan.Project(input, columns);
        at = new Plan.Recursion(base.types());
        if (all) {
            at = new Plan.Filter(at, call(TestFunction.LESS, literal(0), column(at.types(), countdown), DataType.BOOL));
        }
        int joins = 0;
        for (int i = random.nextInt(4); i > 0; i--) {
            switch (random.nextInt(all ? 4 : 5)) {
                case 0 -> at = new Plan.Filter(at, plans.condition(at.types()));
                case 4 -> at = plans.flatMap(at);
                default -> {
                    if (joins++ < 2) {
                        join(sides.get());
                    }
                }
            }
        }
        List<Expression> results = new ArrayList<>();
        for (int i = 0; i < base.types().size(); i++) {
            DataType type = base.types().get(i);
            results.add(
                    all && i == base.types().size() - 1
                            ? call(TestFunction.SUBTRACT, column(at.types(), countdown), literal(1), DataType.INT4)
                            : column(at.types(), plans.pick(RandomPlans.columnsOf(at.types(), type))));
        }
        return new Plan.Fixpoint(base, new Plan.Project(at, results), all);
    }

    private void join(Plan side) {
        boolean isLeft = random.nextBoolean();
        Plan left = isLeft ? at : side;
        Plan right = isLeft ? side : at;
        List<JoinKey> keys = new ArrayList<>();
        for (int i = 0; i < left.types().size(); i++) {
            List<Integer> partners =
                    RandomPlans.columnsOf(right.types(), left.types().get(i));
            if (!partners.isEmpty() && (keys.isEmpty() || random.nextInt(4) == 0)) {
                keys.add(new JoinKey(i, plans.pick(partners), random.nextBoolean()));
            }
        }
        List<DataType> pair = new ArrayList<>(left.types());
        pair.addAll(right.types());
        Optional<Expression> residual = random.nextInt(3) == 0 ? Optional.of(plans.condition(pair)) : Optional.empty();
        JoinKind kind = isLeft
                ? plans.pick(List.of(JoinKind.INNER, JoinKind.INNER, JoinKind.LEFT, JoinKind.SEMI, JoinKind.ANTI))
                : plans.pick(List.of(JoinKind.INNER, JoinKind.RIGHT));
        at = new Plan.Join(left, right, kind, keys, residual);
        countdown += isLeft ? 0 : side.types().size();
    }

    private static Expression column(List<DataType> types, int index) {
        return new Expression.Column(index, types.get(index));
    }

    private static Expression literal(int value) {
        return new Expression.Literal(value, DataType.INT4);
    }

    private static Expression call(TestFunction function, Expression left, Expression right, DataType type) {
        return new Expression.Call(function, List.of(left, right), type);
    }
}
