package dev.millrace.sql.parser;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.calcite.sql.parser.babel.SimpleCharStream;

/** What {@code E'…'} stands for: C's escapes, of which octal and hexadecimal ones are bytes of UTF-8, and quotes that are doubled or escaped. */
final class EscapedText {
    private static final int OCTAL = 8;
    private static final int HEX = 16;

    private final SimpleCharStream text;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private EscapedText(SimpleCharStream text) {
        this.text = text;
    }

    /** Reads from behind the opening quote to behind the closing one. */
    static String read(SimpleCharStream text) throws IOException {
        EscapedText escaped = new EscapedText(text);
        escaped.read();
        return escaped.bytes.toString(StandardCharsets.UTF_8);
    }

    private void read() throws IOException {
        StringBuilder plain = new StringBuilder();
        while (true) {
            char next = text.readChar();
            if (next == '\'') {
                if (!isNext('\'')) {
                    put(plain);
                    return;
                }
                plain.append(text.readChar());
            } else if (next == '\\') {
                put(plain);
                plain.setLength(0);
                escape();
            } else {
                plain.append(next);
            }
        }
    }

    private void escape() throws IOException {
        char kind = text.readChar();
        switch (kind) {
            case 'b' -> bytes.write('\b');
            case 'f' -> bytes.write('\f');
            case 'n' -> bytes.write('\n');
            case 'r' -> bytes.write('\r');
            case 't' -> bytes.write('\t');
            case 'u' -> put(Character.toString(number(HEX, 4)));
            case 'U' -> put(Character.toString(number(HEX, 8)));
            case 'x' -> bytes.write(number(HEX, 2));
            case '0', '1', '2', '3', '4', '5', '6', '7' -> {
                text.backup(1);
                bytes.write(number(OCTAL, 3));
            }
            default -> put(Character.toString(kind));
        }
    }

    /** Of so many digits at most. */
    private int number(int radix, int most) throws IOException {
        int number = 0;
        for (int i = 0; i < most; i++) {
            char next = text.readChar();
            int digit = Character.digit(next, radix);
            if (digit < 0) {
                text.backup(1);
                break;
            }
            number = number * radix + digit;
        }
        return number;
    }

    private boolean isNext(char wanted) {
        try {
            char next = text.readChar();
            text.backup(1);
            return next == wanted;
        } catch (IOException e) {
            return false;
        }
    }

    private void put(CharSequence characters) {
        bytes.writeBytes(characters.toString().getBytes(StandardCharsets.UTF_8));
    }
}
