package dev.millrace.bench.rows;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a result consists of: the same of any two that have the same rows, in whatever order and by whatever changes they came.
 *
 * @param rows how many there are
 * @param hash the sum of the hashes of all rows
 */
public record Content(long rows, long hash) {
    /** Of no rows. */
    public static final Content NONE = new Content(0, 0);

    /**
     * With a row that comes, or without one that goes.
     *
     * @param values numbers of whatever type, texts, booleans, dates and timestamps as of {@code java.time}, and nulls. Numbers are the same if they are
     *     equal
     * @param weight how many times it comes; negative if it goes
     */
    public Content with(List<?> values, long weight) {
        long row = 0;
        for (Object value : values) {
            row = mix(row * 31 + mix(hash(text(value))));
        }
        return new Content(rows + weight, hash + weight * row);
    }

    private static String text(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case BigDecimal number ->
                "n" + (number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString());
            case Double number -> text(new BigDecimal(number));
            case Long number -> "n" + number;
            case Integer number -> "n" + number;
            case Short number -> "n" + number;
            case String text -> "s" + text;
            case Boolean bool -> "b" + bool;
            case LocalDate date -> "d" + date;
            case LocalDateTime dateTime -> "t" + dateTime;
            default -> throw new IllegalArgumentException("a value of " + value.getClass());
        };
    }

    /** FNV-1a of 64 bits, by characters. */
    private static long hash(String text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        return hash;
    }

    private static long mix(long value) {
        long mixed = (value ^ value >>> 33) * 0xff51afd7ed558ccdL;
        return mixed ^ mixed >>> 33;
    }

    @Override
    public String toString() {
        return rows + " rows with hash " + Long.toHexString(hash);
    }
}
