package dev.millrace.sql.statement;

import dev.millrace.dataflow.expression.Expression;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import dev.millrace.sql.catalog.Catalog;
import dev.millrace.sql.catalog.CatalogTable;
import dev.millrace.sql.catalog.OwnTable;
import dev.millrace.sql.parser.Name;
import dev.millrace.sql.parser.QueryParser;
import dev.millrace.sql.parser.SourceText;
import dev.millrace.sql.parser.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * Compiles statements that change rows.
 *
 * <pre>
 * UPDATE t SET c = e, … WHERE w  →  SELECT t.*, e, … FROM t WHERE w    gives the old rows and what the new ones are made of
 * DELETE FROM t WHERE w          →  SELECT t.* FROM t WHERE w
 * … FROM s, … and USING s, …     →  … FROM s, …, t                     with the columns of s and so on behind all others
 * RETURNING list                 →  SELECT list FROM (the affected rows) JOIN (those of s) … ORDER BY their number
 * </pre>
 *
 * <p>{@link InsertCompiler} does the rest.
 */
public final class ChangeCompiler {
    private final Statement.Change statement;
    private final OwnTable table;
    private final Columns columns;
    private final PartCompiler parts;
    private final String alias;
    private final SqlParserPos position;

    private ChangeCompiler(Statement.Change statement, OwnTable table, Catalog catalog) {
        this.statement = statement;
        this.table = table;
        this.columns = new Columns(statement.source(), table);
        this.parts = new PartCompiler(statement.source(), catalog);
        this.alias = statement.alias().map(Name::text).orElse(table.name());
        SourceText source = statement.source();
        int offset = statement.table().offset();
        this.position = new SqlParserPos(source.line(offset), source.column(offset));
    }

    /**
     * Compiles a statement.
     *
     * @param table the one that it changes
     * @throws MillraceException an {@code MR-1xxx} that says what is wrong and where, or what is not supported
     */
    public static CompiledChange compile(Statement.Change statement, OwnTable table, Catalog catalog) {
        ChangeCompiler compiler = new ChangeCompiler(statement, table, catalog);
        return switch (statement) {
            case Statement.Insert insert -> compiler.insert(insert);
            case Statement.Update update -> compiler.update(update);
            case Statement.Delete delete -> compiler.delete(delete);
        };
    }

    private CompiledChange insert(Statement.Insert insert) {
        InsertCompiler compiler = new InsertCompiler(insert, columns, parts);
        List<CompiledChange.Source> sources = compiler.sources();
        Optional<CompiledChange.Conflict> conflict = insert.conflict().map(this::conflict);
        Optional<Part> returning = returning(Optional.empty());
        return new CompiledChange.Insert(table, sources, conflict, returning, parts.parameters());
    }

    private CompiledChange update(Statement.Update update) {
        Assignments assignments = new Assignments(update.assignments());
        Optional<JoinedTables> joined = update.joined().map(this::joined);
        Part rows = rows(assignments::items, joined, update.condition());
        List<Expression> replacement = assignments.replacement(rows, columns.size());
        Optional<CompiledChange.Joined> found = joined.map(tables -> tables.of(rows.query()));
        Optional<Part> returning = returning(joined);
        return new CompiledChange.Update(table, rows, found, replacement, returning, parts.parameters());
    }

    private CompiledChange delete(Statement.Delete delete) {
        Optional<JoinedTables> joined = delete.joined().map(this::joined);
        Part rows = rows(List::of, joined, delete.condition());
        Optional<CompiledChange.Joined> found = joined.map(tables -> tables.of(rows.query()));
        Optional<Part> returning = returning(joined);
        return new CompiledChange.Delete(table, rows, found, returning, parts.parameters());
    }

    private JoinedTables joined(SourceText tables) {
        return new JoinedTables(tables, statement.returning().isPresent(), position);
    }

