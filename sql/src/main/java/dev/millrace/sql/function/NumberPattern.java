package dev.millrace.sql.function;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A pattern of {@code to_char} and {@code to_number} for numbers, read once: keys, such as {@code 9} and {@code MI}, and text between them, which what is no key and what stands in double quotes is.
 *
 * @param before digits before the point
 * @param after digits behind it
 * @param shift digits behind V, by which the number is multiplied by ten
 * @param firstZero the number of the first digit that is a 0 before the point, counted from 1; 0 if there is none
 * @param lastZero the number of the last digit that is a 0
 * @param sign where S stands
 * @param beforeSign digits before an S that stands before the point
 */
record NumberPattern(
        String text,
        List<Part> parts,
        int before,
        int after,
        int shift,
        int firstZero,
        int lastZero,
        SignPlace sign,
        int beforeSign,
        Flags flags) {
    enum SignPlace {
        NONE,
        BEFORE,
        AFTER
    }

    /** Those whose names begin alike stand with the longer first. */
    enum Key {
        COMMA(","),
        POINT("."),
        ZERO("0"),
        NINE("9"),
        B("B"),
        C("C"),
        D("D"),
        EEEE("EEEE"),
        FM("FM"),
        G("G"),
        L("L"),
        MI("MI"),
        PL("PL"),
        PR("PR"),
        RN("RN"),
        SG("SG"),
        SP("SP"),
        S("S"),
        TH("TH"),
        V("V"),
        TEXT("");

        private final String name;

        Key(String name) {
            this.name = name;
        }
    }

    /** A key as it is written or, with the key {@code TEXT}, a character of text. */
    record Part(Key key, String text) {
        boolean isDigit() {
            return key == Key.ZERO || key == Key.NINE;
        }

        boolean isSmall() {
            return text.equals(text.toLowerCase(Locale.ROOT));
        }
    }

    /** What stands in the pattern: a point, a V, PR, a minus, a plus, FM, RN, EEEE. */
    record Flags(
            boolean point,
            boolean shifted,
            boolean brackets,
            boolean minus,
            boolean plus,
            boolean fill,
            boolean roman,
            boolean scientific) {}

    static NumberPattern of(String text) {
        return new Parser(text).parse();
    }

    /** Reads a pattern from left to right; what may not stand together is an error of the row, as the pattern may be. */
    private static final class Parser {
        private final String text;
        private final List<Part> parts = new ArrayList<>();
        private int before;
        private int after;
        private int shift;
        private int firstZero;
        private int lastZero;
        private SignPlace sign = SignPlace.NONE;
        private int beforeSign;
        private boolean point;
        private boolean shifted;
        private boolean brackets;
        private boolean minus;
        private boolean plus;
        private boolean fill;
        private boolean roman;
        private boolean scientific;
        private boolean blank;

        Parser(String text) {
            this.text = text;
        }

        NumberPattern parse() {
            int at = 0;
            while (at < text.length()) {
                int start = at;
                Key key = keyAt(start);
                if (key != Key.TEXT) {
                    at += key.name.length();
                    parts.add(new Part(key, text.substring(start, at)));
                    add(key);
                } else if (text.charAt(at) == '"') {
                    at = quoted(at + 1);
                } else {
                    at = character(text.startsWith("\\\"", at) ? at + 1 : at);
                }
            }
            Flags flags = new Flags(point, shifted, brackets, minus, plus, fill, roman, scientific);
            return new NumberPattern(
                    text, List.copyOf(parts), before, after, shift, firstZero, lastZero, sign, beforeSign, flags);
        }

        private Key keyAt(int at) {
            for (Key key : Key.values()) {
                boolean written =
                        text.startsWith(key.name, at) || text.startsWith(key.name.toLowerCase(Locale.ROOT), at);
                if (written) {
                    return key;
                }
            }
            throw new IllegalStateException("a text fits always");
        }

        private int quoted(int start) {
            int at = start;
            while (at < text.length() && text.charAt(at) != '"') {
                at += text.charAt(at) == '\\' && at + 1 < text.length() ? 1 : 0;
                at = character(at);
            }
            return at + 1;
        }

        private int character(int at) {
            int end = at + Character.charCount(text.codePointAt(at));
            parts.add(new Part(Key.TEXT, text.substring(at, end)));
            return end;
        }

        private void add(Key key) {
            require(!scientific || key == Key.EEEE, "\"EEEE\" must be the last pattern used");
            switch (key) {
                case NINE -> nine();
                case ZERO -> zero();
                case B -> blank |= before == 0 && after == 0 && firstZero == 0;
                case D, POINT -> {
                    require(!point, "multiple decimal points");
                    require(!shifted, "cannot use \"V\" and decimal point together");
                    point = true;
                }
                case FM -> fill = true;
                case S -> sign();
                case MI -> {
                    requireNoSign("MI");
                    minus = true;
                }
                case PL -> {
                    requireNoSign("PL");
                    plus = true;
                }
                case SG -> {
                    requireNoSign("SG");
                    minus = true;
                    plus = true;
                }
                case PR -> {
                    boolean signed = sign != SignPlace.NONE || plus || minus;
                    require(!signed, "cannot use \"PR\" and \"S\"/\"PL\"/\"MI\"/\"SG\" together");
                    brackets = true;
                }
                case RN -> {
                    require(!roman, "cannot use \"RN\" twice");
                    roman = true;
                }
                case V -> {
                    require(!point, "cannot use \"V\" and decimal point together");
                    shifted = true;
                }
                case EEEE -> {
                    require(!scientific, "cannot use \"EEEE\" twice");
                    boolean alone = !blank && !fill && !hasSigns() && !roman && !shifted;
                    require(alone, "\"EEEE\" is incompatible with other formats");
                    scientific = true;
                }
                case COMMA, C, G, L, SP, TH, TEXT -> {}
            }
            boolean others = hasSigns() || point || shifted || firstZero > 0 || scientific || blank;
            require(!roman || !others, "\"RN\" is incompatible with other formats");
        }

        private boolean hasSigns() {
            return sign != SignPlace.NONE || brackets || minus || plus;
        }

        private void nine() {
            require(!brackets, "\"9\" must be ahead of \"PR\"");
            if (shifted) {
                shift++;
            } else if (point) {
                after++;
            } else {
                before++;
            }
        }

        private void zero() {
            require(!brackets, "\"0\" must be ahead of \"PR\"");
            if (point) {
                after++;
            } else {
                before++;
                firstZero = firstZero == 0 ? before : firstZero;
            }
            lastZero = before + after;
        }

        private void sign() {
            require(sign == SignPlace.NONE, "cannot use \"S\" twice");
            require(!plus && !minus && !brackets, "cannot use \"S\" and \"PL\"/\"MI\"/\"SG\"/\"PR\" together");
            sign = point ? SignPlace.AFTER : SignPlace.BEFORE;
            beforeSign = point ? beforeSign : before;
        }

        private void requireNoSign(String key) {
            require(sign == SignPlace.NONE, "cannot use \"S\" and \"" + key + "\" together");
        }

        private static void require(boolean condition, String message) {
            if (!condition) {
                throw DataErrors.of(message);
            }
        }
    }
}
