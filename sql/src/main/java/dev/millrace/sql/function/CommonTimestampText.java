package dev.millrace.sql.function;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;

/** The text of timestamps whose years have four digits, written in place: {@code 2024-02-29 12:30:59.123456+00}. */
final class CommonTimestampText {
    private static final long FIRST = LocalDate.of(1, 1, 1).toEpochDay() * TimeText.MICROS_PER_DAY;
    private static final long END = LocalDate.of(10_000, 1, 1).toEpochDay() * TimeText.MICROS_PER_DAY;
    private static final int LONGEST = 29;
    private static final int FRACTION_DIGITS = 6;

    private CommonTimestampText() {}

    /** Whether a timestamp, in microseconds since 1970, is one of them. */
    static boolean has(long micros) {
        return micros >= FIRST && micros < END;
    }

    static String of(long micros, boolean zoned) {
        LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(micros, TimeText.MICROS_PER_DAY));
        long microsOfDay = Math.floorMod(micros, TimeText.MICROS_PER_DAY);
        int seconds = (int) (microsOfDay / TimeText.MICROS_PER_SECOND);
        byte[] text = new byte[LONGEST];
        two(text, 0, date.getYear() / 100);
        two(text, 2, date.getYear() % 100);
        text[4] = '-';
        two(text, 5, date.getMonthValue());
        text[7] = '-';
        two(text, 8, date.getDayOfMonth());
        text[10] = ' ';
        two(text, 11, seconds / 3600);
        text[13] = ':';
        two(text, 14, seconds / 60 % 60);
        text[16] = ':';
        two(text, 17, seconds % 60);
        int length = fraction(text, 19, (int) (microsOfDay % TimeText.MICROS_PER_SECOND));
        if (zoned) {
            text[length] = '+';
            two(text, length + 1, 0);
            length += 3;
        }
        return new String(text, 0, length, StandardCharsets.ISO_8859_1);
    }

    /** Writes the point and the digits behind it without zeros at the end, if there are any; returns where they end. */
    private static int fraction(byte[] text, int start, int micros) {
        if (micros == 0) {
            return start;
        }
        text[start] = '.';
        int rest = micros;
        int end = start + 1;
        for (int at = start + FRACTION_DIGITS; at > start; at--) {
            text[at] = (byte) ('0' + rest % 10);
            end = end == start + 1 && rest % 10 != 0 ? at + 1 : end;
            rest /= 10;
        }
        return end;
    }

    private static void two(byte[] text, int start, int number) {
        text[start] = (byte) ('0' + number / 10);
        text[start + 1] = (byte) ('0' + number % 10);
    }
}
