package dev.millrace.sql.function;

import dev.millrace.dataflow.expression.OverloadedFunction;
import dev.millrace.dataflow.expression.Overloads;
import dev.millrace.dataflow.row.DataType;
import java.util.Locale;

/**
 * The arithmetic operators over operands of one type, with that type as result. Integers are checked for overflow, and floats have no
 * remainder.
 */
public record Arithmetic(Operation operation, DataType type) implements OverloadedFunction {
    /** What is computed. {@code NEGATE} takes one operand, the others two. */
    public enum Operation {
        ADD("add"),
        SUBTRACT("subtract"),
        MULTIPLY("multiply"),
        DIVIDE("divide"),
        REMAINDER("remainder"),
        NEGATE("negate");

        @SuppressWarnings("ImmutableEnumChecker") // it is
        private final Overloads methods;

        Operation(String method) {
            this.methods =
                    Overloads.of(method, IntegerArithmetic.class, FloatArithmetic.class, NumericArithmetic.class);
        }
    }

    /** Whether there is arithmetic over this type. */
    public static boolean supports(DataType type) {
        return switch (type) {
            case INT2, INT4, INT8, NUMERIC, FLOAT4, FLOAT8 -> true;
            default -> false;
        };
    }

    @Override
    public String name() {
        return operation.name().toLowerCase(Locale.ROOT);
    }

    /** Numerics have no bounds. */
    @Override
    public boolean mayFail() {
        return type != DataType.NUMERIC || operation == Operation.DIVIDE || operation == Operation.REMAINDER;
    }

    @Override
    public Overloads methods() {
        return operation.methods;
    }
}
