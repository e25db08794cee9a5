package dev.millrace.sql;

import dev.millrace.dataflow.plan.PlanText;
import dev.millrace.dataflow.row.ColumnType;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import dev.millrace.sql.catalog.Catalog;
import dev.millrace.sql.compile.CompiledQuery;
import dev.millrace.sql.compile.QueryCompiler;
import dev.millrace.sql.function.SessionZone;
import dev.millrace.sql.parser.SourceText;
import dev.millrace.sql.plan.QueryPlanner;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlNode;

/** SQL text to a query that is ready to run. Compiling is a pure function of the text and the catalog; any thread may do it. */
public final class SqlCompiler {
    private static final String MIXED_CONSTANTS = "Could not simplify expression to literal";

    private SqlCompiler() {}

    /**
     * Compiles one query, after which a semicolon may stand. Timestamps with time zone are read and written in the catalog's zone.
     *
     * @throws MillraceException an {@code MR-1xxx} that says what is wrong and where, or what is not supported
     */
    public static CompiledQuery compile(String sql, Catalog catalog) {
        return guarded(catalog, () -> QueryCompiler.compile(new QueryPlanner(catalog).plan(new SourceText(sql))));
    }

    /**
     * Compiles a query that was made of parts of a statement.
     *
     * @param query gives its syntax tree, a new one each time
     */
    public static CompiledQuery compile(SourceText statement, Catalog catalog, Supplier<SqlNode> query) {
        return guarded(catalog, () -> QueryCompiler.compile(new QueryPlanner(catalog).plan(statement, query)));
    }

    /** The type of the only column of a query, with what is declared of it. */
    public static ColumnType typeOf(SourceText query, Catalog catalog) {
        return guarded(catalog, () -> QueryCompiler.declaredType(new QueryPlanner(catalog).plan(query)));
    }

    private static <T> T guarded(Catalog catalog, Supplier<T> compilation) {
        try {
            return SessionZone.within(catalog.timeZone(), compilation);
        } catch (MillraceException e) {
            throw e;
        } catch (RuntimeException | AssertionError | StackOverflowError e) {
            if (isOverflow(e)) {
                throw new MillraceException(
                        ErrorCode.NESTED_TOO_DEEPLY, "the query is nested too deeply; write parts of it as views", e);
            }
            if (String.valueOf(e.getMessage()).startsWith(MIXED_CONSTANTS)) {
                throw new MillraceException(
                        ErrorCode.UNSUPPORTED_SQL,
                        "a set operation of constants alone, of which a quoted one takes the type of another, cannot be kept live yet; cast it",
                        e);
            }
            // The planner has no other way to say that a rule of it cannot deal with this query.
            throw new MillraceException(
                    ErrorCode.UNSUPPORTED_SQL, "this query cannot be planned yet: " + e.getMessage(), e);
        }
    }

    /** Whether the stack ended, which the planner wraps in what it was doing. */
    private static boolean isOverflow(Throwable e) {
        return Stream.iterate(e, Objects::nonNull, Throwable::getCause).anyMatch(StackOverflowError.class::isInstance);
    }

    /**
     * How {@link #compile} plans a query, as lines to read: an operator a line, its inputs below it.
     *
     * @throws MillraceException as {@link #compile} does
     */
    public static List<String> explain(String sql, Catalog catalog) {
        return PlanText.of(compile(sql, catalog).plan(), catalog::columnNames);
    }
}
