package dev.millrace.connector.postgres;

import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/**
 * The options of a source, validated.
 *
 * @param url {@code jdbc:postgresql://host:port/database}, with any parameters of the driver
 * @param publication an existing publication to use instead of creating one
 * @param temporarySlot whether the slot goes away with its connection, and history with it
 * @param byCodePoint whether texts may be ordered by their code points although the database orders them otherwise
 * @param schemas the only schemas whose tables are seen; empty means all but the system's
 */
record PostgresOptions(
        String url,
        Optional<String> user,
        Optional<String> password,
        Optional<String> publication,
        boolean temporarySlot,
        boolean byCodePoint,
        List<String> schemas) {
    private static final List<String> KEYS =
            List.of("url", "user", "password", "publication", "slot", "schemas", "collation");

    /** Reads options as written by a user, and reports all that is wrong with them at once. */
    static PostgresOptions parse(Map<String, String> options) {
        List<String> errors = new ArrayList<>();
        for (String key : options.keySet()) {
            if (!KEYS.contains(key)) {
                errors.add("unknown option '" + key + "', known are " + String.join(", ", KEYS));
            }
        }
        String url = options.getOrDefault("url", "");
        if (url.isEmpty()) {
            errors.add("option 'url' is missing, for example url = 'jdbc:postgresql://localhost:5432/mydb'");
        } else if (!url.startsWith("jdbc:postgresql:") || parameters(url) == null) {
            errors.add("option 'url' is not of the form jdbc:postgresql://host:port/database: '" + url + "'");
        }
        String slot = options.getOrDefault("slot", "permanent");
        if (!slot.equals("permanent") && !slot.equals("temporary")) {
            errors.add("option 'slot' must be 'permanent' or 'temporary', not '" + slot + "'");
        }
        String collation = options.get("collation");
        if (collation != null && !collation.equals("C")) {
            errors.add(
                    "option 'collation' can only be 'C', to order texts by their code points, not '" + collation + "'");
        }
        String publication = options.get("publication");
        if (publication != null && publication.isBlank()) {
            errors.add("option 'publication' is empty: name an existing publication or leave the option out");
        }
        List<String> schemas = Arrays.stream(options.getOrDefault("schemas", "").split(",", -1))
                .map(String::strip)
                .filter(schema -> !schema.isEmpty())
                .toList();
        if (options.containsKey("schemas") && schemas.isEmpty()) {
            errors.add("option 'schemas' names no schema, for example schemas = 'public, sales'");
        }
        if (!errors.isEmpty()) {
            throw new MillraceException(ErrorCode.INVALID_OPTION, String.join("; ", errors));
        }
        return new PostgresOptions(
                url,
                Optional.ofNullable(options.get("user")),
                Optional.ofNullable(options.get("password")),
                Optional.ofNullable(publication),
                slot.equals("temporary"),
                collation != null,
                schemas);
    }

    /** Where the server is, for messages: {@code host:port}. */
    String address() {
        Properties parameters = parameters(url);
        return parameters == null
                ? url
                : PGProperty.PG_HOST.getOrDefault(parameters) + ":" + PGProperty.PG_PORT.getOrDefault(parameters);
    }

    String database() {
        Properties parameters = parameters(url);
        return parameters == null ? url : String.valueOf(PGProperty.PG_DBNAME.getOrDefault(parameters));
    }

    private static @Nullable Properties parameters(String url) {
        return Driver.parseURL(url, null);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "PostgresOptions[" + address() + "/" + database() + "]";
    }
}
