package dev.millrace.dataflow.aggregate;

import dev.millrace.dataflow.row.Decimal;
import dev.millrace.dataflow.row.DecimalMath;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** {@code sum} and {@code avg} of integers, in 128 bits, so that only a total can be out of range and no sum on the way to it. */
final class IntegerSum implements Accumulator {
    /** {@code sum(int2)} and {@code sum(int4)} give int8, {@code sum(int8)} and every {@code avg} give numeric. */
    enum Result {
        INT8,
        NUMERIC,
        AVERAGE
    }

    private final Result kind;
    private long high;
    private long low;
    private long count;

    IntegerSum(Result kind) {
        this.kind = kind;
    }

    @Override
    public void add(@Nullable Object value, long weight) {
        if (value == null) {
            return;
        }
        long number = ((Number) value).longValue();
        long product = number * weight;
        long sum = low + product;
        long carry = Long.compareUnsigned(sum, product) < 0 ? 1 : 0;
        high += Math.multiplyHigh(number, weight) + carry;
        low = sum;
        count = Math.addExact(count, weight);
    }

    @Override
    public @Nullable Object result() {
        if (count == 0) {
            return null;
        }
        return switch (kind) {
            case INT8 -> total8();
            case NUMERIC -> Decimal.of(new BigDecimal(total()));
            case AVERAGE -> Decimal.of(DecimalMath.divide(new BigDecimal(total()), BigDecimal.valueOf(count)));
        };
    }

    private Long total8() {
        if (high != low >> 63) {
            throw new MillraceException(ErrorCode.DATA_ERROR, "bigint out of range");
        }
        return low;
    }

    private BigInteger total() {
        BigInteger unsignedLow = BigInteger.valueOf(low >>> 1).shiftLeft(1).or(BigInteger.valueOf(low & 1));
        return BigInteger.valueOf(high).shiftLeft(Long.SIZE).add(unsignedLow);
    }
}
