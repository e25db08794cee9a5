package dev.millrace.sql.function;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * A number rounded to a pattern's decimals, as its characters without a sign; what has more digits before the point than the pattern is number signs.
 *
 * @param blanks the digits of the pattern before its first
 * @param before the pattern's digits before the point, with those by which it is multiplied
 * @param after the decimals that it is written with, which for floats may be fewer than the pattern's
 * @param sign {@code +} or {@code -}
 */
record NumberDigits(String number, int blanks, int before, int after, char sign) {
    /** {@code Infinity}, {@code NaN}, or digits with a point, after a minus if need be. */
    static NumberDigits of(NumberPattern pattern, String signed, int after) {
        int before = pattern.before() + (pattern.flags().shifted() ? pattern.shift() : 0);
        char sign = signed.startsWith("-") ? '-' : '+';
        String number = sign == '-' ? signed.substring(1) : signed;
        int whole = number.indexOf('.') < 0 ? number.length() : number.indexOf('.');
        return whole > before
                ? new NumberDigits("#".repeat(before) + "." + "#".repeat(after), 0, before, after, sign)
                : new NumberDigits(number, before - whole, before, after, sign);
    }

    /** A number that is written as it stands. */
    static NumberDigits verbatim(String number) {
        return new NumberDigits(number, 0, 0, 0, '+');
    }

    /** A float, of which no more than the digits of its type are written. */
    static NumberDigits of(NumberPattern pattern, double value, int digits) {
        int whole = plain(Math.abs(value), 0).length();
        int after = Math.clamp(digits - whole, 0, pattern.after());
        return of(pattern, plain(value, after), after);
    }

    /** As C's {@code %.2f} writes it: the exact value, a half to the even digit. */
    private static String plain(double value, int decimals) {
        if (!Double.isFinite(value)) {
            return Double.toString(value);
        }
        boolean negative = Math.copySign(1, value) < 0;
        String text = new BigDecimal(Math.abs(value))
                .setScale(decimals, RoundingMode.HALF_EVEN)
                .toPlainString();
        return negative ? "-" + text : text;
    }
}
