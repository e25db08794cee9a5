package dev.millrace.testkit.oracle;

import dev.millrace.testkit.JdbcRows;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What Postgres says to a query. */
sealed interface Answer {
    record Rows(List<@Nullable Object[]> rows) implements Answer {}

    /** A row made the query fail. */
    record DataError(String message) implements Answer {}

    /** The query is not one that Postgres answers, or not soon. */
    record Rejected(String message) implements Answer {}

    static Answer to(String sql, Connection connection) {
        try (Statement statement = connection.createStatement();
                ResultSet results = statement.executeQuery(sql)) {
            return new Rows(JdbcRows.read(results));
        } catch (SQLException e) {
            String state = String.valueOf(e.getSQLState());
            String message = String.valueOf(e.getMessage()).split("\n", 2)[0];
            // Classes 21 and 22: cardinality violation, data exception.
            return state.startsWith("21") || state.startsWith("22") ? new DataError(message) : new Rejected(message);
        }
    }
}
