package dev.millrace.sql.plan;

import dev.millrace.dataflow.row.ColumnType;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import dev.millrace.sql.catalog.Catalog;
import dev.millrace.sql.catalog.CatalogView;
import dev.millrace.sql.function.Operators;
import dev.millrace.sql.parser.QueryParser;
import dev.millrace.sql.parser.SourceText;
import dev.millrace.sql.type.PostgresTypeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.RelCollation;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.schema.Table;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql2rel.SqlToRelConverter;
import org.apache.calcite.tools.RelBuilder;

/** Turns text into optimised relational algebra: a pure function of the text and the catalog. */
public final class QueryPlanner {
    private static final SqlToRelConverter.Config CONVERSION = SqlToRelConverter.config()
            .withExpand(false)
            .withTrimUnusedFields(true)
            .withInSubQueryThreshold(Integer.MAX_VALUE)
            .withRemoveSortInSubQuery(true)
            // A condition that is computed below its join displaces the columns that correlated subqueries name;
            // Rewriting does it later.
            // A projection with a subquery is not merged with the one below it, which fails where that has fewer
            // columns; Rewriting does it later.
            .withRelBuilderConfigTransform(
                    builder -> builder.withPushJoinCondition(false).withBloat(-1));

    private final Catalog catalog;
    private final Operators operators;
    private final PostgresTypeFactory types = new PostgresTypeFactory();
    private final ReadRelations read = new ReadRelations(this::expand);

    public QueryPlanner(Catalog catalog) {
        this.catalog = catalog;
        this.operators = new Operators(catalog.functions());
    }

    /**
     * Parses, validates, converts, decorrelates and optimises.
     *
     * @throws dev.millrace.error.MillraceException an {@code MR-1xxx} with the place in the text
     */
    public RelationalQuery plan(SourceText source) {
        return plan(source, () -> QueryParser.parse(source));
    }

    /**
     * The same for a query that was made of parts of a statement.
     *
     * @param query gives its syntax tree, a new one each time
     */
    public RelationalQuery plan(SourceText source, Supplier<SqlNode> query) {
        return plan(source, query, parsed -> parsed);
    }

    /** @param typed the query with what is known of its parameters' types */
    private RelationalQuery plan(SourceText source, Supplier<SqlNode> parsed, UnaryOperator<SqlNode> typed) {
        RecursiveQueries recursive = new RecursiveQueries(
                source, types, (query, tables) -> withoutParameters(plan(source, query, tables, Optional.empty())));
        SqlNode query = typed.apply(parsed.get()).accept(recursive);
        return plan(
                source,
                query,
                recursive.tables(),
                Optional.of(parameters -> plan(source, parsed, parameters::imposedOn)));
    }

    private static RelationalQuery withoutParameters(RelationalQuery part) {
        if (!part.parameters().isEmpty()) {
            throw new MillraceException(
                    ErrorCode.UNSUPPORTED_SQL, "a parameter within WITH RECURSIVE cannot be kept live yet");
        }
        return part;
    }

    /** @param again plans the query anew if its parameters' places do not agree in their types */
    private RelationalQuery plan(
            SourceText source,
            SqlNode parsed,
            Map<String, Table> recursive,
            Optional<Function<ParameterTypes, RelationalQuery>> again) {
        CalciteCatalogReader reader = CatalogReader.of(catalog, recursive, read, types);
        SqlValidator validator = new PostgresValidator(source, reader, types, operators);
        SqlNode validated;
        try {
            validated = validator.validate(parsed);
        } catch (CalciteContextException e) {
            throw new QueryErrors(source, catalog, operators).translate(e);
        }
        ParameterTypes parameters = ParameterTypes.of(validated, validator, source);
        if (!parameters.isUnanimous() && again.isPresent()) {
            return again.get().apply(parameters);
        }
        RelOptCluster cluster = RelOptCluster.create(Rewriting.planner(), new PostgresRexBuilder(types));
        cluster.setMetadataProvider(NoPredicates.METADATA);
        SqlToRelConverter converter = converter(validator, reader, cluster);
        RelRoot root = converted(source, validated, converter);
        return optimise(root, converter, parameters.inOrder());
    }

