package dev.millrace.dataflow.aggregate;

import java.math.BigDecimal;

/**
 * Binary floating point as exact sums. A sum is a {@link Sums128} of units of 2<sup>-{@value #FRACTION_BITS}</sup>, which has room for all the digits of numbers
 * from 10<sup>-7</sup> to 10<sup>15</sup> and of rounder ones beyond, plus {@link ExactSums} of what has no place in it.
 */
final class FixedPoint {
    private static final int FRACTION_BITS = 76;
    private static final BigDecimal UNIT = new BigDecimal(Math.scalb(1.0, -FRACTION_BITS));
    private static final int MANTISSA_BITS = 52;
    private static final int EXPONENT_BIAS = 1075;
    private static final int EXPONENT_MASK = 0x7FF;
    /** A mantissa times a smaller weight, shifted by no more than this, is within 126 bits. */
    private static final int MOST_SHIFT = 62;

    private static final long MOST_WEIGHT = 1 << 10;
    private static final int KEPT_BITS = 62;

    private final Sums128 window;
    private final ExactSums rest;

    FixedPoint(Sums128 window, ExactSums rest) {
        this.window = window;
        this.rest = rest;
    }

    /** Adds this many copies of a number that is finite and not zero. */
    void add(int slot, double number, long weight) {
        long bits = Double.doubleToRawLongBits(number);
        int exponent = (int) (bits >>> MANTISSA_BITS) & EXPONENT_MASK;
        long mantissa = bits & ((1L << MANTISSA_BITS) - 1);
        if (exponent != 0) {
            mantissa |= 1L << MANTISSA_BITS;
        }
        int shift = Math.max(exponent, 1) - EXPONENT_BIAS + FRACTION_BITS;
        if (shift < 0 && Long.numberOfTrailingZeros(mantissa) >= -shift) {
            mantissa >>>= -shift;
            shift = 0;
        }
        boolean fits = shift >= 0 && shift <= MOST_SHIFT && weight < MOST_WEIGHT && weight > -MOST_WEIGHT;
        if (!fits) {
            rest.add(slot, new BigDecimal(number), weight);
            return;
        }
        long product = mantissa * (bits < 0 ? -weight : weight);
        long high = (product >> 1) >> (Long.SIZE - 1 - shift);
        long low = product << shift;
        if (!window.add(slot, high, low)) {
            rest.add(slot, windowValue(slot), 1);
            window.clear(slot);
            window.add(slot, high, low);
        }
    }

    /** The sum. */
    BigDecimal get(int slot) {
        return rest.get(slot).add(windowValue(slot));
    }

    /** The sum, rounded to the nearest float8, halves to even; an infinity if it is out of range. */
    double toDouble(int slot) {
        if (!rest.isZero(slot)) {
            return get(slot).doubleValue();
        }
        if (window.isLong(slot)) {
            return Math.scalb((double) window.low(slot), -FRACTION_BITS);
        }
        int dropped = droppedBits(slot);
        return Math.scalb((double) kept(slot, dropped), dropped - FRACTION_BITS);
    }

    /** As {@link #toDouble}, to the nearest float4. */
    float toFloat(int slot) {
        if (!rest.isZero(slot)) {
            return get(slot).floatValue();
        }
        if (window.isLong(slot)) {
            return Math.scalb((float) window.low(slot), -FRACTION_BITS);
        }
        int dropped = droppedBits(slot);
        return Math.scalb((float) kept(slot, dropped), dropped - FRACTION_BITS);
    }

    private BigDecimal windowValue(int slot) {
        return new BigDecimal(window.get(slot)).multiply(UNIT);
    }

    /** How many bits a sum of more than 64 bits has too many. */
    private int droppedBits(int slot) {
        long high = magnitudeHigh(slot);
        int bits = high == 0
                ? Long.SIZE - Long.numberOfLeadingZeros(magnitudeLow(slot))
                : 2 * Long.SIZE - Long.numberOfLeadingZeros(high);
        return bits - KEPT_BITS;
    }

    /** The upper bits of a sum; the last one is set if any was dropped, so that it rounds as the sum does. */
    private long kept(int slot, int dropped) {
        long high = magnitudeHigh(slot);
        long low = magnitudeLow(slot);
        long top;
        long lost;
        if (dropped < Long.SIZE) {
            top = (high << (Long.SIZE - dropped)) | (low >>> dropped);
            lost = low & ((1L << dropped) - 1);
        } else {
            top = high >>> (dropped - Long.SIZE);
            lost = low | (high & ((1L << (dropped - Long.SIZE)) - 1));
        }
        long rounded = lost == 0 ? top : top | 1;
        return window.high(slot) < 0 ? -rounded : rounded;
    }

    private long magnitudeLow(int slot) {
        return window.high(slot) < 0 ? -window.low(slot) : window.low(slot);
    }

    private long magnitudeHigh(int slot) {
        long high = window.high(slot);
        if (high >= 0) {
            return high;
        }
        return ~high + (window.low(slot) == 0 ? 1 : 0);
    }
}
