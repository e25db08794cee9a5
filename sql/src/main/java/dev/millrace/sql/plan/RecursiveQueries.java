package dev.millrace.sql.plan;

import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import dev.millrace.sql.parser.PlainSelect;
import dev.millrace.sql.parser.SourceText;
import dev.millrace.sql.plan.RecursiveReferences.Place;
import dev.millrace.sql.plan.RecursiveReferences.Reference;
import dev.millrace.sql.type.PostgresTypeFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.schema.Table;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSetOperator;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;

/**
 * Takes recursive queries out of a statement: each is planned by itself, its two terms as queries of their own, and stands in the statement as a {@linkplain RecursiveTable table}.
 *
 * <pre>
 * WITH RECURSIVE r (c) AS              r's base:  WITH (tables of the list before r) base
 *   (base UNION [ALL] step)       →    r's step:  WITH (tables of the list before r), r AS (SELECT * FROM "rows so far of r") step
 * query                                WITH r AS (SELECT * FROM "r, whole") query
 * </pre>
 *
 * <p>What may stand where is Postgres's, and so are the words with which it is refused.
 */
final class RecursiveQueries extends SqlShuttle {
    private final SourceText source;
    private final PostgresTypeFactory types;
    private final Planner planner;
    private final Map<String, Table> tables = new LinkedHashMap<>();
    /** The tables of the lists around what is visited, as far as they are known there. */
    private final List<SqlWithItem> visible = new ArrayList<>();

    /** Plans a query that may read these tables by their names. */
    interface Planner {
        RelationalQuery plan(SqlNode query, Map<String, Table> tables);
    }

    RecursiveQueries(SourceText source, PostgresTypeFactory types, Planner planner) {
        this.source = source;
        this.types = types;
        this.planner = planner;
    }

    /** The tables that the statement reads now, by their names. */
    Map<String, Table> tables() {
        return tables;
    }

    @Override
    public SqlNode visit(SqlCall call) {
        return call instanceof SqlWith with ? visit(with) : super.visit(call);
    }

    private SqlNode visit(SqlWith with) {
        int before = visible.size();
        for (SqlWithItem item : ordered(with)) {
            boolean recursive = item.recursive.booleanValue()
                    && !RecursiveReferences.find(item.query, item.name.getSimple())
                            .isEmpty();
            visible.add(recursive ? recursive(item) : plain(item));
        }
        List<SqlWithItem> items = List.copyOf(visible.subList(before, visible.size()));
        SqlNode body = with.body.accept(this);
        visible.subList(before, visible.size()).clear();
        return new SqlWith(with.getParserPosition(), new SqlNodeList(items, with.withList.getParserPosition()), body);
    }

    /** In a recursive list a table may be read before it stands. */
    private List<SqlWithItem> ordered(SqlWith with) {
        List<SqlWithItem> left = new ArrayList<>();
        with.withList.forEach(item -> left.add((SqlWithItem) item));
        if (left.isEmpty() || !left.getFirst().recursive.booleanValue()) {
            return left;
        }
        List<SqlWithItem> ordered = new ArrayList<>();
        while (!left.isEmpty()) {
            SqlWithItem next = left.stream()
                    .filter(item -> left.stream()
                            .allMatch(other -> other.equals(item)
                                    || RecursiveReferences.find(item.query, other.name.getSimple())
                                            .isEmpty()))
                    .findFirst()
                    .orElseThrow(() -> error(
                            ErrorCode.UNSUPPORTED_SQL,
                            "mutual recursion between WITH items is not implemented",
                            left.getFirst()));
            left.remove(next);
            ordered.add(next);
        }
        return ordered;
    }

    private SqlWithItem plain(SqlWithItem item) {
        return new SqlWithItem(item.getParserPosition(), item.name, item.columnList, item.query.accept(this), no(item));
    }

