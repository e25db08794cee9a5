package dev.millrace.dataflow.code;

import dev.millrace.dataflow.expression.Expression;

/**
 * How many bytes of code an expression becomes, at most. HotSpot does not compile a method of more than 8000 bytes, so longer programs are made of several methods.
 */
final class Weights {
    /** What one method may weigh. */
    static final int METHOD = 7500;
    /** The slots of a row, the loop, the index that is kept. */
    static final int LOOP = 200;
    /** An expression whose value waits for the next step. */
    static final int PROJECTED = 40;
    /** A column that is written to the output. */
    static final int WRITTEN = 140;
    /** A call of another method that does a part. */
    static final int PART = 65;

    /** What is computed only once, each time that it stands there. */
    private static final int REMEMBERED = 60;

    private static final int COLUMN = 90;
    private static final int LITERAL = 8;
    private static final int JUNCTION = 30;
    private static final int JUNCTION_OPERAND = 20;
    private static final int CASE = 20;
    private static final int CASE_BRANCH = 15;
    private static final int CALL = 60;
    private static final int CALL_OPERAND = 35;

    private Weights() {}

    /** Of a whole program as one method. */
    static int of(RowProgram program) {
        int weight = LOOP
                + program.repeats() * REMEMBERED
                + program.output().map(types -> types.size() * WRITTEN).orElse(0);
        for (RowProgram.Step step : program.steps()) {
            weight += switch (step) {
                case RowProgram.Step.Condition condition -> of(condition.expression());
                case RowProgram.Step.Projection projection ->
                    projection.expressions().stream()
                            .mapToInt(expression -> of(expression) + PROJECTED)
                            .sum();
            };
        }
        return weight;
    }

    /** Of an expression where it stands, its columns' pages included. */
    static int of(Expression expression) {
        int own = switch (expression) {
            case Expression.Column column -> COLUMN;
            case Expression.Literal literal -> LITERAL;
            case Expression.Parameter parameter -> throw parameter.unbound();
            case Expression.And and ->
                JUNCTION + JUNCTION_OPERAND * and.operands().size();
            case Expression.Or or -> JUNCTION + JUNCTION_OPERAND * or.operands().size();
            case Expression.Case choice ->
                CASE + CASE_BRANCH * choice.conditions().size();
            case Expression.Call call when call.function() instanceof Part -> PART;
            case Expression.Call call -> CALL + CALL_OPERAND * call.operands().size();
        };
        return own + expression.operands().stream().mapToInt(Weights::of).sum();
    }
}
