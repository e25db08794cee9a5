package dev.millrace.sql;

import dev.millrace.sql.catalog.Catalog;
import dev.millrace.sql.compile.CompiledQuery;
import dev.millrace.sql.compile.QueryCompiler;
import dev.millrace.sql.parser.SourceText;
import dev.millrace.sql.plan.QueryPlanner;

/** SQL text to a query that is ready to run. Compiling is a pure function of the text and the catalog; any thread may do it. */
public final class SqlCompiler {
    private SqlCompiler() {}

    /**
     * Compiles one query.
     *
     * @throws dev.millrace.error.MillraceException an {@code MR-1xxx} that says what is wrong and where, or what is not supported
     */
    public static CompiledQuery compile(String sql, Catalog catalog) {
        String trimmed = sql.strip();
        String query = trimmed.endsWith(";") ? trimmed.substring(0, trimmed.length() - 1) : trimmed;
        return QueryCompiler.compile(new QueryPlanner(catalog).plan(new SourceText(query)));
    }
}
