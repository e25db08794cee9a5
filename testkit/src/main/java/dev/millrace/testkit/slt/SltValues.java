package dev.millrace.testkit.slt;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Results as sqllogictest writes them: each value a line of text, sorted as the query says, and many values as their hash. */
final class SltValues {
    private static final String NULL = "NULL";
    private static final int DECIMALS = 3;

    private SltValues() {}

    /** Whether these rows are what the query is expected to give. */
    static boolean match(SltRecord.Query query, List<@Nullable Object[]> rows) {
        if (rows.stream().anyMatch(row -> row.length != query.types().length())) {
            return false;
        }
        List<String> values = values(query, rows);
        List<String> expected = query.expected();
        boolean hashed = expected.size() == 1 && expected.getFirst().contains(" values hashing to ");
        return expected.equals(hashed ? List.of(values.size() + " values hashing to " + hash(values)) : values);
    }

    private static List<String> values(SltRecord.Query query, List<@Nullable Object[]> rows) {
        List<List<String>> texts = new ArrayList<>();
        for (@Nullable Object[] row : rows) {
            List<String> text = new ArrayList<>();
            for (int column = 0; column < row.length; column++) {
                text.add(text(query.types().charAt(column), row[column]));
            }
            texts.add(text);
        }
        if (query.order() == SltRecord.Order.ROWSORT) {
            texts.sort(SltValues::compare);
        }
        List<String> values =
                new ArrayList<>(texts.stream().flatMap(List::stream).toList());
        if (query.order() == SltRecord.Order.VALUESORT) {
            values.sort(Comparator.naturalOrder());
        }
        return values;
    }

    private static int compare(List<String> left, List<String> right) {
        int order = 0;
        for (int column = 0; order == 0 && column < left.size(); column++) {
            order = left.get(column).compareTo(right.get(column));
        }
        return order;
    }

    private static String text(char type, @Nullable Object value) {
        Object plain = value instanceof Boolean truth ? Integer.valueOf(truth ? 1 : 0) : value;
        return switch (plain) {
            case null -> NULL;
            case Number number
            when type == 'I' && isFinite(number) ->
                decimal(number).toBigInteger().toString();
            case Number number
            when type == 'R' && isFinite(number) ->
                decimal(number).setScale(DECIMALS, RoundingMode.HALF_EVEN).toPlainString();
            case String text when text.isEmpty() -> "(empty)";
            default -> plain.toString().replaceAll("[^ -~]", "@");
        };
    }

    private static boolean isFinite(Number number) {
        return Double.isFinite(number.doubleValue()) || number instanceof BigDecimal;
    }

    private static BigDecimal decimal(Number number) {
        return switch (number) {
            case BigDecimal exact -> exact;
            case Double _, Float _ -> new BigDecimal(number.doubleValue());
            default -> BigDecimal.valueOf(number.longValue());
        };
    }

    private static String hash(List<String> values) {
        try {
            MessageDigest digest = MessageDigest.getInstance("MD5");
            for (String value : values) {
                digest.update((value + "\n").getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has MD5", e);
        }
    }
}
