package dev.millrace.sql.statement;

import dev.millrace.dataflow.expression.Expression;
import dev.millrace.dataflow.row.ColumnType;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import dev.millrace.sql.catalog.CatalogTable;
import dev.millrace.sql.catalog.OwnTable;
import dev.millrace.sql.function.Assignment;
import dev.millrace.sql.parser.Name;
import dev.millrace.sql.parser.NearestName;
import dev.millrace.sql.parser.SourceText;
import java.util.List;
import java.util.stream.IntStream;

/** The columns of a statement's table: found by name, and what is assigned to them. */
final class Columns {
    private final SourceText source;
    private final OwnTable table;

    Columns(SourceText source, OwnTable table) {
        this.source = source;
        this.table = table;
    }

    int size() {
        return table.columns().size();
    }

    List<Integer> all() {
        return IntStream.range(0, size()).boxed().toList();
    }

    /** @throws MillraceException {@code UNKNOWN_COLUMN} */
    int find(Name column) {
        int index = table.indexOf(column.text());
        if (index < 0) {
            throw source.errorAt(
                    ErrorCode.UNKNOWN_COLUMN,
                    "column \"" + column.text() + "\" of relation \"" + table.name() + "\" does not exist"
                            + NearestName.suggestion(
                                    column.text(),
                                    table.columns().stream()
                                            .map(CatalogTable.Column::name)
                                            .toList()),
                    column.offset());
        }
        return index;
    }

    ColumnType type(int column) {
        return table.columns().get(column).type().orElseThrow();
    }

    /** What stands where no value is given. */
    Expression initial(int column) {
        return table.initial()
                .get(column)
                .orElse(new Expression.Literal(null, type(column).type()));
    }

    Expression assigned(int column, Expression value, boolean unknown) {
        return assigned(table.columns().get(column).name(), type(column), value, unknown);
    }

    /** The value as a column of this type holds it. */
    static Expression assigned(String column, ColumnType type, Expression value, boolean unknown) {
        return Assignment.of(value, unknown, type)
                .orElseThrow(() -> new MillraceException(
                        ErrorCode.INVALID_QUERY,
                        "column \"" + column + "\" is of type " + type + " but expression is of type "
                                + value.type().sqlName() + "; add a cast"));
    }
}