    /** The rows that are changed, with the columns of the table, these values, and what RETURNING needs of the tables that it is joined with. */
    private Part rows(Supplier<List<SqlNode>> values, Optional<JoinedTables> joined, Optional<SourceText> condition) {
        return parts.compile(
                () -> {
                    List<SqlNode> items = new ArrayList<>(tableColumns());
                    items.addAll(values.get());
                    joined.ifPresent(tables -> items.addAll(tables.items()));
                    SqlNode from = joined.map(tables -> tables.before(target())).orElseGet(this::target);
                    return Syntax.select(items, from, condition(condition));
                },
                List.of());
    }

    /**
     * What is updated in a conflict: {@code SELECT t.*, e, … FROM existing AS t JOIN excluded ON (their numbers are equal) WHERE w}.
     */
    private CompiledChange.Conflict conflict(Statement.Conflict conflict) {
        requireKey(conflict);
        if (conflict.assignments().isEmpty()) {
            return new CompiledChange.Conflict(Optional.empty());
        }
        if (conflict.columns().isEmpty() && conflict.constraint().isEmpty()) {
            throw error(
                    conflict,
                    ErrorCode.INVALID_QUERY,
                    "ON CONFLICT DO UPDATE requires inference specification or constraint name; write ON CONFLICT (column, …)");
        }
        Assignments assignments = new Assignments(conflict.assignments());
        CatalogTable existing = StatementRows.existing(table);
        CatalogTable excluded = StatementRows.excluded(table);
        Part rows = parts.compile(
                () -> {
                    List<SqlNode> items = new ArrayList<>(tableColumns());
                    items.addAll(assignments.items());
                    SqlNode pairs = Syntax.pairs(
                            Syntax.table(StatementRows.path(existing), alias, position),
                            Syntax.table(StatementRows.path(excluded), "excluded", position),
                            Syntax.column(alias, StatementRows.NUMBER, position),
                            Syntax.column("excluded", StatementRows.NUMBER, position));
                    return ordered(Syntax.select(items, pairs, condition(conflict.condition())));
                },
                List.of(existing, excluded));
        List<Expression> replacement = assignments.replacement(rows, columns.size());
        return new CompiledChange.Conflict(Optional.of(
                new CompiledChange.Update(table, rows, Optional.empty(), replacement, Optional.empty(), List.of())));
    }

    private void requireKey(Statement.Conflict conflict) {
        List<Integer> key = table.table().key();
        boolean byName = conflict.constraint().isPresent();
        if (byName && (key.isEmpty() || !conflict.constraint().get().text().equals(table.name() + "_pkey"))) {
            throw error(
                    conflict,
                    ErrorCode.INVALID_QUERY,
                    "constraint \"" + conflict.constraint().get().text() + "\" for table \"" + table.name()
                            + "\" does not exist");
        }
        List<Integer> named = conflict.columns().stream()
                .map(columns::find)
                .distinct()
                .sorted()
                .toList();
        if (!named.isEmpty() && !named.equals(key.stream().sorted().toList())) {
            throw error(
                    conflict,
                    ErrorCode.INVALID_QUERY,
                    "there is no unique or exclusion constraint matching the ON CONFLICT specification; name the primary key's columns");
        }
    }

    private Optional<Part> returning(Optional<JoinedTables> joined) {
        CatalogTable affected = StatementRows.affected(table);
        List<CatalogTable> read = new ArrayList<>(List.of(affected));
        joined.ifPresent(tables -> read.addAll(tables.returned()));
        return statement
                .returning()
                .map(list -> parts.compile(
                        () -> {
                            SqlSelect select = (SqlSelect) QueryParser.query(list);
                            List<SqlNode> items = new ArrayList<>();
                            select.getSelectList().forEach(item -> items.addAll(withoutStar(item, joined)));
                            select.setSelectList(new SqlNodeList(
                                    items, select.getSelectList().getParserPosition()));
                            SqlNode rows = Syntax.table(StatementRows.path(affected), alias, position);
                            select.setFrom(joined.map(tables -> tables.pairedWith(rows, alias))
                                    .orElse(rows));
                            return ordered(select);
                        },
                        read));
    }

