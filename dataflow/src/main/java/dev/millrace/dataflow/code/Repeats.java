package dev.millrace.dataflow.code;

import dev.millrace.dataflow.expression.Expression;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.store.Carrier;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The calls that stand several times among expressions over the same columns. Each is computed where it is first needed for a row, if it is, and then remembered: functions have no state, so the
 * second value, or error, would be the first. What only stands within such a call is none itself, nor is what has neither objects for operands nor for a result, which is the JVM's to find.
 */
final class Repeats {
    private final Map<Expression, Integer> counts = new LinkedHashMap<>();

    private Repeats() {}

    /** Those among expressions that are evaluated with the same columns, in the order in which they are met. */
    static List<Expression> among(Stream<Expression> expressions) {
        return count(expressions).repeated().map(Map.Entry::getKey).toList();
    }

    /** How often they stand there, all taken together. */
    static int occurrences(Stream<Expression> expressions) {
        return count(expressions).repeated().mapToInt(Map.Entry::getValue).sum();
    }

    private static Repeats count(Stream<Expression> expressions) {
        Repeats repeats = new Repeats();
        expressions.forEach(repeats::count);
        return repeats;
    }

    private Stream<Map.Entry<Expression, Integer>> repeated() {
        return counts.entrySet().stream().filter(entry -> entry.getValue() > 1);
    }

    private void count(Expression expression) {
        boolean isFirst = !(expression instanceof Expression.Call call)
                || !costs(call)
                || counts.merge(call, 1, Integer::sum) == 1;
        if (isFirst) {
            expression.operands().forEach(this::count);
        }
    }

    private static boolean costs(Expression.Call call) {
        return isObject(call.type()) || call.operands().stream().anyMatch(operand -> isObject(operand.type()));
    }

    private static boolean isObject(DataType type) {
        return Carrier.of(type) == Carrier.REFERENCE;
    }
}
