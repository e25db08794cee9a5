package dev.millrace.bench.harness;

import java.math.BigDecimal;
import java.math.MathContext;

/** A flat JSON object, built member by member, on one line. */
final class JsonObject {
    private final StringBuilder members = new StringBuilder();

    JsonObject put(String name, String value) {
        return member(name, quoted(value));
    }

    JsonObject put(String name, boolean value) {
        return member(name, String.valueOf(value));
    }

    /** A number, to four significant digits, in plain notation. JSON has none for what is not finite. */
    JsonObject put(String name, double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(name + " is " + value);
        }
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(4));
        return member(
                name, rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString());
    }

    private JsonObject member(String name, String json) {
        members.append(members.isEmpty() ? "" : ",")
                .append(quoted(name))
                .append(':')
                .append(json);
        return this;
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ') {
                quoted.append(String.format("\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }

    @Override
    public String toString() {
        return "{" + members + "}";
    }
}
