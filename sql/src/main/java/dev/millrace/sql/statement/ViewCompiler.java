package dev.millrace.sql.statement;

import dev.millrace.dataflow.expression.Expression;
import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import dev.millrace.sql.SqlCompiler;
import dev.millrace.sql.catalog.Catalog;
import dev.millrace.sql.catalog.CatalogTable;
import dev.millrace.sql.catalog.CatalogView;
import dev.millrace.sql.catalog.OwnTable;
import dev.millrace.sql.compile.CompiledQuery;
import dev.millrace.sql.parser.Name;
import dev.millrace.sql.parser.QueryParser;
import dev.millrace.sql.parser.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Compiles {@code CREATE VIEW}: the schema of its query, what the query reads, and for a materialized view its plan. */
public final class ViewCompiler {
    private ViewCompiler() {}

    /**
     * The view that a statement makes.
     *
     * @throws MillraceException an {@code MR-1xxx} with the place in the text
     */
    public static CatalogView compile(Statement.CreateView create, Catalog catalog) {
        List<String> names = create.columns().stream().map(Name::text).toList();
        CompiledQuery query = SqlCompiler.compile(create.query(), catalog, () -> QueryParser.parse(create.query()));
        if (names.size() > query.columns().size()) {
            throw create.source()
                    .errorAt(
                            ErrorCode.INVALID_QUERY,
                            "CREATE VIEW specifies more column names than columns",
                            create.columns().getLast().offset());
        }
        return view(create.name().last(), names, create.query().text().strip(), create.materialized(), query, catalog);
    }

    /**
     * The view as it is when what it reads has changed.
     *
     * @throws MillraceException an {@code MR-1xxx} if its query means nothing any more
     */
    public static CatalogView recompile(CatalogView view, Catalog catalog) {
        CompiledQuery query = SqlCompiler.compile(view.query(), catalog.in(view.timeZone()));
        List<String> names =
                view.table().columns().stream().map(CatalogTable.Column::name).toList();
        return view(
                view.name(),
                names.subList(0, Math.min(names.size(), query.columns().size())),
                view.query(),
                view.isMaterialized(),
                query,
                catalog.in(view.timeZone()));
    }

    private static CatalogView view(
            String name, List<String> names, String text, boolean materialized, CompiledQuery query, Catalog catalog) {
        if (!query.parameters().isEmpty()) {
            throw new MillraceException(
                    ErrorCode.INVALID_QUERY, "a view has no parameters; give them to the queries that read it");
        }
        List<CatalogTable.Column> columns = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < query.columns().size(); i++) {
            CompiledQuery.OutputColumn column = query.columns().get(i);
            String label = i < names.size() ? names.get(i) : column.name();
            if (!seen.add(label)) {
                throw new MillraceException(
                        ErrorCode.INVALID_QUERY,
                        "column \"" + label + "\" specified more than once; name the columns with AS");
            }
            columns.add(new CatalogTable.Column(
                    label,
                    column.type().toString(),
                    Optional.of(column.type()),
                    column.nullable(),
                    column.collation()));
        }
        List<Integer> key = materialized ? query.key().orElse(List.of()) : List.of();
        CatalogTable table = new CatalogTable(OwnTable.SOURCE, Catalog.DEFAULT_SCHEMA, name, columns, key);
        Optional<Plan> plan = materialized ? Optional.of(visible(query)) : Optional.empty();
        Set<String> reads = new HashSet<>(query.reads());
        for (CatalogView other : catalog.views()) {
            if (query.reads().contains(other.id())) {
                reads.addAll(other.reads());
            }
        }
        return new CatalogView(table, text, plan, reads, catalog.timeZone());
    }

    /** The plan without columns that are only there to order it. */
    private static Plan visible(CompiledQuery query) {
        List<DataType> types = query.plan().types();
        int width = query.columns().size();
        return types.size() == width
                ? query.plan()
                : new Plan.Project(
                        query.plan(),
                        IntStream.range(0, width)
                                .<Expression>mapToObj(i -> new Expression.Column(i, types.get(i)))
                                .toList());
    }
}
