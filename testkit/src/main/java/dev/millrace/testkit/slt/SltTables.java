package dev.millrace.testkit.slt;

import dev.millrace.LiveQuery;
import dev.millrace.Millrace;
import dev.millrace.testkit.Sentinel;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The tables of a script: followed as long as they are there, by a live query over all of them, and each with a temporary table
 * beside it that takes its rows while they are to be away. For use by one thread.
 */
final class SltTables implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** The page's number counts from 0, the row's within it from 1. */
    private static final String HALF = " WHERE (ctid::text::point)[1]::int % 2 = 0";

    private static final String LIST = """
            SELECT format('%I', relname), EXISTS (SELECT FROM pg_index WHERE indrelid = oid AND indisprimary)
            FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY relname""";

    private final Connection connection;
    private final Millrace millrace;
    private final Sentinel sentinel;
    private List<String> tables = List.of();
    private @Nullable LiveQuery query;

    SltTables(Connection connection, Millrace millrace) throws SQLException {
        this.connection = connection;
        this.millrace = millrace;
        this.sentinel = new Sentinel(connection, millrace);
    }

    /** Looks for tables that are new, and gives up those that are gone. */
    void refresh() throws SQLException {
        List<String> current = new ArrayList<>();
        List<String> keyless = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(LIST)) {
            while (rows.next()) {
                current.add(rows.getString(1));
                if (!rows.getBoolean(2)) {
                    keyless.add(rows.getString(1));
                }
            }
        }
        if (current.equals(tables)) {
            return;
        }
        execute(keyless, table -> "ALTER TABLE " + table + " REPLICA IDENTITY FULL");
        execute(
                current,
                table -> "DROP TABLE IF EXISTS " + beside(table) + "; CREATE TEMPORARY TABLE " + beside(table)
                        + " (LIKE " + table + ")");
        follow(current);
        tables = List.copyOf(current);
    }

    /** The new ones before the old ones are let go, since a table that nobody follows for a moment is read anew. */
    private void follow(List<String> current) {
        Optional<LiveQuery> before = Optional.ofNullable(query);
        if (current.isEmpty()) {
            query = null;
        } else {
            query = millrace.live(current.stream()
                    .map(table -> "SELECT count(*) FROM " + table)
                    .collect(Collectors.joining(" UNION ALL ")));
        }
        before.ifPresent(LiveQuery::close);
    }

    /** Follows none of them for now. */
    void release() {
        follow(List.of());
        tables = List.of();
    }

    /** Waits until Millrace knows all that was committed before this call. */
    void await() throws SQLException {
        sentinel.await(PATIENCE);
    }

    /** Takes all rows away. */
    void clear() throws SQLException {
        move(table -> moved(table, beside(table), ""));
    }

    /** Brings all rows back that are away. */
    void restore() throws SQLException {
        move(table -> moved(beside(table), table, ""));
    }

    /** Takes half of the rows away. */
    void clearHalf() throws SQLException {
        move(table -> moved(table, beside(table), HALF));
    }

    /** Brings half of the rows back. */
    void restoreHalf() throws SQLException {
        move(table -> moved(beside(table), table, HALF));
    }

    private void move(UnaryOperator<String> statement) throws SQLException {
        execute(tables, statement);
    }

    private static String moved(String from, String to, String which) {
        return "WITH moved AS (DELETE FROM " + from + which + " RETURNING *) INSERT INTO " + to
                + " SELECT * FROM moved";
    }

    private static String beside(String table) {
        return "pg_temp." + (table.startsWith("\"") ? "\"beside_" + table.substring(1) : "beside_" + table);
    }

    /** As one transaction. */
    private void execute(List<String> each, UnaryOperator<String> sql) throws SQLException {
        if (each.isEmpty()) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute(each.stream().map(sql).collect(Collectors.joining(";\n")));
        }
    }

    @Override
    public void close() {
        release();
        sentinel.close();
    }
}
