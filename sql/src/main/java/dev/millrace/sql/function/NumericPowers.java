package dev.millrace.sql.function;

import dev.millrace.dataflow.row.Decimal;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Roots, powers and logarithms of numerics, with as many decimals as {@code numeric.c} gives them: at least 16 significant digits by an estimate of the result's size, and no fewer than the
 * arguments show. They are computed with some more digits and rounded half away from zero.
 */
public final class NumericPowers {
    private static final int SIGNIFICANT_DIGITS = 16;
    private static final int MAX_DECIMALS = 1000;
    private static final int WORD = 4;
    private static final int GUARD = 12;
    private static final double LOG10_E = 0.434294481903252;
    /** Beyond this many decimal digits before the point a numeric overflows. */
    private static final int MAX_DIGITS = 131_072;

    private static final int MAX_EXPONENT = 6000;

    private NumericPowers() {}

    @Sql(value = "sqrt(numeric) numeric", about = "the square root", example = "sqrt(2.0)")
    public static Decimal sqrt(Decimal value) {
        if (value.compareTo(Decimal.ZERO) < 0) {
            throw DataErrors.of("cannot take square root of a negative number");
        }
        if (!value.isFinite()) {
            return value;
        }
        BigDecimal number = value.value();
        int rootWeight = weight(number) * WORD / 2 + 1;
        int scale = Math.clamp(Math.max(SIGNIFICANT_DIGITS - rootWeight, number.scale()), 0, MAX_DECIMALS);
        return rounded(
                number.signum() == 0
                        ? number
                        : number.sqrt(new MathContext(scale + Math.max(rootWeight, 0) + GUARD, RoundingMode.DOWN)),
                scale);
    }

    @Sql(value = "exp(numeric) numeric", about = "e to this power", example = "exp(1.0)")
    public static Decimal exp(Decimal value) {
        if (!value.isFinite()) {
            return value.equals(Decimal.NEGATIVE_INFINITY) ? Decimal.ZERO : value;
        }
        BigDecimal number = value.value();
        int digits = (int) Math.clamp(number.doubleValue() * LOG10_E, -2000.0, 2000.0);
        int scale = Math.clamp(Math.max(SIGNIFICANT_DIGITS - digits, number.scale()), 0, MAX_DECIMALS);
        return exp(number, scale);
    }

    @Sql(value = "ln(numeric) numeric", about = "the natural logarithm", example = "ln(2.0)")
    public static Decimal ln(Decimal value) {
        requireLogarithm(value);
        if (!value.isFinite()) {
            return value;
        }
        BigDecimal number = value.value();
        int scale = Math.clamp(Math.max(SIGNIFICANT_DIGITS - lnWeight(number), number.scale()), 0, MAX_DECIMALS);
        return rounded(ln(number, scale + GUARD), scale);
    }

    @Sql(
            value = {"log(numeric) numeric", "log10(numeric) numeric"},
            about = "the logarithm to the base 10",
            example = "log(1000.0)")
    public static Decimal log(Decimal value) {
        return log(Decimal.of(10), value);
    }

    @Sql(
            value = "log(numeric, numeric) numeric",
            about = "the logarithm of the second to the base of the first",
            example = "log(2.0, 64.0)")
    public static Decimal log(Decimal base, Decimal value) {
        if (base.equals(Decimal.NAN) || value.equals(Decimal.NAN)) {
            return Decimal.NAN;
        }
        if (base.compareTo(Decimal.ZERO) < 0 || value.compareTo(Decimal.ZERO) < 0) {
            throw DataErrors.of("cannot take logarithm of a negative number");
        }
        requireLogarithm(base);
        requireLogarithm(value);
        if (!base.isFinite()) {
            return value.isFinite() ? Decimal.ZERO : Decimal.NAN;
        }
        if (!value.isFinite()) {
            return value;
        }
        int weight = lnWeight(value.value()) - lnWeight(base.value());
        int scale = Math.max(SIGNIFICANT_DIGITS - weight, Math.max(base.scale(), value.scale()));
        scale = Math.clamp(scale, 0, MAX_DECIMALS);
        int working = scale + Math.abs(weight) + Math.abs(lnWeight(base.value())) + 2 * GUARD;
        BigDecimal divisor = ln(base.value(), working);
        if (base.value().compareTo(BigDecimal.ONE) == 0) {
            throw DataErrors.divisionByZero();
        }
        return Decimal.of(ln(value.value(), working).divide(divisor, scale, RoundingMode.HALF_UP));
    }

