package dev.millrace.sql.function;

import java.util.List;

/** Numbers from 1 to 3999 in Roman numerals. */
final class RomanNumerals {
    /** Of MMMDCCCLXXXVIII. */
    static final int MAX_LENGTH = 15;

    private static final int MAX = 3999;
    private static final List<String> SYMBOLS =
            List.of("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I");
    private static final int[] VALUES = {1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1};

    private RomanNumerals() {}

    /** Number signs for a number that has none. */
    static String of(int number) {
        if (number < 1 || number > MAX) {
            return "#".repeat(MAX_LENGTH);
        }
        StringBuilder text = new StringBuilder();
        int rest = number;
        for (int i = 0; i < VALUES.length; i++) {
            while (rest >= VALUES[i]) {
                text.append(SYMBOLS.get(i));
                rest -= VALUES[i];
            }
        }
        return text.toString();
    }

    /** The number of a numeral in capital letters, as {@link #of} writes it; -1 if it is none. */
    static int parse(String text) {
        int number = 0;
        int at = 0;
        for (int i = 0; i < VALUES.length; i++) {
            while (text.startsWith(SYMBOLS.get(i), at)) {
                number += VALUES[i];
                at += SYMBOLS.get(i).length();
            }
        }
        return at > 0 && of(number).equals(text) ? number : -1;
    }
}
