package dev.millrace.sql.oracle;

import dev.millrace.dataflow.row.ColumnType;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.EnumType;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A column of a result, as the server describes it. */
public record Column(String name, ColumnType type) {
    private static final int NO_LENGTH = Integer.MAX_VALUE;

    static List<Column> all(ResultSetMetaData metadata) throws SQLException {
        List<Column> columns = new ArrayList<>();
        for (int i = 1; i <= metadata.getColumnCount(); i++) {
            columns.add(new Column(metadata.getColumnLabel(i), type(metadata, i)));
        }
        return columns;
    }

    private static ColumnType type(ResultSetMetaData metadata, int column) throws SQLException {
        int precision = metadata.getPrecision(column);
        String name = metadata.getColumnTypeName(column).replace("varchar", "text");
        boolean array = name.startsWith("_");
        Optional<EnumType> labels = Oracle.get().enumType(array ? name.substring(1) : name);
        if (labels.isPresent()) {
            return ColumnType.labelled(array ? DataType.ENUM_ARRAY : DataType.ENUM, labels.get());
        }
        DataType type = Arrays.stream(DataType.values())
                .filter(known -> known.sqlName().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("a column of type " + name));
        return switch (type) {
            case NUMERIC ->
                precision == 0 ? ColumnType.of(type) : ColumnType.numeric(precision, metadata.getScale(column));
            case TEXT, CHAR -> precision == NO_LENGTH ? ColumnType.of(type) : ColumnType.character(type, precision);
            default -> ColumnType.of(type);
        };
    }
}
