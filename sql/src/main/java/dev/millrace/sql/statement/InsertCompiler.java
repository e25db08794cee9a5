package dev.millrace.sql.statement;

import dev.millrace.dataflow.expression.Expression;
import dev.millrace.dataflow.row.ColumnType;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Decimal;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import dev.millrace.sql.compile.CompiledQuery;
import dev.millrace.sql.parser.Name;
import dev.millrace.sql.parser.QueryParser;
import dev.millrace.sql.parser.SourceText;
import dev.millrace.sql.parser.Statement;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlUtil;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * Compiles what is inserted. Each item of VALUES is of a type of its own, so the items of many rows that have to be computed are the columns of one query of one row; constants and
 * parameters need no query.
 */
final class InsertCompiler {
    /** How many items are computed by one query. */
    private static final int MAX_ITEMS = 128;

    private final Statement.Insert insert;
    private final Columns columns;
    private final PartCompiler parts;
    private final List<Integer> targets;
    private final List<CompiledChange.Source> sources = new ArrayList<>();

    /** The rows that are not in a source yet, and what is computed for them. */
    private List<List<Expression>> rows = new ArrayList<>();

    private List<SqlNode> items = new ArrayList<>();
    private List<Pending> pending = new ArrayList<>();

    /** An item whose type is known when its query is compiled: it is put into this row. */
    private record Pending(List<Expression> row, int column, int item) {}

    InsertCompiler(Statement.Insert insert, Columns columns, PartCompiler parts) {
        this.insert = insert;
        this.columns = columns;
        this.parts = parts;
        this.targets = new ArrayList<>();
        for (Name name : insert.columns()) {
            int column = columns.find(name);
            if (targets.contains(column)) {
                throw error("column \"" + name.text() + "\" specified more than once", name.offset());
            }
            targets.add(column);
        }
        if (targets.isEmpty()) {
            targets.addAll(columns.all());
        }
    }

    List<CompiledChange.Source> sources() {
        if (insert.rows().isEmpty()) {
            return List.of(new CompiledChange.Source(Optional.empty(), List.of(initialRow())));
        }
        SourceText text = insert.rows().get();
        SqlNode parsed = QueryParser.query(text);
        if (parsed.getKind() == SqlKind.VALUES) {
            values((SqlBasicCall) parsed);
            flush();
            return sources;
        }
        return List.of(query(text, parsed));
    }

    private CompiledChange.Source query(SourceText text, SqlNode parsed) {
        Part part = parts.compile(() -> QueryParser.query(text), List.of());
        List<CompiledQuery.OutputColumn> given = part.query().columns();
        requireWidth(given.size());
        if (!insert.columns().isEmpty() && given.size() < targets.size()) {
            throw tooFew();
        }
        List<Boolean> quoted = quotedColumns(parsed, given.size());
        List<Expression> row = initialRow();
        for (int i = 0; i < given.size(); i++) {
            Expression value = new Expression.Column(i, given.get(i).type().type());
            row.set(targets.get(i), columns.assigned(targets.get(i), value, quoted.get(i)));
        }
        return new CompiledChange.Source(Optional.of(part), List.of(row));
    }

