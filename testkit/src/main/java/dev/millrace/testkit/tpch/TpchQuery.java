package dev.millrace.testkit.tpch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One of the 22 queries, with the parameters that the specification (2.4) gives for validation.
 *
 * @param name {@code q1} to {@code q22}
 */
public record TpchQuery(String name, String sql) {
    private static final int COUNT = 22;

    /** All, in the order of their numbers. The eleventh names a fraction that depends on the scale. */
    static List<TpchQuery> of(double scale) {
        String fraction = new BigDecimal("0.0001")
                .divide(BigDecimal.valueOf(scale))
                .stripTrailingZeros()
                .toPlainString();
        return IntStream.rangeClosed(1, COUNT)
                .mapToObj(number -> "q" + number)
                .map(name -> new TpchQuery(name, text(name).replace("{FRACTION}", fraction)))
                .toList();
    }

    static String text(String name) {
        try (InputStream text = TpchQuery.class.getResourceAsStream(name + ".sql")) {
            if (text == null) {
                throw new IllegalArgumentException("no " + name + ".sql");
            }
            return new String(text.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(name + ".sql", e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
