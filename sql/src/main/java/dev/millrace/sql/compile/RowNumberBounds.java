package dev.millrace.sql.compile;

import dev.millrace.dataflow.expression.Expression;
import java.util.List;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;

/**
 * Between which numbers, both included, a condition lets a row number be.
 *
 * @param exact whether the condition says just that, and nothing else
 */
record RowNumberBounds(long first, long last, boolean exact) {
    static final RowNumberBounds ANY = new RowNumberBounds(1, Long.MAX_VALUE, false);

    /** @param constants compiles what the number is compared with */
    static RowNumberBounds of(RexNode condition, RexOver number, ExpressionCompiler constants) {
        if (!(condition instanceof RexCall call)) {
            return ANY;
        }
        List<RexNode> operands = call.getOperands();
        return switch (call.getKind()) {
            case OR ->
                operands.stream()
                        .map(operand -> of(operand, number, constants))
                        .reduce(RowNumberBounds::or)
                        .orElse(ANY);
            case AND ->
                operands.stream()
                        .map(operand -> of(operand, number, constants))
                        .reduce(ANY, RowNumberBounds::and)
                        .inexact();
            case EQUALS, LESS_THAN, LESS_THAN_OR_EQUAL, GREATER_THAN, GREATER_THAN_OR_EQUAL -> {
                if (operands.get(0).equals(number)) {
                    yield compared(call.getKind(), operands.get(1), constants);
                }
                yield operands.get(1).equals(number)
                        ? compared(call.getKind().reverse(), operands.get(0), constants)
                        : ANY;
            }
            default -> ANY;
        };
    }

    /** What the number is compared with must be an integer constant. */
    private static RowNumberBounds compared(SqlKind comparison, RexNode limit, ExpressionCompiler constants) {
        if (!RexUtil.isConstant(limit)
                || !(constants.compile(limit) instanceof Expression.Literal(Object value, var type))) {
            return ANY;
        }
        if (!(value instanceof Long || value instanceof Integer || value instanceof Short)) {
            return ANY;
        }
        // One less than the greatest long, so that the number after it is one.
        long number = Math.clamp(((Number) value).longValue(), -1, Long.MAX_VALUE - 1);
        return switch (comparison) {
            case EQUALS -> new RowNumberBounds(number, number, true);
            case LESS_THAN -> new RowNumberBounds(1, number - 1, true);
            case LESS_THAN_OR_EQUAL -> new RowNumberBounds(1, number, true);
            case GREATER_THAN -> new RowNumberBounds(number + 1, Long.MAX_VALUE, true);
            case GREATER_THAN_OR_EQUAL -> new RowNumberBounds(number, Long.MAX_VALUE, true);
            default -> ANY;
        };
    }

    RowNumberBounds and(RowNumberBounds other) {
        return new RowNumberBounds(Math.max(first, other.first), Math.min(last, other.last), exact && other.exact);
    }

    private RowNumberBounds or(RowNumberBounds other) {
        return new RowNumberBounds(Math.min(first, other.first), Math.max(last, other.last), false);
    }

    private RowNumberBounds inexact() {
        return new RowNumberBounds(first, last, false);
    }

    long offset() {
        return Math.max(first, 1) - 1;
    }

    /** How many rows lie between the bounds. */
    long limit() {
        return Math.max(0, last - offset());
    }
}
