package dev.millrace.sql.function;

import dev.millrace.dataflow.expression.Function;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Decimal;
import dev.millrace.dataflow.row.DecimalMath;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The arithmetic operators over operands of one type, with that type as result. Integers are checked for overflow. */
public record Arithmetic(Operation operation, DataType type) implements Function {
    /** What is computed. {@code NEGATE} and {@code ABS} take one operand, the others two. */
    public enum Operation {
        ADD,
        SUBTRACT,
        MULTIPLY,
        DIVIDE,
        REMAINDER,
        NEGATE,
        ABS
    }

    /** Whether there is arithmetic over this type. */
    public static boolean supports(DataType type) {
        return switch (type) {
            case INT2, INT4, INT8, NUMERIC, FLOAT4, FLOAT8 -> true;
            case BOOL, TEXT, CHAR, BYTEA, DATE, TIMESTAMP, TIMESTAMPTZ, UUID -> false;
        };
    }

    @Override
    public String name() {
        return operation.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public @Nullable Object apply(@Nullable Object[] arguments) {
        Object left = arguments[0];
        Object right = arguments[arguments.length - 1];
        try {
            return switch (left) {
                case Long a -> integer(a, ((Number) right).longValue());
                case Integer a -> narrowed(integer(a, ((Number) right).longValue()));
                case Short a -> narrowed(integer(a, ((Number) right).longValue()));
                case Decimal a -> decimal(a, (Decimal) right);
                case Double a -> floating(a, (Double) right);
                case Float a -> single(a, (Float) right);
                case null, default -> throw new IllegalStateException("no arithmetic over " + type);
            };
        } catch (ArithmeticException e) {
            throw "division by zero".equals(e.getMessage()) ? DataErrors.divisionByZero() : DataErrors.outOfRange(type);
        }
    }

    private long integer(long left, long right) {
        return switch (operation) {
            case ADD -> Math.addExact(left, right);
            case SUBTRACT -> Math.subtractExact(left, right);
            case MULTIPLY -> Math.multiplyExact(left, right);
            case DIVIDE -> Math.divideExact(left, nonZero(right));
            case REMAINDER -> left % nonZero(right);
            case NEGATE -> Math.negateExact(left);
            case ABS -> Math.absExact(left);
        };
    }

    private Object narrowed(long value) {
        if (type == DataType.INT2) {
            if (value != (short) value) {
                throw DataErrors.outOfRange(type);
            }
            return (short) value;
        }
        return Math.toIntExact(value);
    }

    private Decimal decimal(Decimal left, Decimal right) {
        return switch (operation) {
            case ADD -> DecimalMath.add(left, right);
            case SUBTRACT -> DecimalMath.subtract(left, right);
            case MULTIPLY -> DecimalMath.multiply(left, right);
            case DIVIDE -> DecimalMath.divide(left, right);
            case REMAINDER -> DecimalMath.remainder(left, right);
            case NEGATE -> DecimalMath.negate(left);
            case ABS -> left.compareTo(Decimal.ZERO) < 0 ? DecimalMath.negate(left) : left;
        };
    }

    private double floating(double left, double right) {
        return switch (operation) {
            case ADD -> inRange(left + right, left, right);
            case SUBTRACT -> inRange(left - right, left, right);
            case MULTIPLY -> notUnderflown(inRange(left * right, left, right), left == 0 || right == 0);
            case DIVIDE -> {
                requireDivisor(left, right);
                yield notUnderflown(inRange(left / right, left, right), left == 0 || Double.isInfinite(right));
            }
            case REMAINDER -> throw new IllegalStateException("no remainder of floats");
            case NEGATE -> -left;
            case ABS -> Math.abs(left);
        };
    }

    private float single(float left, float right) {
        return switch (operation) {
            case ADD -> (float) inRange(left + right, left, right);
            case SUBTRACT -> (float) inRange(left - right, left, right);
            case MULTIPLY -> (float) notUnderflown(inRange(left * right, left, right), left == 0 || right == 0);
            case DIVIDE -> {
                requireDivisor(left, right);
                yield (float) notUnderflown(inRange(left / right, left, right), left == 0 || Float.isInfinite(right));
            }
            case REMAINDER -> throw new IllegalStateException("no remainder of floats");
            case NEGATE -> -left;
            case ABS -> Math.abs(left);
        };
    }

    private double inRange(double result, double left, double right) {
        if (Double.isInfinite(result) && !Double.isInfinite(left) && !Double.isInfinite(right)) {
            throw DataErrors.outOfRange(type);
        }
        return result;
    }

    private static double notUnderflown(double result, boolean zeroIsRight) {
        if (result == 0 && !zeroIsRight) {
            throw DataErrors.of("value out of range: underflow");
        }
        return result;
    }

    private static void requireDivisor(double dividend, double divisor) {
        if (divisor == 0 && !Double.isNaN(dividend)) {
            throw DataErrors.divisionByZero();
        }
    }

    private static long nonZero(long divisor) {
        if (divisor == 0) {
            throw DataErrors.divisionByZero();
        }
        return divisor;
    }
}
