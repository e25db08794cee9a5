package dev.millrace.sql.statement;

import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import dev.millrace.sql.catalog.CatalogTable;
import dev.millrace.sql.compile.CompiledQuery;
import dev.millrace.sql.parser.QueryParser;
import dev.millrace.sql.parser.SourceText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * The tables of {@code UPDATE … FROM} and {@code DELETE … USING}. They stand before the table that is changed, which a LATERAL item among them does not see. What RETURNING may say of them are
 * the last columns of the query that finds the rows: those of each behind one whose name is that of none else.
 */
final class JoinedTables {
    private static final String MARK = " columns of ";

    private final SourceText text;
    private final SqlParserPos position;
    private final List<String> aliases = new ArrayList<>();
    /** Whether a column of two tables is one in {@code *}. */
    private boolean merged;
    /** What RETURNING reads, by alias. */
    private final Map<String, CatalogTable> returned = new LinkedHashMap<>();

    /**
     * @param text {@code SELECT * FROM tables}
     * @param returning whether RETURNING may speak of them
     * @param position of the table that is changed
     */
    JoinedTables(SourceText text, boolean returning, SqlParserPos position) {
        this.text = text;
        this.position = position;
        if (returning) {
            addAliases(from(QueryParser.parse(text)));
        }
    }

    private static SqlNode from(SqlNode query) {
        return Objects.requireNonNull(((SqlSelect) query).getFrom());
    }

    private void addAliases(SqlNode table) {
        switch (table) {
            case SqlJoin join -> {
                merged |= join.isNatural() || join.getConditionType() == JoinConditionType.USING;
                addAliases(join.getLeft());
                addAliases(join.getRight());
            }
            case SqlIdentifier named -> aliases.add(named.names.getLast());
            case SqlCall call
            when call.getKind() == SqlKind.AS -> aliases.add(((SqlIdentifier) call.operand(1)).getSimple());
            default -> throw unsupported("RETURNING beside a table without a name", "give it one with AS", table);
        }
    }

    /** All of them, and then the one that is changed. */
    SqlNode before(SqlNode target) {
        return new SqlJoin(
                position,
                from(QueryParser.query(text)),
                SqlLiteral.createBoolean(false, position),
                JoinType.COMMA.symbol(position),
                target,
                JoinConditionType.NONE.symbol(position),
                null);
    }

    /** The columns that RETURNING may speak of. */
    List<SqlNode> items() {
        List<SqlNode> items = new ArrayList<>();
        for (String alias : aliases) {
            items.add(Syntax.named(SqlLiteral.createBoolean(true, position), MARK + alias));
            items.add(SqlIdentifier.star(List.of(alias, ""), position, List.of(position, position)));
        }
        return items;
    }

    /** Finds the columns in the query that {@link #items} are a part of. */
    CompiledChange.Joined of(CompiledQuery query) {
        List<CompiledQuery.OutputColumn> columns = query.columns();
        List<CompiledChange.JoinedTable> tables = new ArrayList<>();
        int end = columns.size();
        for (String alias : aliases.reversed()) {
            int first = end;
            while (!columns.get(first - 1).name().equals(MARK + alias)) {
                first--;
            }
            CatalogTable table = StatementRows.joined(
                    aliases.indexOf(alias),
                    columns.subList(first, end).stream()
                            .map(JoinedTables::column)
                            .toList());
            returned.put(alias, table);
            tables.add(new CompiledChange.JoinedTable(table, first));
            end = first - 1;
        }
        return new CompiledChange.Joined(tables);
    }

    private static CatalogTable.Column column(CompiledQuery.OutputColumn column) {
        return new CatalogTable.Column(
                column.name(),
                column.type().toString(),
                Optional.of(column.type()),
                column.nullable(),
                column.collation());
    }

    /** What RETURNING reads of them. */
    List<CatalogTable> returned() {
        return List.copyOf(returned.values());
    }

    /** The rows that RETURNING reads: each that was changed, with what it was paired with. */
    SqlNode pairedWith(SqlNode affected, String target) {
        SqlNode pairs = affected;
        for (Map.Entry<String, CatalogTable> table : returned.entrySet()) {
            pairs = Syntax.pairs(
                    pairs,
                    Syntax.table(StatementRows.path(table.getValue()), table.getKey(), position),
                    Syntax.column(target, StatementRows.NUMBER, position),
                    Syntax.column(table.getKey(), StatementRows.NUMBER, position));
        }
        return pairs;
    }

    /** The columns of all of them, as {@code *} gives them. */
    List<SqlNode> columns() {
        if (merged) {
            throw unsupported("RETURNING * beside NATURAL or USING", "name the columns", from(QueryParser.query(text)));
        }
        return aliases.stream().flatMap(alias -> columnsOf(alias).stream()).toList();
    }

    /** The columns of one of them; none if there is none of this name. */
    List<SqlNode> columnsOf(String alias) {
        return Optional.ofNullable(returned.get(alias)).stream()
                .flatMap(table -> table.columns().subList(0, table.columns().size() - 1).stream())
                .map(column -> Syntax.column(alias, column.name(), position))
                .toList();
    }

    private MillraceException unsupported(String what, String instead, SqlNode where) {
        return text.error(
                ErrorCode.UNSUPPORTED_SQL,
                what + " is not supported yet; " + instead,
                where.getParserPosition().getLineNum(),
                where.getParserPosition().getColumnNum());
    }
}