    private static SqlToRelConverter converter(
            SqlValidator validator, CalciteCatalogReader reader, RelOptCluster cluster) {
        return new SqlToRelConverter(
                (rowType, queryString, schemaPath, viewPath) -> {
                    throw new IllegalStateException("a view is expanded by its table");
                },
                validator,
                reader,
                cluster,
                PostgresConvertlets.INSTANCE,
                CONVERSION);
    }

    private RelRoot converted(SourceText source, SqlNode validated, SqlToRelConverter converter) {
        try {
            return converter.convertQuery(validated, false, true);
        } catch (CalciteContextException e) {
            throw new QueryErrors(source, catalog, operators).translate(e);
        }
    }

    /** A view's query, within another. In which order it gives its rows does not matter there. */
    private RelNode expand(CatalogView view, RelOptCluster cluster) {
        SourceText source = new SourceText(view.query());
        RecursiveQueries recursive = new RecursiveQueries(
                source, types, (query, tables) -> withoutParameters(plan(source, query, tables, Optional.empty())));
        SqlNode parsed = QueryParser.parse(source).accept(recursive);
        CalciteCatalogReader reader = CatalogReader.of(catalog, recursive.tables(), read, types);
        SqlValidator validator = new PostgresValidator(source, reader, types, operators);
        SqlNode validated;
        try {
            validated = validator.validate(parsed);
        } catch (CalciteContextException e) {
            throw new QueryErrors(source, catalog, operators).translate(e);
        }
        RelRoot root = converted(source, validated, converter(validator, reader, cluster));
        boolean orders = root.rel instanceof Sort sort && sort.fetch == null && sort.offset == null;
        RelNode unordered = orders ? ((Sort) root.rel).getInput() : root.rel;
        return root.withRel(unordered).project();
    }

    private RelationalQuery optimise(RelRoot root, SqlToRelConverter converter, List<ColumnType> parameters) {
        RelBuilder builder = Rewriting.builder(root.rel.getCluster());
        RelNode decorrelated =
                root.rel.accept(new FlatMaps(builder)).accept(new SemiJoins()).accept(new Decorrelation());
        Presentation presentation = Presentation.of(root, decorrelated, builder);
        RelNode pushed = Rewriting.pushDown(presentation.root().accept(new CommonFactors()), builder);
        RelNode rewritten = Rewriting.pushDown(pushed.accept(new JoinOrder(builder)), builder);
        RelNode trimmed = converter.trimUnusedFields(false, rewritten);
        RelNode canonical = Rewriting.pushDown(trimmed, builder);
        return new RelationalQuery(canonical, presentation.names(), presentation.order(), parameters, read.ids());
    }

    /** What the reader sees, apart from what is computed: names, and the order of the rows. */
    private record Presentation(RelNode root, List<String> names, RelCollation order) {
        private static final String UNNAMED = "EXPR$";

        /**
         * Takes an outermost sort off the tree (unless it limits, when it stays too) and puts the visible columns first, followed
         * by the columns that only the order needs.
         */
        static Presentation of(RelRoot root, RelNode node, RelBuilder builder) {
            RelCollation collation = RelCollations.EMPTY;
            RelNode input = node;
            if (node instanceof Sort sort) {
                collation = sort.getCollation();
                input = sort.fetch == null && sort.offset == null ? sort.getInput() : sort;
            }
            List<Integer> columns = new ArrayList<>(root.fields.leftList());
            List<RelFieldCollation> order = new ArrayList<>();
            for (RelFieldCollation field : collation.getFieldCollations()) {
                if (!columns.contains(field.getFieldIndex())) {
                    columns.add(field.getFieldIndex());
                }
                order.add(field.withFieldIndex(columns.indexOf(field.getFieldIndex())));
            }
            builder.push(input);
            builder.project(builder.fields(columns));
            return new Presentation(builder.build(), names(root.fields.rightList()), RelCollations.of(order));
        }

        /** A VALUES list's columns are {@code column1} and so on. */
        private static List<String> names(List<String> planned) {
            return planned.stream()
                    .map(name -> name.startsWith(UNNAMED)
                            ? "column" + (1 + Integer.parseInt(name.substring(UNNAMED.length())))
                            : name)
                    .toList();
        }
    }
}
