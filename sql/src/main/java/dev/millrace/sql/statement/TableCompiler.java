package dev.millrace.sql.statement;

import dev.millrace.dataflow.expression.Expression;
import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.row.ColumnType;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Row;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import dev.millrace.sql.SqlCompiler;
import dev.millrace.sql.catalog.Catalog;
import dev.millrace.sql.catalog.CatalogTable;
import dev.millrace.sql.catalog.OwnTable;
import dev.millrace.sql.compile.CompiledQuery;
import dev.millrace.sql.function.Now;
import dev.millrace.sql.parser.Name;
import dev.millrace.sql.parser.NearestName;
import dev.millrace.sql.parser.QueryParser;
import dev.millrace.sql.parser.SourceText;
import dev.millrace.sql.parser.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.sql.SqlNode;

/** Compiles {@code CREATE TABLE}: a type is what a cast to it is, an initial value what a query without tables gives. */
public final class TableCompiler {
    private static final Pattern CHARACTER = Pattern.compile(
            "SELECT NULL::\\s*(?:char|character|bpchar)\\s*(?:\\(\\s*(\\d{1,8})\\s*\\))?\\s*",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern SERIAL =
            Pattern.compile("SELECT NULL::\\s*(?:small|big)?serial[248]?\\s*", Pattern.CASE_INSENSITIVE);

    private final Statement.CreateTable create;
    private final Catalog none = new Catalog(List.of());

    private TableCompiler(Statement.CreateTable create) {
        this.create = create;
    }

    /**
     * The table that a statement makes.
     *
     * @throws MillraceException an {@code MR-1xxx} with the place in the text
     */
    public static OwnTable compile(Statement.CreateTable create) {
        return new TableCompiler(create).table();
    }

    private OwnTable table() {
        List<String> names = new ArrayList<>();
        for (Statement.TableColumn column : create.columns()) {
            if (names.contains(column.name().text())) {
                throw error(column.name(), "column \"" + column.name().text() + "\" specified more than once");
            }
            names.add(column.name().text());
        }
        List<Integer> key = new ArrayList<>();
        for (Name name : create.key()) {
            int column = names.indexOf(name.text());
            if (column < 0) {
                throw create.source()
                        .errorAt(
                                ErrorCode.UNKNOWN_COLUMN,
                                "column \"" + name.text() + "\" named in key does not exist"
                                        + NearestName.suggestion(name.text(), names),
                                name.offset());
            }
            if (key.contains(column)) {
                throw error(name, "column \"" + name.text() + "\" appears twice in primary key constraint");
            }
            key.add(column);
        }
        List<CatalogTable.Column> columns = new ArrayList<>();
        List<Optional<Expression>> initial = new ArrayList<>();
        for (Statement.TableColumn column : create.columns()) {
            ColumnType type = type(column);
            if (key.contains(columns.size()) && type.type() == DataType.JSON) {
                throw error(column.name(), "data type json has no equality, so it cannot be a key; use jsonb");
            }
            boolean nullable = !column.notNull() && !key.contains(columns.size());
            columns.add(new CatalogTable.Column(column.name().text(), type.toString(), Optional.of(type), nullable));
            initial.add(column.initial().map(text -> initial(column.name().text(), type, text)));
        }
        String name = create.name().last();
        return new OwnTable(new CatalogTable(OwnTable.SOURCE, Catalog.DEFAULT_SCHEMA, name, columns, key), initial);
    }

    private ColumnType type(Statement.TableColumn column) {
        String text = column.type().text().strip();
        Matcher character = CHARACTER.matcher(text);
        if (character.matches()) {
            String length = character.group(1);
            return ColumnType.character(DataType.CHAR, length == null ? 1 : Integer.parseInt(length));
        }
        if (SERIAL.matcher(text).matches()) {
            throw create.source()
                    .errorAt(
                            ErrorCode.UNSUPPORTED_SQL,
                            "serial columns are not supported yet; write an integer type, and give each row its value",
                            column.name().offset());
        }
        return SqlCompiler.typeOf(column.type(), none);
    }

    /** A value that depends on no row: constants, and functions of them. */
    private Expression initial(String column, ColumnType type, SourceText text) {
        SqlNode parsed = QueryParser.expression(text);
        boolean unknown = Syntax.isQuoted(parsed);
        CompiledQuery query = SqlCompiler.compile(
                text, none, () -> QueryParser.rewrite(text, Syntax.select(List.of(QueryParser.expression(text)))));
        Expression value =
                Columns.assigned(column, type, constant(query).orElseThrow(() -> error(text, column)), unknown);
        return value.mayFail() || Now.isIn(value)
                ? value
                : new Expression.Literal(value.evaluate(Row.EMPTY), value.type());
    }

    private static Optional<Expression> constant(CompiledQuery query) {
        if (!query.parameters().isEmpty()) {
            return Optional.empty();
        }
        return switch (query.plan()) {
            case Plan.Constant constant
            when constant.rows().size() == 1 ->
                Optional.of(new Expression.Literal(
                        constant.rows().getFirst().get(0), constant.types().getFirst()));
            case Plan.Project project
            when project.input() instanceof Plan.Constant constant
                    && constant.rows().size() == 1
                    && project.expressions().getFirst().columns().isEmpty() ->
                Optional.of(project.expressions().getFirst());
            default -> Optional.empty();
        };
    }

    private static MillraceException error(SourceText text, String column) {
        int offset = text.text().length() - text.text().stripLeading().length();
        return text.errorAt(
                ErrorCode.INVALID_QUERY,
                "the default of column \"" + column
                        + "\" should be an expression without columns, parameters and queries",
                offset);
    }

    private MillraceException error(Name name, String what) {
        return create.source().errorAt(ErrorCode.INVALID_QUERY, what, name.offset());
    }
}
