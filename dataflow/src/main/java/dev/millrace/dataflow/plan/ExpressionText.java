package dev.millrace.dataflow.plan;

import dev.millrace.dataflow.expression.Expression;
import dev.millrace.dataflow.expression.Function;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** An expression as text, its columns by name: operators stand between their operands, all else is {@code name(operands)}. */
final class ExpressionText {
    private ExpressionText() {}

    static String of(Expression expression, List<String> names) {
        return switch (expression) {
            case Expression.Column column -> names.get(column.index());
            case Expression.Literal literal -> literal.toString();
            case Expression.And and -> joined(and.operands(), " and ", names);
            case Expression.Or or -> joined(or.operands(), " or ", names);
            case Expression.Case choice -> {
                StringBuilder text = new StringBuilder("case");
                for (int i = 0; i < choice.conditions().size(); i++) {
                    text.append(" when ").append(of(choice.conditions().get(i), names));
                    text.append(" then ").append(of(choice.results().get(i), names));
                }
                yield text.append(" else ")
                        .append(of(choice.otherwise(), names))
                        .append(" end")
                        .toString();
            }
            case Expression.Call call -> {
                String name = nameOf(call.function());
                boolean infix = call.operands().size() == 2
                        && name.chars().noneMatch(c -> Character.isLetterOrDigit(c) || c == '_');
                yield infix
                        ? operand(call.operands().getFirst(), names) + " " + name + " "
                                + operand(call.operands().getLast(), names)
                        : name + "(" + String.join(", ", all(call.operands(), names)) + ")";
            }
        };
    }

    static List<String> all(List<Expression> expressions, List<String> names) {
        return expressions.stream().map(expression -> of(expression, names)).toList();
    }

    private static String joined(List<Expression> operands, String word, List<String> names) {
        return operands.stream().map(operand -> operand(operand, names)).collect(Collectors.joining(word));
    }

    private static String operand(Expression operand, List<String> names) {
        String text = of(operand, names);
        boolean single = operand instanceof Expression.Column || operand instanceof Expression.Literal;
        return single || !text.contains(" ") ? text : "(" + text + ")";
    }

    /** A constant of an enum is shown as it wants to be shown, which may be a sign such as {@code <}. */
    private static String nameOf(Function function) {
        String name = function instanceof Enum<?> ? function.toString() : function.name();
        return name.toLowerCase(Locale.ROOT);
    }
}
