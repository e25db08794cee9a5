package dev.millrace.sql.function;

import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Decimal;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Reads a number by a pattern, key by key: what is no digit where one may stand is passed over, byte by byte. */
final class NumberReader {
    private final NumberPattern pattern;
    private final NumberPattern.Flags flags;
    private final byte[] text;
    private final StringBuilder number = new StringBuilder();
    private char sign = ' ';
    private int at;
    private int before;
    private int after;
    private boolean pointRead;

    private NumberReader(String text, NumberPattern pattern) {
        this.pattern = pattern;
        this.flags = pattern.flags();
        this.text = text.getBytes(StandardCharsets.UTF_8);
    }

    static Decimal read(String text, NumberPattern pattern) {
        if (pattern.flags().scientific()) {
            throw DataErrors.of("\"EEEE\" not supported for input");
        }
        return new NumberReader(text, pattern).read();
    }

    private Decimal read() {
        for (NumberPattern.Part part : pattern.parts()) {
            if (isAtEnd()) {
                break;
            }
            read(part);
        }
        if (!number.isEmpty() && number.charAt(number.length() - 1) == '.') {
            number.setLength(number.length() - 1);
        }
        if (number.isEmpty()) {
            throw DataErrors.invalidText(DataType.NUMERIC, sign + "");
        }
        BigDecimal value = new BigDecimal(number.toString());
        boolean fits = flags.roman()
                || value.signum() == 0
                || value.precision() - value.scale() <= pattern.before() + pattern.shift();
        if (!fits) {
            throw DataErrors.of("numeric field overflow");
        }
        Decimal read = Decimal.of(sign == '-' ? value.negate() : value);
        return flags.shifted()
                ? NumericArithmetic.multiply(read, NumericPowers.power(Decimal.of(10), Decimal.of(-pattern.shift())))
                : read;
    }

    private void read(NumberPattern.Part part) {
        switch (part.key()) {
            case NINE, ZERO, POINT, D -> {
                digit(part);
                at++;
            }
            case COMMA, G -> at += !flags.fill() && text[at] == ',' ? 1 : 0;
            case L -> skip(1);
            case RN -> roman();
            case TH -> skip(flags.roman() || flags.point() ? 0 : 2);
            case MI -> separateSign("-");
            case PL -> separateSign("+");
            case SG -> separateSign("+-");
            case TEXT -> at += lengthOfCharacter();
            case B, C, EEEE, FM, PR, S, SP, V -> {}
        }
    }

    private boolean isAtEnd() {
        return at >= text.length;
    }

    private int lengthOfCharacter() {
        int lead = text[at] & 0xff;
        return lead < 0xc0 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    }

    /** Passes over so many characters, but none that a number may have. */
    private void skip(int characters) {
        for (int i = 0; i < characters && !isAtEnd() && "0123456789.,+-".indexOf(text[at]) < 0; i++) {
            at += lengthOfCharacter();
        }
    }

    private void separateSign(String signs) {
        if (signs.indexOf(text[at]) >= 0) {
            sign = (char) text[at++];
        } else {
            skip(1);
        }
    }

    private void roman() {
        while (!isAtEnd() && Character.isWhitespace(text[at])) {
            at++;
        }
        int start = at;
        while (!isAtEnd() && at - start < RomanNumerals.MAX_LENGTH && "IVXLCDMivxlcdm".indexOf(text[at]) >= 0) {
            at++;
        }
        String numeral = new String(text, start, at - start, StandardCharsets.US_ASCII);
        int value = RomanNumerals.parse(numeral.toUpperCase(Locale.ROOT));
        if (value < 0) {
            throw DataErrors.of("invalid Roman numeral");
        }
        number.append(value);
    }

    /** Stops at the last byte that it takes. */
    private void digit(NumberPattern.Part part) {
        at += text[at] == ' ' ? 1 : 0;
        if (!isAtEnd() && sign == ' ' && part.isDigit() && before + after == 0) {
            signBefore();
        }
        if (isAtEnd()) {
            return;
        }
        boolean digit = isDigit(at);
        boolean point = !digit && flags.point() && !pointRead && text[at] == '.';
        if (digit && pointRead && after == pattern.after()) {
            return;
        }
        if (digit || point) {
            number.append((char) text[at]);
            before += digit && !pointRead ? 1 : 0;
            after += digit && pointRead ? 1 : 0;
            pointRead |= point;
        }
        if (sign == ' ' && before + after > 0) {
            signAfter(digit || point);
        }
    }

    private boolean isDigit(int index) {
        return text[index] >= '0' && text[index] <= '9';
    }

    private boolean isSign(int index) {
        return text[index] == '-' || text[index] == '+';
    }

    private void signBefore() {
        boolean local = pattern.sign() == NumberPattern.SignPlace.BEFORE;
        if (isSign(at)) {
            sign = (char) text[at++];
        } else if (!local && flags.brackets() && text[at] == '<') {
            sign = '-';
            at++;
        }
    }

    /** An S belongs to the number's last digit; where MI, PL or SG stands is not known while digits are missing. */
    private void signAfter(boolean read) {
        boolean local = pattern.sign() != NumberPattern.SignPlace.NONE;
        if (local && read) {
            if (at + 1 < text.length && isSign(at + 1)) {
                sign = (char) text[++at];
            }
        } else if (!read && !local && (flags.plus() || flags.minus()) && isSign(at)) {
            sign = (char) text[at];
        }
    }
}
