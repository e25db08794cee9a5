package dev.millrace.sql.function;

import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Decimal;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code to_char} of numbers, and {@code to_number}. There is no currency, and a point and commas stand for the locale's. */
public final class NumberFormats {
    private static final String ABOUT =
            "a number as text by a pattern: 9 and 0 for digits, a point, commas, S, MI, PL, SG, PR, FM, RN, TH, V, EEEE, …";
    private static final int FLOAT8_DIGITS = 15;
    private static final int FLOAT4_DIGITS = 6;

    /** Threads may race here: a pattern is immutable, and one that is overwritten is only read again. */
    private static volatile NumberPattern last = NumberPattern.of("");

    private NumberFormats() {}

    private static NumberPattern pattern(String text) {
        NumberPattern read = last;
        if (!read.text().equals(text)) {
            read = NumberPattern.of(text);
            last = read;
        }
        return read;
    }

    @Sql(value = "to_char(int4, text) text", about = ABOUT, example = "to_char(-1234, 'FM9,999MI')")
    public static String ofInt(int value, String text) {
        NumberPattern pattern = pattern(text);
        if (pattern.flags().roman()) {
            return NumberText.write(pattern, NumberDigits.verbatim(RomanNumerals.of(value)));
        }
        if (pattern.flags().scientific()) {
            return scientific(value, pattern);
        }
        // Multiplied within 32 bits, where Postgres's factor is the least integer if it has none.
        double factor = Math.pow(10, pattern.shift());
        int multiplied = value * (factor > Integer.MAX_VALUE ? Integer.MIN_VALUE : (int) factor);
        return integer(pattern, pattern.flags().shifted() ? multiplied : value);
    }

    @Sql(value = "to_char(int8, text) text", about = ABOUT, example = "to_char(485::int8, '999th')")
    public static String ofLong(long value, String text) {
        NumberPattern pattern = pattern(text);
        if (pattern.flags().roman()) {
            int number = (int) value == value ? (int) value : Integer.MAX_VALUE;
            return NumberText.write(pattern, NumberDigits.verbatim(RomanNumerals.of(number)));
        }
        if (pattern.flags().scientific()) {
            return scientific(BigDecimal.valueOf(value), pattern);
        }
        double factor = Math.pow(10, pattern.shift());
        BigInteger product = BigInteger.valueOf(value).multiply(BigInteger.valueOf((long) factor));
        boolean fits = factor < 0x1p63 && product.bitLength() < Long.SIZE;
        if (pattern.flags().shifted() && !fits) {
            throw DataErrors.outOfRange(DataType.INT8);
        }
        return integer(pattern, pattern.flags().shifted() ? product.longValue() : value);
    }

    private static String integer(NumberPattern pattern, long value) {
        String number = value + (pattern.after() > 0 ? "." + "0".repeat(pattern.after()) : "");
        return NumberText.write(pattern, NumberDigits.of(pattern, number, pattern.after()));
    }

    @Sql(value = "to_char(numeric, text) text", about = ABOUT, example = "to_char(-1234.567, 'FM9G990D00PR')")
    public static String ofNumeric(Decimal value, String text) {
        NumberPattern pattern = pattern(text);
        if (pattern.flags().roman()) {
            boolean small = value.isFinite() && value.value().abs().compareTo(BigDecimal.valueOf(10_000)) < 0;
            int number = small ? value.value().setScale(0, RoundingMode.HALF_UP).intValue() : Integer.MAX_VALUE;
            return NumberText.write(pattern, NumberDigits.verbatim(RomanNumerals.of(number)));
        }
        if (pattern.flags().scientific()) {
            return value.isFinite() ? scientific(value.value(), pattern) : noScientific(pattern);
        }
        String number = value.isFinite()
                ? value.value()
                        .movePointRight(pattern.shift())
                        .setScale(pattern.after(), RoundingMode.HALF_UP)
                        .toPlainString()
                : value.toString();
        return NumberText.write(pattern, NumberDigits.of(pattern, number, pattern.after()));
    }

    @Sql(value = "to_char(float8, text) text", about = ABOUT, example = "to_char(0.0004859::float8, '9.99EEEE')")
    public static String ofDouble(double value, String text) {
        NumberPattern pattern = pattern(text);
        double shifted = pattern.flags().shifted() ? value * Math.pow(10, pattern.shift()) : value;
        return ofFloat(pattern, value, shifted, FLOAT8_DIGITS);
    }

    @Sql(value = "to_char(float4, text) text", about = ABOUT, example = "to_char(-12.5::float4, '9990.00S')")
    public static String ofFloat(float value, String text) {
        NumberPattern pattern = pattern(text);
        float shifted = pattern.flags().shifted() ? value * (float) Math.pow(10, pattern.shift()) : value;
        return ofFloat(pattern, value, shifted, FLOAT4_DIGITS);
    }

    private static String ofFloat(NumberPattern pattern, double value, double shifted, int digits) {
        if (pattern.flags().roman()) {
            double number = Math.rint(value);
            boolean fits = Math.abs(number) <= Integer.MAX_VALUE;
            return NumberText.write(
                    pattern, NumberDigits.verbatim(RomanNumerals.of(fits ? (int) number : Integer.MAX_VALUE)));
        }
        if (pattern.flags().scientific()) {
            return Double.isFinite(value) ? scientific(value, pattern) : noScientific(pattern);
        }
        return NumberText.write(pattern, NumberDigits.of(pattern, shifted, digits));
    }

    /** As C's {@code %e} writes it. */
    private static String scientific(double value, NumberPattern pattern) {
        boolean negative = Math.copySign(1, value) < 0;
        BigDecimal exact = new BigDecimal(Math.abs(value));
        int exponent = exact.signum() == 0 ? 0 : exact.precision() - exact.scale() - 1;
        BigDecimal significand = exact.movePointLeft(exponent).setScale(pattern.after(), RoundingMode.HALF_EVEN);
        if (significand.compareTo(BigDecimal.TEN) >= 0) {
            significand = significand.movePointLeft(1).setScale(pattern.after(), RoundingMode.HALF_EVEN);
            exponent++;
        }
        return (negative ? "-" : " ") + withExponent(significand, exponent);
    }

    /** A numeric's significand is rounded last, so that 9.99 can become 10.0e+00. */
    private static String scientific(BigDecimal value, NumberPattern pattern) {
        int exponent = value.signum() == 0 ? 0 : value.precision() - value.scale() - 1;
        BigDecimal significand = value.movePointLeft(exponent).setScale(pattern.after(), RoundingMode.HALF_UP);
        return (value.signum() < 0 ? "" : " ") + withExponent(significand, exponent);
    }

    private static String withExponent(BigDecimal significand, int exponent) {
        return significand.toPlainString()
                + String.format(Locale.ROOT, "e%s%02d", exponent < 0 ? "-" : "+", Math.abs(exponent));
    }

    /** NaN and the infinities. */
    private static String noScientific(NumberPattern pattern) {
        return " " + "#".repeat(pattern.before()) + "." + "#".repeat(pattern.after() + 4);
    }

    @Sql(
            value = "to_number(text, text) numeric",
            about = "a number that is written by such a pattern; NULL for an empty pattern",
            example = "to_number('12,454.8-', '99G999D9S')",
            nullable = true)
    public static @Nullable Decimal toNumber(String value, String pattern) {
        return pattern.isEmpty() ? null : NumberReader.read(value, pattern(pattern));
    }
}
