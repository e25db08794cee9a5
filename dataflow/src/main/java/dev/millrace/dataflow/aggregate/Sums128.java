package dev.millrace.dataflow.aggregate;

import dev.millrace.dataflow.store.Pages;
import dev.millrace.dataflow.store.Store;
import java.math.BigInteger;

/** Signed sums of 128 bits, one for each group, in two int8 columns: the upper 64 bits and the lower. */
final class Sums128 {
    private static final BigInteger LOW_MASK =
            BigInteger.ONE.shiftLeft(Long.SIZE).subtract(BigInteger.ONE);

    private final long[][] highs;
    private final long[][] lows;

    /** The sums in a column and the one after it. */
    Sums128(Store state, int column) {
        highs = state.longs(column);
        lows = state.longs(column + 1);
    }

    /** Adds a number of 128 bits; if the sum had no room for it, changes nothing and returns false. */
    boolean add(int slot, long high, long low) {
        long[] highPage = highs[slot >>> Pages.SHIFT];
        long[] lowPage = lows[slot >>> Pages.SHIFT];
        int at = slot & Pages.MASK;
        long lowSum = lowPage[at] + low;
        long carry = Long.compareUnsigned(lowSum, low) < 0 ? 1 : 0;
        long before = highPage[at];
        long highSum = before + high + carry;
        if (((before ^ highSum) & (high ^ highSum)) < 0) {
            return false;
        }
        highPage[at] = highSum;
        lowPage[at] = lowSum;
        return true;
    }

    /** Adds the product of two numbers, as {@link #add}. */
    boolean addProduct(int slot, long left, long right) {
        return add(slot, Math.multiplyHigh(left, right), left * right);
    }

    long high(int slot) {
        return highs[slot >>> Pages.SHIFT][slot & Pages.MASK];
    }

    long low(int slot) {
        return lows[slot >>> Pages.SHIFT][slot & Pages.MASK];
    }

    /** Whether a sum is within 64 bits; it is {@link #low} then. */
    boolean isLong(int slot) {
        return high(slot) == low(slot) >> (Long.SIZE - 1);
    }

    BigInteger get(int slot) {
        long low = low(slot);
        return isLong(slot)
                ? BigInteger.valueOf(low)
                : BigInteger.valueOf(high(slot))
                        .shiftLeft(Long.SIZE)
                        .or(BigInteger.valueOf(low).and(LOW_MASK));
    }

    /** Makes the upper bits those of a sum that is in the lower ones alone. */
    void extend(int slot) {
        highs[slot >>> Pages.SHIFT][slot & Pages.MASK] = low(slot) >> (Long.SIZE - 1);
    }

    void clear(int slot) {
        highs[slot >>> Pages.SHIFT][slot & Pages.MASK] = 0;
        lows[slot >>> Pages.SHIFT][slot & Pages.MASK] = 0;
    }
}
