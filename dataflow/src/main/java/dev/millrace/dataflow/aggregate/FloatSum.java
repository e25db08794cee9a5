package dev.millrace.dataflow.aggregate;

import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * {@code sum} and {@code avg} of floating point numbers. The sum is exact and rounded once, on output: it can be retracted from, and does not depend
 * on the order of the values, as it does in Postgres where they round on the way. {@code avg} divides the rounded sum.
 */
final class FloatSum implements Accumulator {
    /** The sum is of the column's type, {@code avg} is always float8. */
    enum Result {
        FLOAT4,
        FLOAT8,
        AVERAGE
    }

    private final Result kind;
    private final SpecialCounts specials = new SpecialCounts();
    private BigDecimal sum = BigDecimal.ZERO;
    private long count;
    private long negativeZeros;

    FloatSum(Result kind) {
        this.kind = kind;
    }

    @Override
    public void add(@Nullable Object value, long weight) {
        if (value == null) {
            return;
        }
        count = Math.addExact(count, weight);
        double number = ((Number) value).doubleValue();
        if (!Double.isFinite(number)) {
            specials.add(number, weight);
        } else if (number == 0) {
            negativeZeros += Double.doubleToRawLongBits(number) == 0 ? 0 : weight;
        } else {
            sum = sum.add(new BigDecimal(number).multiply(BigDecimal.valueOf(weight)));
        }
    }

    @Override
    public @Nullable Object result() {
        if (count == 0) {
            return null;
        }
        return switch (kind) {
            case FLOAT4 -> inRange((float) total(sum.floatValue()));
            case FLOAT8 -> inRange(total(sum.doubleValue()));
            // It starts from zero in Postgres, so it is never negative zero.
            case AVERAGE -> inRange(total(sum.doubleValue()) + 0.0) / count;
        };
    }

    private double total(double rounded) {
        if (specials.any()) {
            return specials.sum();
        }
        return negativeZeros == count ? -0.0 : rounded;
    }

    private float inRange(float total) {
        inRange((double) total);
        return total;
    }

    private double inRange(double total) {
        if (Double.isInfinite(total) && !specials.any()) {
            throw new MillraceException(ErrorCode.DATA_ERROR, "value out of range: overflow");
        }
        return total;
    }
}
