package dev.millrace.cli;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The values of results as text. */
final class ValueText {
    private static final DateTimeFormatter ISO = DateTimeFormatter.ISO_LOCAL_DATE_TIME;

    /** What an array's element is quoted for. */
    private static final Pattern SPECIAL = Pattern.compile("[{},\"\\\\\\s]");

    private ValueText() {}

    /** For people: one line, whatever is in the value; times in UTC. */
    static String display(@Nullable Object value) {
        return switch (value) {
            case null -> "NULL";
            case BigDecimal number -> number.toPlainString();
            case byte[] bytes -> hex(bytes);
            case LocalDate date -> infinity(date).orElseGet(date::toString);
            case LocalDateTime time -> iso(time).replace('T', ' ');
            case Instant time -> iso(time).replace('T', ' ');
            case List<?> array -> array.stream().map(ValueText::element).collect(Collectors.joining(",", "{", "}"));
            default -> printable(value.toString());
        };
    }

    /** An element of an array, quoted where Postgres quotes it. */
    private static String element(@Nullable Object value) {
        String text = value instanceof Boolean flag ? (flag ? "t" : "f") : display(value);
        boolean plain = value == null
                || !(text.isEmpty()
                        || text.equalsIgnoreCase("NULL")
                        || SPECIAL.matcher(text).find());
        return plain ? text : '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** ISO 8601, always with seconds; or {@code infinity} or {@code -infinity}. */
    static String iso(LocalDateTime time) {
        return infinity(time).orElseGet(() -> ISO.format(time));
    }

    /** ISO 8601 in UTC, always with seconds and ending in Z; or {@code infinity} or {@code -infinity}. */
    static String iso(Instant time) {
        return infinity(time).orElseGet(() -> ISO.format(time.atOffset(ZoneOffset.UTC)) + "Z");
    }

    /** ISO 8601; or {@code infinity} or {@code -infinity}. */
    static String iso(LocalDate date) {
        return infinity(date).orElseGet(date::toString);
    }

    /** Postgres's hex form. */
    static String hex(byte[] bytes) {
        return "\\x" + HexFormat.of().formatHex(bytes);
    }

    private static Optional<String> infinity(Object time) {
        if (time.equals(LocalDate.MAX) || time.equals(LocalDateTime.MAX) || time.equals(Instant.MAX)) {
            return Optional.of("infinity");
        }
        boolean past = time.equals(LocalDate.MIN) || time.equals(LocalDateTime.MIN) || time.equals(Instant.MIN);
        return past ? Optional.of("-infinity") : Optional.empty();
    }

    /** Control characters become their pictures: a value must not break a line or move the cursor. */
    private static String printable(String text) {
        if (text.chars().noneMatch(Character::isISOControl)) {
            return text;
        }
        StringBuilder printable = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            if (point < 0x20) {
                printable.append((char) (0x2400 + point));
            } else {
                printable.appendCodePoint(Character.isISOControl(point) ? 0x2421 : point);
            }
        });
        return printable.toString();
    }
}
