package dev.millrace.sql.parser;

import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * Writes {@code OVER w} and {@code OVER (w …)} with what the window {@code w} says in its place, by Postgres's rules of what may be added to it. The planner would lose the frame that is added, and takes no two windows
 * that say the same. So only windows that nothing refers to are left in the clause.
 */
final class WindowReferences extends SqlShuttle {
    private final SourceText source;
    /** The queries around. */
    private final Deque<Clause> clauses = new ArrayDeque<>();

    /** A query's WINDOW clause, and the names in it that have been referred to. */
    private record Clause(SqlNodeList windows, Set<String> used) {
        Clause(SqlSelect select) {
            this(select.getWindowList(), new HashSet<>());
        }

        Optional<SqlWindow> find(String name) {
            return windows.stream()
                    .map(SqlWindow.class::cast)
                    .filter(window -> name.equals(String.valueOf(window.getDeclName())))
                    .findFirst();
        }

        void removeUsed(SqlSelect select) {
            List<SqlNode> left = select.getWindowList().stream()
                    .filter(window -> !used.contains(String.valueOf(((SqlWindow) window).getDeclName())))
                    .toList();
            if (left.size() < select.getWindowList().size()) {
                select.setOperand(
                        SqlSelect.HAVING_OPERAND + 1,
                        new SqlNodeList(left, select.getWindowList().getParserPosition()));
            }
        }
    }

    WindowReferences(SourceText source) {
        this.source = source;
    }

    @Override
    public @Nullable SqlNode visit(SqlCall call) {
        SqlNode query = call instanceof SqlOrderBy ordered ? ordered.query : call;
        if (query instanceof SqlSelect select) {
            requireDifferentNames(select.getWindowList());
            clauses.push(new Clause(select));
        }
        SqlNode visited = super.visit(call);
        if (query instanceof SqlSelect) {
            Clause clause = clauses.pop();
            if ((visited instanceof SqlOrderBy ordered ? ordered.query : visited) instanceof SqlSelect select) {
                clause.removeUsed(select);
            }
        }
        if (visited instanceof SqlCall over
                && over.getKind() == SqlKind.OVER
                && over.operand(1) instanceof SqlIdentifier name) {
            find(name).ifPresent(window -> over.setOperand(1, unnamed(resolved(window))));
        }
        return visited instanceof SqlWindow window ? resolved(window) : visited;
    }

    private void requireDifferentNames(SqlNodeList windows) {
        Set<String> names = new HashSet<>();
        for (SqlNode window : windows) {
            String name = String.valueOf(((SqlWindow) window).getDeclName());
            if (!names.add(name)) {
                throw invalid("window \"" + name + "\" is already defined", window);
            }
        }
    }

    private static SqlWindow unnamed(SqlWindow window) {
        return SqlWindow.create(
                null,
                null,
                window.getPartitionList(),
                window.getOrderList(),
                SqlLiteral.createBoolean(window.isRows(), window.getParserPosition()),
                window.getLowerBound(),
                window.getUpperBound(),
                null,
                window.getExclude(),
                window.getParserPosition());
    }

    private SqlWindow resolved(SqlWindow window) {
        SqlIdentifier name = window.getRefName();
        Optional<SqlWindow> found = name == null ? Optional.empty() : find(name);
        if (found.isEmpty()) {
            return window;
        }
        SqlWindow base = resolved(found.get());
        if (!window.getPartitionList().isEmpty()) {
            throw invalid("cannot override PARTITION BY clause of window \"" + name + "\"", window);
        }
        if (!window.getOrderList().isEmpty() && !base.getOrderList().isEmpty()) {
            throw invalid("cannot override ORDER BY clause of window \"" + name + "\"", window);
        }
        if (base.getLowerBound() != null) {
            throw invalid("cannot copy window \"" + name + "\" because it has a frame clause", window);
        }
        return SqlWindow.create(
                window.getDeclName(),
                null,
                base.getPartitionList(),
                base.getOrderList().isEmpty() ? window.getOrderList() : base.getOrderList(),
                SqlLiteral.createBoolean(window.isRows(), window.getParserPosition()),
                window.getLowerBound(),
                window.getUpperBound(),
                null,
                window.getExclude(),
                window.getParserPosition());
    }

    private Optional<SqlWindow> find(SqlIdentifier name) {
        Clause clause = clauses.peek();
        if (clause == null) {
            return Optional.empty();
        }
        clause.used.add(name.getSimple());
        return clause.find(name.getSimple());
    }

    private MillraceException invalid(String message, SqlNode place) {
        return source.error(
                ErrorCode.INVALID_QUERY,
                message,
                place.getParserPosition().getLineNum(),
                place.getParserPosition().getColumnNum());
    }
}