    /** Which columns of a query are no more than a quoted literal or NULL. */
    private static List<Boolean> quotedColumns(SqlNode query, int width) {
        SqlNode body = query instanceof SqlOrderBy ordered ? ordered.query : query;
        List<Boolean> quoted = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            boolean plain = body instanceof SqlSelect select
                    && select.getSelectList().size() == width
                    && select.getSelectList().stream()
                            .noneMatch(item -> item instanceof SqlIdentifier name && name.isStar());
            SqlNode item =
                    plain ? SqlUtil.stripAs(((SqlSelect) body).getSelectList().get(i)) : null;
            quoted.add(item != null && Syntax.isQuoted(item));
        }
        return quoted;
    }

    private void values(SqlCall values) {
        int width = ((SqlCall) values.operand(0)).operandCount();
        for (SqlNode given : values.getOperandList()) {
            List<SqlNode> row = ((SqlCall) given).getOperandList();
            if (row.size() != width) {
                throw error("VALUES lists must all be the same length", given);
            }
            requireWidth(row.size());
            if (!insert.columns().isEmpty() && row.size() < targets.size()) {
                throw tooFew();
            }
            List<Expression> expressions = initialRow();
            for (int i = 0; i < row.size(); i++) {
                item(expressions, targets.get(i), row.get(i));
            }
            rows.add(expressions);
            if (items.size() >= MAX_ITEMS) {
                flush();
            }
        }
    }

    private void item(List<Expression> row, int column, SqlNode item) {
        if (item.getKind() == SqlKind.DEFAULT) {
            return;
        }
        Expression constant = constant(item, columns.type(column));
        if (constant != null) {
            row.set(column, columns.assigned(column, constant, Syntax.isQuoted(item)));
        } else {
            pending.add(new Pending(row, column, items.size()));
            items.add(item);
        }
    }

    /** What needs no query; null for all else. A parameter is of the type that it is given to. */
    private @Nullable Expression constant(SqlNode item, ColumnType type) {
        return switch (item) {
            case SqlDynamicParam ignored -> parameter(item, type);
            case SqlCharStringLiteral text -> new Expression.Literal(text.getValueAs(String.class), DataType.TEXT);
            case SqlNumericLiteral number -> number(number.bigDecimalValue(), number.isInteger());
            case SqlLiteral literal
            when literal.getTypeName() == SqlTypeName.NULL -> new Expression.Literal(null, DataType.TEXT);
            case SqlLiteral literal
            when literal.getTypeName() == SqlTypeName.BOOLEAN ->
                new Expression.Literal(literal.booleanValue(), DataType.BOOL);
            case SqlCall negation
            when negation.getKind() == SqlKind.MINUS_PREFIX
                    && negation.operand(0) instanceof SqlNumericLiteral number
                    && number.bigDecimalValue() != null ->
                number(number.bigDecimalValue().negate(), number.isInteger());
            default -> null;
        };
    }

    private Expression parameter(SqlNode item, ColumnType type) {
        SqlDynamicParam numbered = (SqlDynamicParam) QueryParser.numbered(insert.source(), item);
        DataType wanted = type.type() == DataType.CHAR ? DataType.TEXT : type.type();
        parts.note(numbered.getIndex(), ColumnType.of(wanted));
        return new Expression.Parameter(numbered.getIndex(), wanted);
    }

    private static @Nullable Expression number(@Nullable BigDecimal value, boolean integer) {
        if (value == null) {
            return null;
        }
        int bits = value.toBigInteger().bitLength();
        if (!integer || bits > 63) {
            return new Expression.Literal(Decimal.of(value), DataType.NUMERIC);
        }
        return bits <= 31
                ? new Expression.Literal(value.intValueExact(), DataType.INT4)
                : new Expression.Literal(value.longValueExact(), DataType.INT8);
    }

    private void flush() {
        if (rows.isEmpty()) {
            return;
        }
        Optional<Part> query = Optional.empty();
        if (!items.isEmpty()) {
            List<SqlNode> computed = items;
            Part part = parts.compile(() -> Syntax.select(computed), List.of());
            query = Optional.of(part);
            for (Pending item : pending) {
                DataType type = part.query().columns().get(item.item()).type().type();
                Expression value = new Expression.Column(item.item(), type);
                item.row().set(item.column(), columns.assigned(item.column(), value, false));
            }
        }
        sources.add(new CompiledChange.Source(query, rows));
        rows = new ArrayList<>();
        items = new ArrayList<>();
        pending = new ArrayList<>();
    }

    private List<Expression> initialRow() {
        List<Expression> row = new ArrayList<>();
        columns.all().forEach(column -> row.add(columns.initial(column)));
        return row;
    }

    private void requireWidth(int given) {
        if (given > targets.size()) {
            throw error(
                    "INSERT has more expressions than target columns",
                    insert.table().offset());
        }
    }

    private MillraceException tooFew() {
        return error(
                "INSERT has more target columns than expressions",
                insert.columns().getFirst().offset());
    }

    private MillraceException error(String what, SqlNode node) {
        return insert.source()
                .error(
                        ErrorCode.SYNTAX_ERROR,
                        what,
                        node.getParserPosition().getLineNum(),
                        node.getParserPosition().getColumnNum());
    }

    private MillraceException error(String what, int offset) {
        return insert.source().errorAt(ErrorCode.SYNTAX_ERROR, what, offset);
    }
}