    @Sql(
            value = {"power(numeric, numeric) numeric", "pow(numeric, numeric) numeric", "^(numeric, numeric) numeric"},
            about = "the first to the power of the second",
            example = "power(2.0, 0.5)")
    public static Decimal power(Decimal base, Decimal exponent) {
        if (base.equals(Decimal.NAN)) {
            return exponent.equals(Decimal.ZERO) ? Decimal.of(1) : base;
        }
        if (exponent.equals(Decimal.NAN)) {
            return base.equals(Decimal.of(1)) ? Decimal.of(1) : exponent;
        }
        int baseSign = base.compareTo(Decimal.ZERO);
        int exponentSign = exponent.compareTo(Decimal.ZERO);
        if (baseSign == 0 && exponentSign < 0) {
            throw DataErrors.of("zero raised to a negative power is undefined");
        }
        boolean integral =
                !exponent.isFinite() || NumericFunctions.trimScale(exponent).scale() == 0;
        if (baseSign < 0 && !integral) {
            throw DataErrors.of("a negative number raised to a non-integer power yields a complex result");
        }
        if (!base.isFinite() || !exponent.isFinite()) {
            return ofInfinities(base, exponent, exponentSign);
        }
        return power(base.value(), exponent.value(), integral);
    }

    /** The rules of POSIX's {@code pow}. */
    private static Decimal ofInfinities(Decimal base, Decimal exponent, int exponentSign) {
        if (base.equals(Decimal.of(1)) || exponentSign == 0) {
            return Decimal.of(1);
        }
        if (base.equals(Decimal.ZERO)) {
            return Decimal.ZERO;
        }
        if (!exponent.isFinite()) {
            int size = NumericFunctions.abs(base).compareTo(Decimal.of(1));
            if (size == 0) {
                return Decimal.of(1);
            }
            return size > 0 == exponentSign > 0 ? Decimal.POSITIVE_INFINITY : Decimal.ZERO;
        }
        if (exponentSign < 0) {
            return Decimal.ZERO;
        }
        boolean odd = base.equals(Decimal.NEGATIVE_INFINITY)
                && exponent.value().toBigInteger().testBit(0);
        return odd ? Decimal.NEGATIVE_INFINITY : Decimal.POSITIVE_INFINITY;
    }

