package dev.millrace.sql.parser;

import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * Writes {@code OVER (w …)} with what the window {@code w} says in its place, by Postgres's rules of what may be added to it. The planner would lose the frame that is added.
 */
final class WindowReferences extends SqlShuttle {
    private final SourceText source;
    /** The WINDOW clauses of the queries around. */
    private final Deque<SqlNodeList> declared = new ArrayDeque<>();

    WindowReferences(SourceText source) {
        this.source = source;
    }

    @Override
    public @Nullable SqlNode visit(SqlCall call) {
        Optional<SqlNodeList> windows = switch (call) {
            case SqlSelect select -> Optional.of(select.getWindowList());
            case SqlOrderBy ordered
            when ordered.query instanceof SqlSelect select -> Optional.of(select.getWindowList());
            default -> Optional.empty();
        };
        windows.ifPresent(declared::push);
        SqlNode visited = super.visit(call);
        windows.ifPresent(pushed -> declared.pop());
        return visited instanceof SqlWindow window ? resolved(window) : visited;
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
        return declared.isEmpty()
                ? Optional.empty()
                : declared.peek().stream()
                        .map(SqlWindow.class::cast)
                        .filter(window -> name.getSimple().equals(String.valueOf(window.getDeclName())))
                        .findFirst();
    }

    private MillraceException invalid(String message, SqlNode place) {
        return source.error(
                ErrorCode.INVALID_QUERY,
                message,
                place.getParserPosition().getLineNum(),
                place.getParserPosition().getColumnNum());
    }
}
