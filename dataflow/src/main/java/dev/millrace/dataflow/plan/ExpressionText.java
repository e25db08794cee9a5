package dev.millrace.dataflow.plan;

import dev.millrace.dataflow.expression.Expression;
import dev.millrace.dataflow.expression.Function;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Row;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** An expression as text, its columns by name: operators stand between their operands, all else is {@code name(operands)}. */
public final class ExpressionText {
    private ExpressionText() {}

    /**
     * An expression as text.
     *
     * @param names of the columns
     */
    public static String of(Expression expression, List<String> names) {
        return switch (expression) {
            case Expression.Column column -> names.get(column.index());
            case Expression.Literal literal -> literal(literal);
            case Expression.Parameter parameter -> parameter.toString();
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
                yield isInfix(call)
                        ? operand(call.operands().getFirst(), names) + " " + name + " "
                                + operand(call.operands().getLast(), names)
                        : name + "(" + String.join(", ", all(call.operands(), names)) + ")";
            }
        };
    }

    /** A row as {@code (1, 'a', NULL)}. */
    public static String row(Row row, List<DataType> types) {
        return "(" + String.join(", ", values(row, types)) + ")";
    }

    /** The values of a row, as they are written in a query. */
    public static List<String> values(Row row, List<DataType> types) {
        return IntStream.range(0, types.size())
                .mapToObj(i -> row.get(i) == null ? "NULL" : literal(new Expression.Literal(row.get(i), types.get(i))))
                .toList();
    }

    /** Dates and times as such, unless they are infinite. */
    private static String literal(Expression.Literal literal) {
        if (literal.type() == DataType.DATE
                && literal.value() instanceof Integer days
                && days != Integer.MAX_VALUE
                && days != Integer.MIN_VALUE) {
            return "'" + LocalDate.ofEpochDay(days) + "'";
        }
        boolean time = literal.type() == DataType.TIMESTAMP || literal.type() == DataType.TIMESTAMPTZ;
        if (time && literal.value() instanceof Long micros && micros != Long.MAX_VALUE && micros != Long.MIN_VALUE) {
            return "'"
                    + Instant.EPOCH
                            .plus(micros, ChronoUnit.MICROS)
                            .atOffset(ZoneOffset.UTC)
                            .toLocalDateTime() + "'";
        }
        return literal.toString();
    }

    static List<String> all(List<Expression> expressions, List<String> names) {
        return expressions.stream().map(expression -> of(expression, names)).toList();
    }

    private static String joined(List<Expression> operands, String word, List<String> names) {
        return operands.stream().map(operand -> operand(operand, names)).collect(Collectors.joining(word));
    }

    private static String operand(Expression operand, List<String> names) {
        String text = of(operand, names);
        boolean compound = switch (operand) {
            case Expression.And and -> true;
            case Expression.Or or -> true;
            case Expression.Call call -> isInfix(call);
            case Expression.Column column -> false;
            case Expression.Literal literal -> false;
            case Expression.Parameter parameter -> false;
            case Expression.Case choice -> false;
        };
        return compound ? "(" + text + ")" : text;
    }

    private static boolean isInfix(Expression.Call call) {
        return call.operands().size() == 2
                && nameOf(call.function()).chars().noneMatch(c -> Character.isLetterOrDigit(c) || c == '_');
    }

    /** A constant of an enum is shown as it wants to be shown, which may be a sign such as {@code <}. */
    private static String nameOf(Function function) {
        String name = function instanceof Enum<?> ? function.toString() : function.name();
        return name.toLowerCase(Locale.ROOT);
    }
}