    private static Decimal power(BigDecimal base, BigDecimal exponent, boolean integral) {
        if (integral && exponent.abs().compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) <= 0) {
            return integerPower(base, exponent.intValue(), exponent.scale());
        }
        if (base.signum() == 0) {
            return rounded(BigDecimal.ZERO, SIGNIFICANT_DIGITS);
        }
        boolean negative = base.signum() < 0 && exponent.toBigInteger().testBit(0);
        int digits = GUARD + Math.max(exponent.precision() - exponent.scale(), 0);
        BigDecimal logarithm = ln(base.abs(), digits + GUARD).multiply(exponent);
        double size = logarithm.doubleValue();
        if (Math.abs(size) > 2000 * 3.01) {
            if (size > 0) {
                throw overflow();
            }
            return rounded(BigDecimal.ZERO, MAX_DECIMALS);
        }
        int weight = (int) (size * LOG10_E);
        int scale = Math.max(SIGNIFICANT_DIGITS - weight, Math.max(base.scale(), exponent.scale()));
        scale = Math.clamp(scale, 0, MAX_DECIMALS);
        int working = Math.max(scale + weight, 0) + digits + GUARD;
        Decimal result = exp(ln(base.abs(), working).multiply(exponent), scale);
        return negative ? NumericArithmetic.negate(result) : result;
    }

    private static Decimal integerPower(BigDecimal base, int exponent, int exponentScale) {
        double size = 0;
        if (base.signum() != 0) {
            BigDecimal digits = base.abs().round(new MathContext(SIGNIFICANT_DIGITS, RoundingMode.DOWN));
            size = exponent * (Math.log10(digits.unscaledValue().doubleValue()) - digits.scale());
        }
        if (size > MAX_DIGITS) {
            throw overflow();
        }
        if (size + 1 < -MAX_DECIMALS) {
            return rounded(BigDecimal.ZERO, MAX_DECIMALS);
        }
        int scale = Math.max(SIGNIFICANT_DIGITS - (int) size, Math.max(base.scale(), exponentScale));
        scale = Math.clamp(scale, 0, MAX_DECIMALS);
        if (base.signum() == 0) {
            return rounded(exponent == 0 ? BigDecimal.ONE : BigDecimal.ZERO, scale);
        }
        int precision = scale + Math.max((int) Math.abs(size), 0) + 2 * GUARD;
        BigDecimal power = powered(base, Math.abs((long) exponent), new MathContext(precision));
        return exponent < 0
                ? Decimal.of(BigDecimal.ONE.divide(power, scale, RoundingMode.HALF_UP))
                : rounded(power, scale);
    }

    /** By repeated squaring, to a precision. */
    private static BigDecimal powered(BigDecimal base, long exponent, MathContext precision) {
        BigDecimal result = BigDecimal.ONE;
        BigDecimal square = base;
        for (long rest = exponent; rest > 0; rest >>= 1) {
            if ((rest & 1) == 1) {
                result = result.multiply(square, precision);
            }
            if (rest > 1) {
                square = square.multiply(square, precision);
            }
        }
        return result;
    }

    private static Decimal exp(BigDecimal number, int scale) {
        double size = number.doubleValue();
        if (Math.abs(size) >= MAX_EXPONENT) {
            if (size > 0) {
                throw overflow();
            }
            return rounded(BigDecimal.ZERO, scale);
        }
        // e^x = (e^(x / 2^k))^(2^k), with a Taylor series for the small power.
        int halvings = Math.max(0, Math.getExponent(size) + 1) + 8;
        MathContext precision =
                new MathContext(Math.max(0, scale + (int) Math.ceil(size * LOG10_E)) + halvings + 2 * GUARD);
        BigDecimal reduced = number.divide(BigDecimal.TWO.pow(halvings), precision);
        BigDecimal sum = BigDecimal.ONE;
        BigDecimal term = BigDecimal.ONE;
        for (int i = 1; term.signum() != 0 && term.precision() - term.scale() > -precision.getPrecision(); i++) {
            term = term.multiply(reduced, precision).divide(BigDecimal.valueOf(i), precision);
            sum = sum.add(term, precision);
        }
        for (int i = 0; i < halvings; i++) {
            sum = sum.multiply(sum, precision);
        }
        return rounded(sum, scale);
    }

    /** To so many decimals: the number is brought near 1 by powers of 2, and there ln x = 2 artanh((x - 1) / (x + 1)). */
    private static BigDecimal ln(BigDecimal number, int decimals) {
        MathContext precision = new MathContext(decimals + number.precision() + GUARD);
        BigDecimal digits = number.round(new MathContext(SIGNIFICANT_DIGITS));
        double size = (Math.log10(digits.unscaledValue().doubleValue()) - digits.scale()) / LOG10_E;
        int halvings = (int) Math.rint(size / Math.log(2));
        BigDecimal power = BigDecimal.TWO.pow(Math.abs(halvings));
        BigDecimal reduced = halvings >= 0 ? number.divide(power, precision) : number.multiply(power, precision);
        BigDecimal result = artanhSeries(reduced, decimals + GUARD);
        return halvings == 0
                ? result
                : result.add(artanhSeries(BigDecimal.TWO, decimals + GUARD).multiply(BigDecimal.valueOf(halvings)));
    }

    private static BigDecimal artanhSeries(BigDecimal number, int decimals) {
        MathContext precision = new MathContext(decimals + GUARD);
        BigDecimal ratio = number.subtract(BigDecimal.ONE).divide(number.add(BigDecimal.ONE), precision);
        BigDecimal square = ratio.multiply(ratio, precision);
        BigDecimal power = ratio;
        BigDecimal sum = ratio;
        for (int i = 3; power.signum() != 0 && power.precision() - power.scale() > -decimals; i += 2) {
            power = power.multiply(square, precision);
            sum = sum.add(power.divide(BigDecimal.valueOf(i), precision), precision);
        }
        return sum.multiply(BigDecimal.TWO);
    }

    /** The decimal weight of the logarithm's first digit, as {@code estimate_ln_dweight} has it. */
    private static int lnWeight(BigDecimal number) {
        boolean nearOne = number.compareTo(new BigDecimal("0.9")) >= 0 && number.compareTo(new BigDecimal("1.1")) <= 0;
        if (nearOne) {
            BigDecimal difference = number.subtract(BigDecimal.ONE).abs();
            return difference.signum() == 0
                    ? 0
                    : weight(difference) * WORD + (int) Math.log10(word(difference, weight(difference)));
        }
        int lower = weight(number) - 1;
        double logarithm = Math.log(word(number, lower)) + lower * WORD * 2.302585092994046;
        return (int) Math.log10(Math.abs(logarithm));
    }

    /** The digits to the base 10000 down to that of this weight. */
    private static double word(BigDecimal number, int weight) {
        return number.movePointLeft(weight * WORD).toBigInteger().doubleValue();
    }

    /** The power of 10000 of the first digit to that base. */
    private static int weight(BigDecimal value) {
        return value.signum() == 0 ? 0 : Math.floorDiv(value.precision() - value.scale() - 1, WORD);
    }

    private static void requireLogarithm(Decimal value) {
        if (value.compareTo(Decimal.ZERO) <= 0) {
            throw DataErrors.of(
                    "cannot take logarithm of " + (value.equals(Decimal.ZERO) ? "zero" : "a negative number"));
        }
    }

    private static RuntimeException overflow() {
        return DataErrors.of("value overflows numeric format");
    }

    private static Decimal rounded(BigDecimal value, int scale) {
        return Decimal.of(value.setScale(scale, RoundingMode.HALF_UP));
    }
}
