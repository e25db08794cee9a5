package dev.millrace.dataflow.row;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Postgres's numeric: an exact decimal with its display scale, or one of NaN, Infinity, -Infinity. Equality and order are by
 * value (1.0 equals 1.00; NaN equals NaN and is above everything), while {@link #value} keeps the scale for display.
 */
public final class Decimal implements Comparable<Decimal> {
    public static final Decimal NAN = new Decimal(Double.NaN);
    public static final Decimal POSITIVE_INFINITY = new Decimal(Double.POSITIVE_INFINITY);
    public static final Decimal NEGATIVE_INFINITY = new Decimal(Double.NEGATIVE_INFINITY);
    public static final Decimal ZERO = new Decimal(BigDecimal.ZERO);

    private final @Nullable BigDecimal finite;
    private final double special;

    private Decimal(double special) {
        this.finite = null;
        this.special = special;
    }

    private Decimal(BigDecimal finite) {
        this.finite = finite;
        this.special = 0;
    }

    /** The finite number with this value; a negative scale becomes 0, as Postgres has none. */
    public static Decimal of(BigDecimal value) {
        return new Decimal(value.scale() < 0 ? value.setScale(0) : value);
    }

    public static Decimal of(long value) {
        return new Decimal(BigDecimal.valueOf(value));
    }

    /** NaN or an infinity, given as the double of the same name. */
    public static Decimal special(double value) {
        if (Double.isNaN(value)) {
            return NAN;
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? POSITIVE_INFINITY : NEGATIVE_INFINITY;
        }
        throw new IllegalArgumentException("not NaN and not an infinity: " + value);
    }

    public boolean isFinite() {
        return finite != null;
    }

    /** The finite value with its scale. */
    public BigDecimal value() {
        if (finite == null) {
            throw new ArithmeticException("not a finite number: " + this);
        }
        return finite;
    }

    /** The number of digits after the point that are shown; 0 for NaN and the infinities. */
    public int scale() {
        return finite == null ? 0 : finite.scale();
    }

    /** The nearest double; NaN and the infinities are themselves. */
    public double doubleValue() {
        return finite == null ? special : finite.doubleValue();
    }

    @Override
    public int compareTo(Decimal other) {
        if (finite != null && other.finite != null) {
            return finite.compareTo(other.finite);
        }
        // A finite number stands as 0 between the infinities; NaN is above all in Double's order too.
        return Double.compare(special, other.special);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Decimal that && compareTo(that) == 0;
    }

    @Override
    public int hashCode() {
        if (finite == null) {
            return Double.hashCode(special);
        }
        return finite.signum() == 0 ? 0 : finite.stripTrailingZeros().hashCode();
    }

    /** Postgres's text: never an exponent. */
    @Override
    public String toString() {
        if (finite != null) {
            return finite.toPlainString();
        }
        return Double.isNaN(special) ? "NaN" : special > 0 ? "Infinity" : "-Infinity";
    }
}
