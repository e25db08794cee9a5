package dev.millrace.dataflow.row;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Arithmetic over {@link Decimal} with the result scales of Postgres's {@code numeric.c}: a sum has the larger scale, a product
 * the sum of scales, a quotient at least 16 significant digits.
 */
public final class DecimalMath {
    private static final int MIN_SIGNIFICANT_DIGITS = 16;
    private static final int MAX_DISPLAY_SCALE = 1000;
    private static final int DIGITS_PER_WORD = 4;

    private DecimalMath() {}

    public static Decimal add(Decimal left, Decimal right) {
        return left.isFinite() && right.isFinite()
                ? Decimal.of(left.value().add(right.value()))
                : Decimal.special(sign(left) + sign(right));
    }

    public static Decimal subtract(Decimal left, Decimal right) {
        return left.isFinite() && right.isFinite()
                ? Decimal.of(left.value().subtract(right.value()))
                : Decimal.special(sign(left) - sign(right));
    }

    public static Decimal multiply(Decimal left, Decimal right) {
        return left.isFinite() && right.isFinite()
                ? Decimal.of(left.value().multiply(right.value()))
                : Decimal.special(sign(left) * sign(right));
    }

    /**
     * The quotient, with at least 16 significant digits.
     *
     * @throws ArithmeticException for a zero divisor, unless the dividend is NaN
     */
    public static Decimal divide(Decimal dividend, Decimal divisor) {
        if (divisor.isFinite() && divisor.value().signum() == 0 && !dividend.equals(Decimal.NAN)) {
            throw new ArithmeticException("division by zero");
        }
        if (dividend.isFinite() && divisor.isFinite()) {
            return Decimal.of(divide(dividend.value(), divisor.value()));
        }
        double quotient = sign(dividend) / sign(divisor);
        return quotient == 0 ? Decimal.ZERO : Decimal.special(quotient);
    }

    /** The remainder of truncating division, which has the dividend's sign. Throws as {@link #divide} does. */
    public static Decimal remainder(Decimal dividend, Decimal divisor) {
        if (dividend.equals(Decimal.NAN) || divisor.equals(Decimal.NAN)) {
            return Decimal.NAN;
        }
        if (divisor.isFinite() && divisor.value().signum() == 0) {
            throw new ArithmeticException("division by zero");
        }
        if (!dividend.isFinite()) {
            return Decimal.NAN;
        }
        if (!divisor.isFinite()) {
            return dividend;
        }
        int scale = Math.max(dividend.value().scale(), divisor.value().scale());
        return Decimal.of(dividend.value().remainder(divisor.value()).setScale(scale, RoundingMode.UNNECESSARY));
    }

    public static Decimal negate(Decimal value) {
        return value.isFinite() ? Decimal.of(value.value().negate()) : Decimal.special(-value.doubleValue());
    }

    /** Rounded half away from zero to so many decimals; negative ones are left of the point. */
    public static Decimal round(Decimal value, int scale) {
        return value.isFinite() ? Decimal.of(value.value().setScale(scale, RoundingMode.HALF_UP)) : value;
    }

    /**
     * The quotient of finite numbers as {@code select_div_scale} and {@code div_var} have it: at least 16 significant digits, estimated
     * from the first base-10000 digits of both, and no smaller a scale than either; halves are rounded away from zero.
     *
     * @throws ArithmeticException for a zero divisor
     */
    public static BigDecimal divide(BigDecimal dividend, BigDecimal divisor) {
        int quotientWeight = weight(dividend) - weight(divisor);
        if (firstWord(dividend) <= firstWord(divisor)) {
            quotientWeight--;
        }
        int scale = MIN_SIGNIFICANT_DIGITS - quotientWeight * DIGITS_PER_WORD;
        scale = Math.max(scale, Math.max(dividend.scale(), divisor.scale()));
        return dividend.divide(divisor, Math.clamp(scale, 0, MAX_DISPLAY_SCALE), RoundingMode.HALF_UP);
    }

    /** The power of 10000 of the first digit of that base; 0 for zero. */
    private static int weight(BigDecimal value) {
        return value.signum() == 0 ? 0 : Math.floorDiv(value.precision() - value.scale() - 1, DIGITS_PER_WORD);
    }

    private static int firstWord(BigDecimal value) {
        return value.abs().movePointLeft(weight(value) * DIGITS_PER_WORD).intValue();
    }

    /** The value itself if it is special, else its sign: enough to know a special result. */
    private static double sign(Decimal value) {
        return value.isFinite() ? value.value().signum() : value.doubleValue();
    }
}
