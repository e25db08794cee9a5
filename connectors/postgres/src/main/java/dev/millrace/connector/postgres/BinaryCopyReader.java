package dev.millrace.connector.postgres;

import dev.millrace.connector.TableContents;
import dev.millrace.connector.TableDefinition;
import dev.millrace.dataflow.row.ColumnType;
import dev.millrace.dataflow.row.Row;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyManager;
import org.postgresql.copy.CopyOut;

/**
 * Reads a whole table with {@code COPY … (FORMAT binary)}: the server sends one message per row, the first one behind a header.
 *
 * <pre>
 *   header  signature 11 bytes | flags int32 | extension length int32 | extension
 *   row     field count int16 | per field: length int32 (-1 for NULL) | value
 *   end     -1 int16
 * </pre>
 */
final class BinaryCopyReader {
    private static final int SIGNATURE = 11;
    private static final int END = -1;
    private static final int NULL = -1;

    private final PostgresTable table;
    private final int[] ordinals;
    private final ColumnType[] types;
    private final EnumTypes enums;

    BinaryCopyReader(PostgresTable table, EnumTypes enums) {
        this.table = table;
        this.enums = enums;
        List<TableDefinition.Column> columns = table.definition().columns();
        this.ordinals =
                IntStream.range(0, columns.size()).filter(table::isSupported).toArray();
        this.types = IntStream.of(ordinals)
                .mapToObj(i -> columns.get(i).type().orElseThrow())
                .toArray(ColumnType[]::new);
    }

    /** All rows that the connection's current transaction sees. */
    TableContents read(CopyManager copyManager) throws SQLException {
        CopyOut copy = copyManager.copyOut(command());
        List<Row> rows = new ArrayList<>();
        boolean first = true;
        for (byte[] message = copy.readFromCopy(); message != null; message = copy.readFromCopy()) {
            WireReader in = new WireReader(message, 0);
            if (first) {
                in.advance(SIGNATURE);
                in.int32();
                in.advance(in.int32());
                first = false;
            }
            while (!in.isAtEnd()) {
                int fields = in.int16();
                if (fields != END) {
                    rows.add(row(in, fields));
                }
            }
        }
        return new TableContents(table.definition(), rows);
    }

    private String command() {
        String columns = IntStream.of(ordinals)
                .mapToObj(i ->
                        PostgresTable.quote(table.definition().columns().get(i).name()))
                .collect(Collectors.joining(", "));
        return "COPY (SELECT " + columns + " FROM " + table.sqlName() + ") TO STDOUT (FORMAT binary)";
    }

    private Row row(WireReader in, int fields) throws SQLException {
        if (fields != ordinals.length) {
            throw new MillraceException(
                    ErrorCode.PROTOCOL_VIOLATION, "COPY sent " + fields + " fields instead of " + ordinals.length);
        }
        @Nullable Object[] values = new Object[table.definition().columns().size()];
        for (int i = 0; i < fields; i++) {
            int length = in.int32();
            if (length != NULL) {
                values[ordinals[i]] = BinaryFormat.decode(types[i], enums, in.bytes, in.advance(length), length);
            }
        }
        return Row.owning(values);
    }
}