    private SqlWithItem recursive(SqlWithItem item) {
        String name = item.name.getSimple();
        SqlCall union = union(item);
        SqlNode base = union.operand(0);
        SqlNode step = union.operand(1);
        requireWellFormed(item, base, step);
        boolean all = ((SqlSetOperator) union.getOperator()).isAll();

        RelationalQuery planned = plan(base.accept(this), List.of());
        RecursiveTable soFar = RecursiveTable.soFar(name, planned, columns(item, planned), types);
        SqlWithItem itself = reading(item, soFar);
        visible.add(itself);
        SqlNode rewritten = step.accept(this);
        visible.removeLast();
        RelationalQuery derived = plan(rewritten, List.of(itself));
        if (derived.names().size() != planned.names().size()) {
            throw error(ErrorCode.INVALID_QUERY, "each UNION query must have the same number of columns", step);
        }
        return reading(item, RecursiveTable.of(new RecursiveTable.Definition(planned, derived, soFar, all)));
    }

    private static List<String> columns(SqlWithItem item, RelationalQuery base) {
        List<String> columns = new ArrayList<>(base.names());
        List<String> given = item.columnList == null ? List.of() : SqlIdentifier.simpleNames(item.columnList);
        for (int i = 0; i < Math.min(given.size(), columns.size()); i++) {
            columns.set(i, given.get(i));
        }
        return columns;
    }

    private RelationalQuery plan(SqlNode term, List<SqlWithItem> more) {
        List<SqlWithItem> items = new ArrayList<>(visible);
        items.addAll(more);
        SqlNode query = items.isEmpty()
                ? term
                : new SqlWith(term.getParserPosition(), new SqlNodeList(items, term.getParserPosition()), term);
        return planner.plan(copy(query), tables);
    }

    /** The table as what stands for the query in the list. */
    private SqlWithItem reading(SqlWithItem item, RecursiveTable table) {
        String name = (tables.size() + 1) + ": " + table.name();
        tables.put(name, table);
        SqlParserPos position = item.getParserPosition();
        SqlNode all = PlainSelect.of(
                List.of(SqlIdentifier.star(position)), new SqlIdentifier(name, position), null, position);
        return new SqlWithItem(position, item.name, null, all, no(item));
    }

    private SqlCall union(SqlWithItem item) {
        if (item.query instanceof SqlOrderBy ordered) {
            boolean limits = ordered.fetch != null || ordered.offset != null;
            throw error(
                    ErrorCode.UNSUPPORTED_SQL,
                    (limits ? "LIMIT or OFFSET" : "ORDER BY") + " in a recursive query is not implemented",
                    ordered);
        }
        if (item.query.getKind() != SqlKind.UNION) {
            throw error(
                    ErrorCode.INVALID_QUERY,
                    "recursive query '" + item.name.getSimple()
                            + "' does not have the form non-recursive-term UNION [ALL] recursive-term",
                    item);
        }
        return (SqlCall) item.query;
    }

    private void requireWellFormed(SqlWithItem item, SqlNode base, SqlNode step) {
        String name = item.name.getSimple();
        Optional<Reference> first =
                RecursiveReferences.find(base, name).stream().findFirst();
        if (first.isPresent()) {
            throw misplaced(name, "must not appear within its non-recursive term", first.get());
        }
        List<Reference> references = RecursiveReferences.find(step, name);
        for (Reference reference : references) {
            if (reference.place() != Place.FREE) {
                throw misplaced(name, "must not appear " + reference.place().words(), reference);
            }
        }
        if (references.size() > 1) {
            throw misplaced(name, "must not appear more than once", references.get(1));
        }
    }

    private MillraceException misplaced(String name, String what, Reference reference) {
        return error(ErrorCode.INVALID_QUERY, "recursive reference to query '" + name + "' " + what, reference.table());
    }

    private MillraceException error(ErrorCode code, String what, SqlNode node) {
        SqlParserPos position = node.getParserPosition();
        return source.error(code, what, position.getLineNum(), position.getColumnNum());
    }

    private static SqlLiteral no(SqlWithItem item) {
        return SqlLiteral.createBoolean(false, item.getParserPosition());
    }

    /** The validator changes what it is given. */
    private static SqlNode copy(SqlNode query) {
        return query.accept(new SqlShuttle() {
            @Override
            public SqlNode visit(SqlCall call) {
                CallCopyingArgHandler handler = new CallCopyingArgHandler(call, true);
                call.getOperator().acceptCall(this, call, false, handler);
                return handler.result();
            }

            @Override
            public SqlNode visit(SqlIdentifier identifier) {
                return identifier.clone(identifier.getParserPosition());
            }
        });
    }
}
