package dev.millrace.sql.function;

import java.util.Locale;

/**
 * Writes the digits of a number into a pattern, key by key. Digits of the pattern before the first of the number are blanks, or zeros from the pattern's first 0 on; with FM blanks are not written, nor
 * are zeros at the end of the decimals.
 */
final class NumberText {
    private final NumberPattern pattern;
    private final NumberPattern.Flags flags;
    private final NumberDigits digits;
    private final StringBuilder text = new StringBuilder();
    private final NumberPattern.SignPlace signPlace;
    private final boolean brackets;
    /** The last character of the number that is written with FM: the point if only zeros follow it; -1 if all are. */
    private final int lastRelevant;
    /** After which digit of the pattern a sign stands that follows the number. */
    private final int lastDigit;

    private boolean signWritten;
    /** Whether the character before was a digit, so that a group's separator makes sense. */
    private boolean inNumber;
    /** How many digits of the pattern have been written. */
    private int written;
    /** The next character of the number. */
    private int next;

    private NumberText(NumberPattern pattern, NumberDigits digits) {
        this.pattern = pattern;
        this.flags = pattern.flags();
        this.digits = digits;
        boolean negative = digits.sign() == '-';
        boolean separate = flags.plus() || flags.minus();
        boolean beforeAll = pattern.sign() == NumberPattern.SignPlace.BEFORE && digits.before() == pattern.beforeSign();
        brackets = flags.brackets() && (separate || negative || !flags.fill());
        signPlace = beforeAll && !separate ? NumberPattern.SignPlace.AFTER : pattern.sign();
        signWritten = separate
                ? flags.minus()
                : digits.sign() == '+' && flags.fill() && pattern.sign() == NumberPattern.SignPlace.NONE;
        lastRelevant = flags.fill() && flags.point() ? lastRelevant() : -1;
        int count = digits.after() + digits.before() - 1 + (!signWritten && digits.blanks() == 0 ? 1 : 0);
        lastDigit = count + (digits.blanks() > 0 ? 1 : 0) + (flags.point() ? 1 : 0);
    }

    static String write(NumberPattern pattern, NumberDigits digits) {
        return pattern.flags().scientific() ? digits.number() : new NumberText(pattern, digits).write();
    }

    private int lastRelevant() {
        String number = digits.number();
        int last = number.indexOf('.');
        if (last < 0) {
            return -1;
        }
        for (int i = last + 1; i < number.length(); i++) {
            last = number.charAt(i) == '0' ? last : i;
        }
        return pattern.lastZero() > digits.blanks()
                ? Math.max(last, Math.min(number.length() - 1, pattern.lastZero() - digits.blanks()))
                : last;
    }

    private String write() {
        for (NumberPattern.Part part : pattern.parts()) {
            switch (part.key()) {
                case NINE, ZERO, POINT, D -> digit(part.key());
                case COMMA, G -> {
                    if (inNumber) {
                        text.append(',');
                    } else {
                        blank();
                    }
                }
                case L -> text.append(' ');
                case RN -> roman(part);
                case TH -> ordinal(part);
                case MI -> sign(digits.sign() == '-');
                case PL -> sign(digits.sign() == '+');
                case SG -> text.append(digits.sign());
                case TEXT -> text.append(part.text());
                case B, C, EEEE, FM, PR, S, SP, V -> {}
            }
        }
        // A float may have fewer digits than the pattern; what would follow them is not written.
        int end = text.indexOf("\0");
        return end < 0 ? text.toString() : text.substring(0, end);
    }

    private void blank() {
        if (!flags.fill()) {
            text.append(' ');
        }
    }

    private void sign(boolean shown) {
        if (shown) {
            text.append(digits.sign());
        } else {
            blank();
        }
    }

    private void roman(NumberPattern.Part part) {
        String number = part.isSmall() ? digits.number().toLowerCase(Locale.ROOT) : digits.number();
        text.append(flags.fill() ? number : TextBuilding.lpad(number, RomanNumerals.MAX_LENGTH));
    }

    private void ordinal(NumberPattern.Part part) {
        boolean none = flags.roman()
                || flags.point()
                || digits.sign() == '-'
                || digits.number().startsWith("#");
        if (!none) {
            if (!Character.isDigit(digits.number().charAt(digits.number().length() - 1))) {
                throw DataErrors.of("\"" + digits.number() + "\" is not a number");
            }
            text.append(TimeFormats.ending(digits.number(), part.text().equals("th")));
        }
    }

    /** Whether the zero before the point is to be written that a pattern such as 9.9 has no need of. */
    private boolean isIdleZero() {
        return pattern.firstZero() == 0 && next == 0 && charAt(0) == '0' && digits.after() != 0;
    }

    /** A NUL behind the number. */
    private char charAt(int index) {
        return index < digits.number().length() ? digits.number().charAt(index) : '\0';
    }

    private void digit(NumberPattern.Key key) {
        if (flags.roman()) {
            return;
        }
        inNumber = false;
        boolean leading = written < digits.blanks();
        boolean zeros = pattern.firstZero() > 0 && pattern.firstZero() - 1 <= written;
        boolean wholeIsRelevant = lastRelevant >= 0 && charAt(lastRelevant) == '.';
        boolean begins = !leading || (pattern.firstZero() > 0 && pattern.firstZero() - 1 == written);
        if (!signWritten && begins && (!isIdleZero() || wholeIsRelevant)) {
            firstSign();
        }
        if (leading && !zeros) {
            blank();
        } else if (leading) {
            text.append('0');
            inNumber = true;
        } else {
            digitOfNumber(key, wholeIsRelevant);
            next += next < digits.number().length() ? 1 : 0;
        }
        boolean cut = lastRelevant >= 0 && next == lastRelevant;
        if (!cut && written + 1 == lastDigit) {
            lastSign();
        }
        written++;
    }

    private void digitOfNumber(NumberPattern.Key key, boolean wholeIsRelevant) {
        if (charAt(next) == '.') {
            if (!wholeIsRelevant || flags.fill()) {
                text.append('.');
            }
            return;
        }
        boolean cut = lastRelevant >= 0 && next > lastRelevant && key != NumberPattern.Key.ZERO;
        if (cut) {
            return;
        }
        if (isIdleZero()) {
            if (!flags.fill()) {
                text.append(' ');
            } else if (wholeIsRelevant) {
                text.append('0');
            }
            return;
        }
        text.append(charAt(next));
        inNumber = true;
    }

    private void firstSign() {
        boolean negative = digits.sign() == '-';
        if (pattern.sign() != NumberPattern.SignPlace.NONE) {
            if (signPlace == NumberPattern.SignPlace.BEFORE) {
                text.append(negative ? '-' : '+');
                signWritten = true;
            }
            return;
        }
        if (brackets) {
            text.append(negative ? '<' : ' ');
        } else if (negative) {
            text.append('-');
        } else {
            blank();
        }
        signWritten = true;
    }

    private void lastSign() {
        boolean negative = digits.sign() == '-';
        if (signWritten && brackets) {
            text.append(negative ? '>' : ' ');
        } else if (signPlace == NumberPattern.SignPlace.AFTER) {
            text.append(negative ? '-' : '+');
        }
    }
}