    /** An item of RETURNING; stars are the columns that users know of. */
    private List<SqlNode> withoutStar(SqlNode item, Optional<JoinedTables> joined) {
        if (!(item instanceof SqlIdentifier star) || !star.isStar()) {
            return List.of(item);
        }
        List<SqlNode> items = new ArrayList<>();
        boolean all = star.names.size() == 1;
        if (all || star.names.getFirst().equals(alias)) {
            items.addAll(tableColumns());
        }
        joined.ifPresent(tables -> items.addAll(all ? tables.columns() : tables.columnsOf(star.names.getFirst())));
        return items.isEmpty() ? List.of(item) : items;
    }

    private SqlNode ordered(SqlSelect select) {
        return new SqlOrderBy(
                SqlParserPos.ZERO,
                select,
                SqlNodeList.of(Syntax.column(alias, StatementRows.NUMBER, position)),
                null,
                null);
    }

    private SqlNode target() {
        CatalogTable target = table.table();
        return Syntax.table(List.of(target.source(), target.schema(), target.name()), alias, position);
    }

    private List<SqlNode> tableColumns() {
        return table.columns().stream()
                .map(column -> Syntax.column(alias, column.name(), position))
                .toList();
    }

    private static @Nullable SqlNode condition(Optional<SourceText> condition) {
        return condition.map(QueryParser::expression).orElse(null);
    }

    private MillraceException error(Statement.Conflict conflict, ErrorCode code, String what) {
        return statement.source().errorAt(code, what, conflict.offset());
    }

    /** What a SET list makes of a row: each assigned value is a column of the query, behind the row's own. */
    private final class Assignments {
        private final List<Integer> assigned = new ArrayList<>();
        private final List<Supplier<SqlNode>> values = new ArrayList<>();
        private final List<Boolean> quoted = new ArrayList<>();
        private final List<Integer> reset = new ArrayList<>();

        Assignments(List<Statement.Assignment> assignments) {
            List<Integer> seen = new ArrayList<>();
            for (Statement.Assignment assignment : assignments) {
                int column = columns.find(assignment.column());
                if (seen.contains(column)) {
                    throw statement
                            .source()
                            .errorAt(
                                    ErrorCode.INVALID_QUERY,
                                    "multiple assignments to same column \""
                                            + assignment.column().text() + "\"",
                                    assignment.column().offset());
                }
                seen.add(column);
                assignment.value().ifPresentOrElse(text -> add(column, text), () -> reset.add(column));
            }
        }

        private void add(int column, SourceText text) {
            SqlNode parsed = QueryParser.expression(text);
            assigned.add(column);
            quoted.add(Syntax.isQuoted(parsed));
            values.add(() -> {
                SqlNode value = QueryParser.expression(text);
                return value instanceof SqlDynamicParam ? Syntax.typed(value, columns.type(column)) : value;
            });
        }

        List<SqlNode> items() {
            return values.stream().map(Supplier::get).toList();
        }

        /** The new row over a row of the query, whose values begin with the table's columns. */
        List<Expression> replacement(Part rows, int first) {
            List<Expression> replacement = new ArrayList<>();
            for (int column : columns.all()) {
                replacement.add(
                        new Expression.Column(column, columns.type(column).type()));
            }
            for (int column : reset) {
                replacement.set(column, columns.initial(column));
            }
            for (int i = 0; i < assigned.size(); i++) {
                DataType type = rows.query().columns().get(first + i).type().type();
                Expression value = new Expression.Column(first + i, type);
                replacement.set(assigned.get(i), columns.assigned(assigned.get(i), value, quoted.get(i)));
            }
            return replacement;
        }
    }
}
