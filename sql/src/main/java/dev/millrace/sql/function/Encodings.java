package dev.millrace.sql.function;

import dev.millrace.dataflow.row.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;

/** Byte strings as text and back: base64 in lines of 76 characters, hex, and Postgres's escape format. */
public final class Encodings {
    private static final int LINE = 76;

    private Encodings() {}

    @Sql(
            value = "encode(bytea, text) text",
            about = "as text: base64, hex or escape",
            example = "encode('\\x0102ff'::bytea, 'base64')")
    public static String encode(Bytes bytes, String format) {
        return switch (format.toLowerCase(Locale.ROOT)) {
            case "hex" -> HexFormat.of().formatHex(bytes.array());
            case "base64" -> lines(Base64.getEncoder().encodeToString(bytes.array()));
            case "escape" -> escape(bytes.array());
            default -> throw unknown(format);
        };
    }

    @Sql(
            value = "decode(text, text) bytea",
            about = "the bytes that a text stands for: base64, hex or escape",
            example = "decode('AQL/', 'base64')")
    public static Bytes decode(String text, String format) {
        return new Bytes(
                switch (format.toLowerCase(Locale.ROOT)) {
                    case "hex" -> unhex(text);
                    case "base64" -> unbase64(text);
                    case "escape" -> unescape(text.getBytes(StandardCharsets.UTF_8));
                    default -> throw unknown(format);
                });
    }

    /** What the text of a bytea stands for: hex after {@code \\x}, else the escape format. */
    static Bytes input(String text) {
        return new Bytes(
                text.startsWith("\\x") ? unhex(text.substring(2)) : unescape(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static RuntimeException unknown(String format) {
        return DataErrors.of("unrecognized encoding: \"" + format + "\"");
    }

    /** A line's end after each full line, also the last. */
    private static String lines(String text) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < text.length(); i += LINE) {
            int end = Math.min(i + LINE, text.length());
            lines.append(text, i, end);
            if (end == i + LINE) {
                lines.append('\n');
            }
        }
        return lines.toString();
    }

    private static String escape(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (byte b : bytes) {
            if (b <= 0) {
                text.append(String.format(Locale.ROOT, "\\%03o", b & 0xff));
            } else {
                text.append(b == '\\' ? "\\\\" : String.valueOf((char) b));
            }
        }
        return text.toString();
    }

    private static byte[] unescape(byte[] text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int i = 0;
        while (i < text.length) {
            if (text[i] != '\\') {
                bytes.write(text[i++]);
            } else if (i + 1 < text.length && text[i + 1] == '\\') {
                bytes.write('\\');
                i += 2;
            } else if (i + 3 < text.length && octal(text[i + 1], 3) && octal(text[i + 2], 7) && octal(text[i + 3], 7)) {
                bytes.write((text[i + 1] - '0') << 6 | (text[i + 2] - '0') << 3 | text[i + 3] - '0');
                i += 4;
            } else {
                throw DataErrors.of("invalid input syntax for type bytea");
            }
        }
        return bytes.toByteArray();
    }

    private static boolean octal(byte digit, int highest) {
        return digit >= '0' && digit <= '0' + highest;
    }

    private static byte[] unhex(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int i = 0;
        while (i < text.length()) {
            if (isBlank(text.charAt(i))) {
                i++;
                continue;
            }
            if (i + 1 == text.length()) {
                throw HexFormat.isHexDigit(text.charAt(i))
                        ? DataErrors.of("invalid hexadecimal data: odd number of digits")
                        : invalid(text, i, "hexadecimal digit");
            }
            bytes.write(digit(text, i) << 4 | digit(text, i + 1));
            i += 2;
        }
        return bytes.toByteArray();
    }

    private static int digit(String text, int at) {
        if (!HexFormat.isHexDigit(text.charAt(at))) {
            throw invalid(text, at, "hexadecimal digit");
        }
        return HexFormat.fromHexDigit(text.charAt(at));
    }

    private static RuntimeException invalid(String text, int at, String what) {
        return DataErrors.of("invalid " + what + ": \"" + Character.toString(text.codePointAt(at)) + "\"");
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\n' || c == '\t' || c == '\r';
    }

    /** Blanks are passed over; what is missing at the end is not. */
    private static byte[] unbase64(String text) {
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean digit = (c < 128 && Character.isLetterOrDigit(c)) || c == '+' || c == '/' || c == '=';
            if (!digit && !isBlank(c)) {
                throw invalid(text, i, "symbol while decoding base64 sequence");
            }
            if (digit) {
                digits.append(c);
            }
        }
        try {
            if (digits.length() % 4 != 0) {
                throw new IllegalArgumentException("not in fours");
            }
            return Base64.getDecoder().decode(digits.toString());
        } catch (IllegalArgumentException e) {
            throw DataErrors.of("invalid base64 end sequence");
        }
    }
}
