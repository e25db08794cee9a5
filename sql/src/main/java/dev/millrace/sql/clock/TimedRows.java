package dev.millrace.sql.clock;

import dev.millrace.dataflow.expression.Expression;
import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.plan.TimeCondition;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import dev.millrace.sql.function.Now;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Rows with more columns, which tell what the expressions of an operator above need to know of the time; and these expressions over such rows. */
final class TimedRows {
    private final Plan input;
    private final int width;
    /** The columns that are computed of a row for its tests. */
    private final List<Expression> computed = new ArrayList<>();

    private final List<ClockCondition> tests = new ArrayList<>();
    /** What is computed of the clock alone. */
    private final List<Expression> steps = new ArrayList<>();

    private long period = Long.MAX_VALUE;
    private final Plan rows;
    private final List<Expression> expressions;

    private TimedRows(Plan input, List<Expression> expressions) {
        this.input = input;
        this.width = input.types().size();
        expressions.forEach(expression -> replaced(expression, this::noted, this::notedStep));
        this.rows = rows();
        this.expressions = expressions.stream()
                .map(expression -> replaced(expression, this::flag, this::step))
                .toList();
    }

    /** @throws MillraceException {@code UNSUPPORTED_SQL} if a value of theirs changes all the time */
    static TimedRows of(Plan input, List<Expression> expressions) {
        return new TimedRows(input, expressions);
    }

    /** The values of the expressions. */
    Plan projected() {
        return new Plan.Project(rows, expressions);
    }

    /** The input's rows for which the only expression is TRUE. */
    Plan filtered() {
        return new Plan.Project(
                new Plan.Filter(rows, expressions.getFirst()), columns(input).subList(0, width));
    }

    private static List<Expression> columns(Plan plan) {
        return IntStream.range(0, plan.types().size())
                .<Expression>mapToObj(i -> new Expression.Column(i, plan.types().get(i)))
                .toList();
    }

    private static Expression replaced(
            Expression expression, Function<ClockCondition, Expression> flag, Function<Expression, Expression> step) {
        if (!Now.isIn(expression)) {
            return expression;
        }
        if (ClockSteps.period(expression).isPresent()) {
            return step.apply(expression);
        }
        Optional<Expression> solved = new ClockComparison(flag).solve(expression);
        if (solved.isPresent()) {
            return solved.get();
        }
        if (Now.is(expression)) {
            throw new MillraceException(
                    ErrorCode.UNSUPPORTED_SQL,
                    "a value that is computed of now() like this changes at every moment, for each row; compare the clock with a time"
                            + " (WHERE t > now() - interval '1 hour'), or let it change less often: current_date, date_trunc('minute', now())");
        }
        return expression.replacingOperands(operand -> replaced(operand, flag, step));
    }

    private Expression noted(ClockCondition test) {
        if (!tests.contains(test)) {
            tests.add(test);
        }
        compute(test.moment());
        test.shift().ifPresent(this::compute);
        return test.moment();
    }

    private void compute(Expression expression) {
        if (!(expression instanceof Expression.Column) && !computed.contains(expression)) {
            computed.add(expression);
        }
    }

    private Expression notedStep(Expression step) {
        period = Math.min(period, ClockSteps.period(step).orElseThrow());
        if (!steps.contains(step)) {
            steps.add(step);
        }
        return step;
    }

    private Plan rows() {
        Plan plan = input;
        if (!computed.isEmpty()) {
            List<Expression> all = new ArrayList<>(columns(input));
            all.addAll(computed);
            plan = new Plan.Project(input, all);
        }
        if (!steps.isEmpty()) {
            plan = new Plan.Join(plan, clock(), Plan.JoinKind.INNER, List.of(), Optional.empty());
        }
        if (!tests.isEmpty()) {
            plan = new Plan.Timed(plan, tests.stream().map(this::condition).toList());
        }
        return plan;
    }

    /** A row of the steps' values, which changes when one of them does. */
    private Plan clock() {
        Expression now = new Expression.Column(0, DataType.TIMESTAMPTZ);
        return new Plan.Distinct(new Plan.Project(
                new Plan.Clock(period),
                steps.stream().map(step -> Now.replace(step, now)).toList()));
    }

    private TimeCondition condition(ClockCondition test) {
        return new TimeCondition(column(test.moment()), test.shift().map(this::column), test.strict(), test.calendar());
    }

    private int column(Expression expression) {
        return expression instanceof Expression.Column column ? column.index() : width + computed.indexOf(expression);
    }

    private Expression step(Expression step) {
        return new Expression.Column(width + computed.size() + steps.indexOf(step), step.type());
    }

    private Expression flag(ClockCondition test) {
        int flag = width + computed.size() + steps.size() + tests.indexOf(test);
        return new Expression.Column(flag, DataType.BOOL);
    }
}
