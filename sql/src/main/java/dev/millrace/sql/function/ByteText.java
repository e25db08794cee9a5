package dev.millrace.sql.function;

import dev.millrace.dataflow.row.Bytes;
import dev.millrace.dataflow.row.DataType;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Byte strings as text: {@code \xdeadbeef}, or characters with {@code \\} for a backslash and {@code \ooo} for any byte. */
final class ByteText {
    private ByteText() {}

    static Bytes parse(String text) {
        return new Bytes(text.startsWith("\\x") ? hex(text.substring(2)) : escaped(text));
    }

    private static byte[] hex(String digits) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(digits.length() / 2);
        int high = -1;
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            if (high < 0 && Character.isWhitespace(c)) {
                continue;
            }
            int digit = Character.digit(c, 16);
            if (digit < 0 || c > 'f') {
                throw DataErrors.of("invalid hexadecimal digit: \"" + c + "\"");
            }
            if (high < 0) {
                high = digit;
            } else {
                bytes.write(high << 4 | digit);
                high = -1;
            }
        }
        if (high >= 0) {
            throw DataErrors.of("invalid hexadecimal data: odd number of digits");
        }
        return bytes.toByteArray();
    }

    private static byte[] escaped(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        byte[] characters = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < characters.length; i++) {
            if (characters[i] != '\\') {
                bytes.write(characters[i]);
            } else if (i + 1 < characters.length && characters[i + 1] == '\\') {
                bytes.write('\\');
                i++;
            } else if (i + 3 < characters.length
                    && isOctal(characters[i + 1], '3')
                    && isOctal(characters[i + 2], '7')
                    && isOctal(characters[i + 3], '7')) {
                bytes.write(
                        (characters[i + 1] - '0') << 6 | (characters[i + 2] - '0') << 3 | (characters[i + 3] - '0'));
                i += 3;
            } else {
                throw DataErrors.invalidText(DataType.BYTEA, text);
            }
        }
        return bytes.toByteArray();
    }

    private static boolean isOctal(byte digit, char last) {
        return digit >= '0' && digit <= last;
    }
}
