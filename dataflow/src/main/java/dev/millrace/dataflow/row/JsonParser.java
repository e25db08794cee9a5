package dev.millrace.dataflow.row;

import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads JSON (RFC 8259) by recursive descent, as strictly as Postgres does and with its exact numbers. The json type only wants a text to be JSON; jsonb moreover has no
 * character 0, no half of a surrogate pair and no number that numeric cannot hold.
 */
final class JsonParser {
    /** How deep documents may be nested. Postgres's own limit is that of its stack, some thousands. */
    private static final int MAX_DEPTH = 1000;

    private static final int MAX_DIGITS_BEFORE_POINT = 131_072;
    private static final int MAX_SCALE = 16_383;
    private static final int HEX_DIGITS = 4;

    private final String text;
    private final boolean isJsonb;
    private int at;
    private int depth;

    private JsonParser(String text, boolean isJsonb) {
        this.text = text;
        this.isJsonb = isJsonb;
    }

    static Jsonb jsonb(String text) {
        return new JsonParser(text, true).document();
    }

    static void require(String text) {
        new JsonParser(text, false).document();
    }

    private Jsonb document() {
        Jsonb value = value();
        skipBlanks();
        if (at < text.length()) {
            throw malformed();
        }
        return value;
    }

    private Jsonb value() {
        skipBlanks();
        return switch (peek()) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> new Jsonb.Text(string());
            case 't' -> word("true", new Jsonb.Bool(true));
            case 'f' -> word("false", new Jsonb.Bool(false));
            case 'n' -> word("null", new Jsonb.Null());
            default -> number();
        };
    }

    private Jsonb object() {
        enter();
        List<Jsonb.Member> members = new ArrayList<>();
        if (!tryTake('}')) {
            do {
                skipBlanks();
                String key = string();
                skipBlanks();
                take(':');
                members.add(new Jsonb.Member(key, value()));
                skipBlanks();
            } while (tryTake(','));
            take('}');
        }
        depth--;
        return Jsonb.Members.of(members);
    }

    private Jsonb array() {
        enter();
        List<Jsonb> elements = new ArrayList<>();
        if (!tryTake(']')) {
            do {
                elements.add(value());
                skipBlanks();
            } while (tryTake(','));
            take(']');
        }
        depth--;
        return new Jsonb.Array(elements);
    }

    /** Takes an opening bracket and the blanks after it. */
    private void enter() {
        if (++depth > MAX_DEPTH) {
            throw new MillraceException(ErrorCode.DATA_ERROR, "JSON is nested deeper than " + MAX_DEPTH);
        }
        at++;
        skipBlanks();
    }

    private Jsonb word(String word, Jsonb value) {
        if (!text.startsWith(word, at)) {
            throw malformed();
        }
        at += word.length();
        requireEndOfWord();
        return value;
    }

    private Jsonb number() {
        int start = at;
        if (peek() == '-') {
            at++;
        }
        if (peek() == '0') {
            at++;
        } else {
            digits();
        }
        if (peek() == '.') {
            at++;
            digits();
        }
        if (peek() == 'e' || peek() == 'E') {
            at++;
            if (peek() == '+' || peek() == '-') {
                at++;
            }
            digits();
        }
        requireEndOfWord();
        return new Jsonb.Numeric(isJsonb ? decimal(text.substring(start, at)) : Decimal.ZERO);
    }

    private static Decimal decimal(String digits) {
        try {
            BigDecimal number = new BigDecimal(digits);
            long beforePoint = (long) number.precision() - number.scale();
            boolean fits = number.signum() == 0 || beforePoint <= MAX_DIGITS_BEFORE_POINT;
            if (fits && number.scale() <= MAX_SCALE) {
                return Decimal.of(number);
            }
        } catch (NumberFormatException e) {
            // Its exponent is beyond all bounds, as below.
        }
        throw new MillraceException(ErrorCode.DATA_ERROR, "value overflows numeric format");
    }

    private void digits() {
        int start = at;
        while (peek() >= '0' && peek() <= '9') {
            at++;
        }
        if (at == start) {
            throw malformed();
        }
    }

    private String string() {
        take('"');
        int start = at;
        while (peek() != '"' && peek() != '\\') {
            requirePlain();
        }
        if (peek() == '"') {
            return text.substring(start, at++);
        }
        StringBuilder string = new StringBuilder(text.substring(start, at));
        while (!tryTake('"')) {
            if (peek() == '\\') {
                at++;
                string.append(escaped());
            } else {
                string.append(peek());
                requirePlain();
            }
        }
        requirePairs(string);
        return string.toString();
    }

    /** Takes a character that stands for itself. */
    private void requirePlain() {
        if (at >= text.length() || peek() < ' ') {
            throw malformed();
        }
        at++;
    }

    private char escaped() {
        char kind = peek();
        at++;
        return switch (kind) {
            case '"', '\\', '/' -> kind;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> throw malformed();
        };
    }

    private char unicode() {
        int unit = 0;
        for (int i = 0; i < HEX_DIGITS; i++) {
            char unread = peek();
            int digit = unread < 128 ? Character.digit(unread, 16) : -1;
            if (digit < 0) {
                throw malformed();
            }
            unit = unit << HEX_DIGITS | digit;
            at++;
        }
        if (unit == 0 && isJsonb) {
            throw new MillraceException(ErrorCode.DATA_ERROR, "\\u0000 cannot be converted to text");
        }
        return (char) unit;
    }

    private void requirePairs(CharSequence string) {
        boolean halved = isJsonb
                && string.codePoints()
                        .anyMatch(point -> point <= Character.MAX_VALUE && Character.isSurrogate((char) point));
        if (halved) {
            throw malformed();
        }
    }

    private void requireEndOfWord() {
        char next = peek();
        if (Character.isLetterOrDigit(next) || next == '_' || next >= 128) {
            throw malformed();
        }
    }

    /** The next character; a NUL, which JSON never has, at the end. */
    private char peek() {
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private boolean tryTake(char wanted) {
        if (peek() != wanted) {
            return false;
        }
        at++;
        return true;
    }

    private void take(char wanted) {
        if (!tryTake(wanted)) {
            throw malformed();
        }
    }

    private void skipBlanks() {
        while (peek() == ' ' || peek() == '\t' || peek() == '\n' || peek() == '\r') {
            at++;
        }
    }

    private MillraceException malformed() {
        return new MillraceException(ErrorCode.DATA_ERROR, "invalid input syntax for type json");
    }
}
