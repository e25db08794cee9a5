package dev.millrace.sql.oracle;

import dev.millrace.dataflow.row.EnumLabel;
import dev.millrace.dataflow.row.EnumType;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The one embedded Postgres of a test JVM, with one connection: text in code point order, time zone UTC. */
public final class Oracle {
    /** Kept, since a logger that nobody holds forgets its level. */
    private static final Logger SERVER_LOG = Logger.getLogger("io.zonky.test");

    private static final Oracle INSTANCE = new Oracle();

    /** A question mark that is in no quotation, which the driver takes for a parameter unless it is doubled. */
    private static final Pattern OPERATOR = Pattern.compile("\\?(?=(?:[^']*'[^']*')*[^']*$)");

    private final Connection connection;
    private final Map<String, EnumType> enumTypes = new HashMap<>();

    private Oracle() {
        SERVER_LOG.setLevel(Level.WARNING);
        try {
            EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                    .setLocaleConfig("locale-provider", "builtin")
                    .setLocaleConfig("builtin-locale", "C.UTF-8")
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(postgres)));
            connection = postgres.getPostgresDatabase().getConnection();
            execute("SET TIME ZONE 'UTC'");
            execute("""
                    CREATE FUNCTION outcomes(expression text, left_table text, right_table text)
                    RETURNS TABLE (l int, r int, value text, error text) LANGUAGE plpgsql AS $$
                    BEGIN
                        FOR l, r IN EXECUTE format('SELECT l.id, r.id FROM %I l, %I r', left_table, right_table) LOOP
                            error := NULL;
                            BEGIN
                                EXECUTE format('SELECT %s FROM %I l, %I r WHERE l.id = %s AND r.id = %s',
                                    expression, left_table, right_table, l, r) INTO value;
                            EXCEPTION WHEN OTHERS THEN
                                value := NULL;
                                error := SQLSTATE;
                            END;
                            RETURN NEXT;
                        END LOOP;
                    END $$
                    """);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public static Oracle get() {
        return INSTANCE;
    }

    /** Runs a statement that gives no rows. */
    public void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The enum type of this name, always the same object; none if there is none. */
    public Optional<EnumType> enumType(String name) throws SQLException {
        EnumType known = enumTypes.get(name);
        if (known == null) {
            List<EnumLabel> labels = new ArrayList<>();
            for (List<@Nullable String> row :
                    texts("SELECT enumlabel, enumsortorder FROM pg_enum WHERE enumtypid = to_regtype('%s')"
                            .formatted(name))) {
                labels.add(new EnumLabel(Float.parseFloat(String.valueOf(row.get(1))), String.valueOf(row.get(0))));
            }
            if (labels.isEmpty()) {
                return Optional.empty();
            }
            known = new EnumType(name, labels);
            enumTypes.put(name, known);
        }
        return Optional.of(known);
    }

    /** The columns of a query, from the server's description of its result. */
    public List<Column> columns(String query) throws SQLException {
        try (var statement = connection.prepareStatement(OPERATOR.matcher(query).replaceAll("??"))) {
            return Column.all(statement.getMetaData());
        }
    }

    /** The rows of a query, each value as the server's text. */
    public List<List<@Nullable String>> texts(String query) throws SQLException {
        List<List<@Nullable String>> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            int width = result.getMetaData().getColumnCount();
            while (result.next()) {
                List<@Nullable String> row = new ArrayList<>();
                for (int i = 1; i <= width; i++) {
                    row.add(result.getString(i));
                }
                rows.add(row);
            }
        }
        return rows;
    }

    private static void stop(EmbeddedPostgres postgres) {
        try {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
