package dev.millrace.dataflow.code;

import dev.millrace.dataflow.expression.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Makes expressions light by giving parts of them methods of their own. What is evaluated, and in which order, stays: a part is evaluated where it stood. Long
 * conjunctions, disjunctions and cases are nested first, since {@code and[a, b, c]} is {@code and[and[a, b], c]}.
 */
final class Outliner {
    private final int budget;
    private final BiFunction<Expression, Boolean, Expression> outline;

    /**
     * @param budget what an expression may weigh
     * @param outline gives an expression, as a condition or as a value, a method, and returns what stands for it
     */
    Outliner(int budget, BiFunction<Expression, Boolean, Expression> outline) {
        this.budget = budget;
        this.outline = outline;
    }

    /** An expression that does the same and is not heavier than the budget, unless it is a call of very many operands. */
    Expression lighten(Expression expression, boolean isCondition) {
        if (Weights.of(expression) <= budget) {
            return expression;
        }
        return switch (expression) {
            case Expression.Column column -> column;
            case Expression.Literal literal -> literal;
            case Expression.Parameter parameter -> throw parameter.unbound();
            case Expression.And and -> junction(and.operands(), isCondition, Expression.And::new);
            case Expression.Or or -> junction(or.operands(), false, Expression.Or::new);
            case Expression.Case choice -> choice(choice);
            case Expression.Call call -> call(call);
        };
    }

    /** Groups operands that follow each other, and then the groups, until one is left. */
    private Expression junction(
            List<Expression> operands, boolean isCondition, Function<List<Expression>, Expression> join) {
        List<Expression> rest =
                operands.stream().map(operand -> lighten(operand, isCondition)).toList();
        while (Weights.of(join.apply(rest)) > budget && rest.size() > 1) {
            List<Expression> groups = new ArrayList<>();
            List<Expression> group = new ArrayList<>();
            for (Expression operand : rest) {
                group.add(operand);
                // A group of one would be a part that only calls another.
                if (group.size() > 2 && Weights.of(join.apply(group)) > budget) {
                    group.removeLast();
                    groups.add(outline.apply(join.apply(group), isCondition));
                    group.clear();
                    group.add(operand);
                }
            }
            groups.add(outline.apply(join.apply(group), isCondition));
            rest = groups;
        }
        // A condition and a value stop at different operands, so even one alone stays joined.
        return rest.size() < operands.size() && rest.size() == 1 ? rest.getFirst() : join.apply(rest);
    }

    /** Puts the last branches into the part that is evaluated otherwise, and so on forward. */
    private Expression choice(Expression.Case choice) {
        List<Expression> conditions = new ArrayList<>();
        List<Expression> results = new ArrayList<>();
        Expression otherwise = part(choice.otherwise(), false);
        for (int i = choice.conditions().size() - 1; i >= 0; i--) {
            conditions.addFirst(part(choice.conditions().get(i), true));
            results.addFirst(part(choice.results().get(i), false));
            Expression branches = new Expression.Case(conditions, results, otherwise, choice.type());
            if (conditions.size() > 1 && Weights.of(branches) > budget && i > 0) {
                otherwise = outline.apply(branches, false);
                conditions.clear();
                results.clear();
            }
        }
        return new Expression.Case(conditions, results, otherwise, choice.type());
    }

    private Expression call(Expression.Call call) {
        return new Expression.Call(
                call.function(),
                call.operands().stream().map(operand -> part(operand, false)).toList(),
                call.type());
    }

    private Expression part(Expression expression, boolean isCondition) {
        Expression light = lighten(expression, isCondition);
        return Weights.of(light) > 2 * Weights.PART ? outline.apply(light, isCondition) : light;
    }
}
