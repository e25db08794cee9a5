package dev.millrace.testkit.tpch;

import io.trino.tpch.TpchEntity;
import io.trino.tpch.TpchTable;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * The benchmark at one scale.
 *
 * @param scale as in the specification: at 1, 6,000,000 line items
 */
public record Tpch(double scale) {
    /** The orders are generated in so many parts, of which the last is held back for {@link Refreshes}. */
    static final int PARTS = 10;

    private static final int FLUSHED_CHARS = 1 << 16;

    /** The queries, in the order of their numbers. */
    public List<TpchQuery> queries() {
        return TpchQuery.of(scale);
    }

    /** Creates the tables with their keys, fills them but for the orders that are held back, and adds the indexes that Postgres answers the queries with. */
    public void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(TpchQuery.text("tables"));
            for (TpchTable<?> table : TpchTable.getTables()) {
                boolean parted = List.of(TpchTable.ORDERS, TpchTable.LINE_ITEM).contains(table);
                for (int part = 1; part <= (parted ? PARTS - 1 : 1); part++) {
                    copy(connection, name(table), table.createGenerator(scale, part, parted ? PARTS : 1));
                }
            }
            statement.execute(TpchQuery.text("indexes"));
            statement.execute("ANALYZE");
        }
    }

    private static String name(TpchTable<?> table) {
        return table.getTableName();
    }

    /** Writes rows into a table, within the connection's transaction if it is in one. */
    static void copy(Connection connection, String table, Iterable<? extends TpchEntity> rows) throws SQLException {
        CopyIn copy = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("COPY " + table + " FROM STDIN (DELIMITER '|')");
        try {
            StringBuilder text = new StringBuilder();
            for (TpchEntity row : rows) {
                String line = row.toLine();
                // The last value, too, is followed by a delimiter.
                text.append(line, 0, line.length() - 1).append('\n');
                if (text.length() >= FLUSHED_CHARS) {
                    write(copy, text);
                }
            }
            write(copy, text);
            copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    private static void write(CopyIn copy, StringBuilder text) throws SQLException {
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        copy.writeToCopy(bytes, 0, bytes.length);
        text.setLength(0);
    }
}
