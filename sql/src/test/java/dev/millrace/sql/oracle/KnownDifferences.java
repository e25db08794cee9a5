package dev.millrace.sql.oracle;

import dev.millrace.sql.oracle.Outcomes.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where results may differ from Postgres's: lines of a signature, a kind and a reason, with {@code |} between. Of the kind {@code digits} the last digits of a float may differ, of the kind
 * {@code refused} there may be an error where Postgres has a value.
 */
public final class KnownDifferences {
    private static final double RELATIVE = 1e-14;

    private final Map<String, Kind> kinds = new HashMap<>();

    private enum Kind {
        DIGITS,
        REFUSED
    }

    private KnownDifferences() {}

    public static KnownDifferences read(String resource) {
        KnownDifferences differences = new KnownDifferences();
        try (InputStream in =
                Objects.requireNonNull(Script.class.getResourceAsStream("/dev/millrace/sql/" + resource))) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    String[] parts = line.split(" \\| ", 3);
                    differences.kinds.put(
                            parts[0].strip(), Kind.valueOf(parts[1].strip().toUpperCase(Locale.ROOT)));
                    if (parts[2].isBlank()) {
                        throw new IllegalArgumentException("no reason: " + line);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return differences;
    }

    /** Whether an outcome is Postgres's, or may differ as it does. */
    public boolean allows(String signature, Outcome inPostgres, @Nullable Outcome here) {
        if (here == null || inPostgres.same(here)) {
            return here != null;
        }
        return switch (kinds.get(signature)) {
            case null -> false;
            case DIGITS ->
                inPostgres.value() instanceof Double expected
                        && here.value() instanceof Double actual
                        && Math.abs(expected - actual) <= RELATIVE * Math.abs(expected);
            case REFUSED -> here.error() != null && inPostgres.error() == null;
        };
    }
}
