package dev.millrace.cli;

import dev.millrace.dataflow.row.DataType;
import dev.millrace.message.ResultColumn;
import dev.millrace.message.ResultRow;
import dev.millrace.message.ResultSchema;
import java.util.ArrayList;
import java.util.List;

/** Rows under a header, in columns as wide as needed, numbers to the right. */
final class ResultTable {
    private ResultTable() {}

    /** The header, a rule and one line per row. */
    static List<String> lines(ResultSchema schema, List<ResultRow> rows) {
        List<ResultColumn> columns = schema.columns();
        List<List<String>> cells = new ArrayList<>();
        cells.add(columns.stream().map(ResultColumn::name).toList());
        for (ResultRow row : rows) {
            cells.add(cells(row));
        }
        int[] widths = widths(cells);
        List<String> lines = new ArrayList<>();
        for (List<String> line : cells) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                text.append(i == 0 ? " " : " | ").append(pad(line.get(i), widths[i], isNumber(columns.get(i))));
            }
            lines.add(text.toString().stripTrailing());
        }
        StringBuilder rule = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            rule.append(i == 0 ? "-" : "+-").append("-".repeat(widths[i] + 1));
        }
        lines.add(1, rule.toString());
        return lines;
    }

    static List<String> cells(ResultRow row) {
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < row.schema().columns().size(); i++) {
            cells.add(ValueText.display(row.get(i)));
        }
        return cells;
    }

    /** The width that each column needs, in characters. */
    static int[] widths(List<List<String>> lines) {
        int[] widths = new int[lines.getFirst().size()];
        for (List<String> line : lines) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], length(line.get(i)));
            }
        }
        return widths;
    }

    static String pad(String text, int width, boolean right) {
        String blanks = " ".repeat(Math.max(0, width - length(text)));
        return right ? blanks + text : text + blanks;
    }

    static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    static boolean isNumber(ResultColumn column) {
        DataType type = column.type().type();
        return switch (type) {
            case INT2, INT4, INT8, FLOAT4, FLOAT8, NUMERIC -> true;
            default -> false;
        };
    }
}
