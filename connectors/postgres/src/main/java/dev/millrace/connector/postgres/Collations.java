package dev.millrace.connector.postgres;

import dev.millrace.dataflow.row.Collation;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** By what a database orders texts. The collations of the provider {@code builtin} and the C locale of the others order them by code points. */
final class Collations {
    private static final String QUERY = """
            SELECT 100::oid AS oid, datlocprovider AS provider, datcollate AS locale, true AS deterministic,
                   coalesce(to_jsonb(d) ->> 'datlocale', to_jsonb(d) ->> 'daticulocale', datcollate) AS name
            FROM pg_database d WHERE datname = current_database()
            UNION ALL
            SELECT oid, collprovider, collcollate, collisdeterministic, collname FROM pg_collation WHERE collprovider <> 'd'
            """;

    /** Of a column that has none, as it is no text: that of the database. */
    private static final int DEFAULT = 100;

    private static final Set<String> BY_CODE_POINT = Set.of("c", "posix", "c.utf8");

    private final Map<Integer, Collation> others = new HashMap<>();

    private Collations() {}

    /** @param byCodePoint whether texts are to be ordered by code points, whatever the database does */
    static Collations read(Connection connection, boolean byCodePoint) throws SQLException {
        Collations collations = new Collations();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(QUERY)) {
            while (row.next()) {
                boolean deterministic = row.getBoolean("deterministic");
                if (deterministic
                        && (byCodePoint || isByCodePoint(row.getString("provider"), row.getString("locale")))) {
                    continue;
                }
                collations.others.put((int) row.getLong("oid"), new Collation(row.getString("name"), deterministic));
            }
        }
        return collations;
    }

    private static boolean isByCodePoint(String provider, String locale) {
        return switch (provider) {
            case "b" -> true;
            case "c" -> BY_CODE_POINT.contains(locale.toLowerCase(Locale.ROOT).replace("-", ""));
            default -> false;
        };
    }

    /**
     * What texts of a column are ordered by, if not by code points.
     *
     * @param oid of the column's collation; 0 if it is no text
     */
    Optional<Collation> of(int oid) {
        return Optional.ofNullable(others.get(oid == 0 ? DEFAULT : oid));
    }
}
