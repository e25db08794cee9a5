package dev.millrace.sql.oracle;

import dev.millrace.dataflow.row.ColumnType;
import dev.millrace.dataflow.row.Row;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What Postgres answers to a query: its columns, and its rows in order. */
public record Answer(List<Column> columns, List<Row> rows) {
    public static Answer to(String query) throws SQLException {
        Oracle oracle = Oracle.get();
        List<Column> columns = oracle.columns(query);
        List<String> names =
                IntStream.range(0, columns.size()).mapToObj(i -> "c" + i).toList();
        List<String> encoded = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            encoded.add(Transfer.encode(columns.get(i).type().type(), names.get(i)));
        }
        String wrapped = "SELECT %s FROM (%s\n) AS answer(%s)"
                .formatted(String.join(", ", encoded), query, String.join(", ", names));
        List<ColumnType> types = columns.stream().map(Column::type).toList();
        List<Row> rows =
                oracle.texts(wrapped).stream().map(texts -> row(types, texts)).toList();
        return new Answer(columns, rows);
    }

    static Row row(List<ColumnType> types, List<@Nullable String> texts) {
        @Nullable Object[] values = new Object[types.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = Transfer.decode(types.get(i), texts.get(i));
        }
        return Row.owning(values);
    }
}
