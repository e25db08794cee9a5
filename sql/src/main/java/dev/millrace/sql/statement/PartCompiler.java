package dev.millrace.sql.statement;

import dev.millrace.dataflow.row.ColumnType;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import dev.millrace.sql.SqlCompiler;
import dev.millrace.sql.catalog.Catalog;
import dev.millrace.sql.catalog.CatalogTable;
import dev.millrace.sql.compile.CompiledQuery;
import dev.millrace.sql.parser.QueryParser;
import dev.millrace.sql.parser.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlShuttle;

/** Compiles the queries within one statement, and knows the types of its parameters, which have to be the same in all of them. */
final class PartCompiler {
    private final SourceText source;
    private final Catalog catalog;
    private final SortedMap<Integer, ColumnType> parameters = new TreeMap<>();

    PartCompiler(SourceText source, Catalog catalog) {
        this.source = source;
        this.catalog = catalog;
    }

    /**
     * @param query gives the syntax tree as it was parsed, a new one each time
     * @param more tables that it may read beside those of the catalog
     */
    Part compile(Supplier<SqlNode> query, List<CatalogTable> more) {
        List<Integer> used = new ArrayList<>();
        CompiledQuery compiled = SqlCompiler.compile(source, catalog.with(more), () -> {
            used.clear();
            return QueryParser.rewrite(source, query.get()).accept(numbered(used));
        });
        for (int i = 0; i < used.size(); i++) {
            note(used.get(i), compiled.parameters().get(i));
        }
        return new Part(compiled, used);
    }

    /** Notes a parameter's type. */
    void note(int parameter, ColumnType type) {
        ColumnType known = parameters.putIfAbsent(parameter, type);
        if (known != null && !known.equals(type)) {
            throw new MillraceException(
                    ErrorCode.INVALID_QUERY,
                    "inconsistent types deduced for parameter $" + (parameter + 1) + ": " + known + " and " + type
                            + "; add a cast");
        }
    }

    /** The types of all parameters, in order. */
    List<ColumnType> parameters() {
        for (int i = 0; i < parameters.size(); i++) {
            if (!parameters.containsKey(i)) {
                throw new MillraceException(
                        ErrorCode.INVALID_QUERY,
                        "could not determine the type of parameter $" + (i + 1) + ": the statement does not use it");
            }
        }
        return List.copyOf(parameters.values());
    }

    /** Numbers the parameters without gaps. */
    private static SqlShuttle numbered(List<Integer> used) {
        return new SqlShuttle() {
            @Override
            public SqlNode visit(SqlDynamicParam parameter) {
                if (!used.contains(parameter.getIndex())) {
                    used.add(parameter.getIndex());
                }
                return new SqlDynamicParam(used.indexOf(parameter.getIndex()), parameter.getParserPosition());
            }
        };
    }
}
