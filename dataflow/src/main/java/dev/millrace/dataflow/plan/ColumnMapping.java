package dev.millrace.dataflow.plan;

import dev.millrace.dataflow.expression.Expression;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Where the columns of an expression's input are, and where they go when that input changes. */
final class ColumnMapping {
    private ColumnMapping() {}

    /** The columns that any of these expressions reads. */
    static BitSet columnsOf(List<Expression> expressions) {
        BitSet columns = new BitSet();
        expressions.forEach(expression -> collect(expression, columns));
        return columns;
    }

    private static void collect(Expression expression, BitSet columns) {
        if (expression instanceof Expression.Column column) {
            columns.set(column.index());
        }
        operands(expression).forEach(operand -> collect(operand, columns));
    }

    private static List<Expression> operands(Expression expression) {
        return switch (expression) {
            case Expression.Column ignored -> List.of();
            case Expression.Literal ignored -> List.of();
            case Expression.Call call -> call.operands();
            case Expression.And and -> and.operands();
            case Expression.Or or -> or.operands();
            case Expression.Case choice -> {
                List<Expression> operands = new ArrayList<>(choice.conditions());
                operands.addAll(choice.results());
                operands.add(choice.otherwise());
                yield operands;
            }
        };
    }

    /** The expression with each column replaced by the one that stands at its index here. */
    static Expression replace(Expression expression, List<? extends Expression> columns) {
        return switch (expression) {
            case Expression.Column column -> columns.get(column.index());
            case Expression.Literal literal -> literal;
            case Expression.Call call ->
                new Expression.Call(call.function(), replaceAll(call.operands(), columns), call.type());
            case Expression.And and -> new Expression.And(replaceAll(and.operands(), columns));
            case Expression.Or or -> new Expression.Or(replaceAll(or.operands(), columns));
            case Expression.Case choice ->
                new Expression.Case(
                        replaceAll(choice.conditions(), columns),
                        replaceAll(choice.results(), columns),
                        replace(choice.otherwise(), columns),
                        choice.type());
        };
    }

    static List<Expression> replaceAll(List<Expression> expressions, List<? extends Expression> columns) {
        return expressions.stream()
                .map(expression -> replace(expression, columns))
                .toList();
    }
}
