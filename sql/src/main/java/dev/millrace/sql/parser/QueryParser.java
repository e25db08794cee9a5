package dev.millrace.sql.parser;

import dev.millrace.error.ErrorCode;
import java.util.Locale;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.avatica.util.Quoting;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;

/** Parses one query in Postgres's dialect: names fold to lower case unless quoted. */
public final class QueryParser {
    private static final int MAX_IDENTIFIER_LENGTH = 128;
    private static final SqlParser.Config CONFIG = SqlParser.config()
            .withParserFactory(PostgresTokens::parser)
            .withConformance(PostgresConformance.INSTANCE)
            .withQuoting(Quoting.DOUBLE_QUOTE)
            .withUnquotedCasing(Casing.TO_LOWER)
            .withQuotedCasing(Casing.UNCHANGED)
            .withCaseSensitive(true)
            .withIdentifierMaxLength(MAX_IDENTIFIER_LENGTH);

    private QueryParser() {}

    /**
     * The syntax tree of a query, whose unnamed columns have got the names that Postgres gives them.
     *
     * @throws dev.millrace.error.MillraceException {@code SYNTAX_ERROR}, or {@code UNSUPPORTED_SQL} if it is a statement but no query
     */
    public static SqlNode parse(SourceText source) {
        return rewrite(source, query(source));
    }

    /**
     * The syntax tree of a query as it stands, to be made a part of another and then {@linkplain #rewrite rewritten}.
     *
     * @throws dev.millrace.error.MillraceException as {@link #parse} does
     */
    public static SqlNode query(SourceText source) {
        try {
            SqlNode query = SqlParser.create(source.text(), CONFIG).parseStmt();
            if (!query.isA(SqlKind.QUERY)) {
                throw source.error(
                        ErrorCode.UNSUPPORTED_SQL,
                        query.getKind().name().toLowerCase(Locale.ROOT).replace('_', ' ') + " is not a query",
                        query.getParserPosition().getLineNum(),
                        query.getParserPosition().getColumnNum());
            }
            return query;
        } catch (SqlParseException e) {
            throw SyntaxErrors.translate(source, e);
        }
    }

    /** The same for an expression. */
    public static SqlNode expression(SourceText source) {
        try {
            return SqlParser.create(source.text(), CONFIG).parseExpression();
        } catch (SqlParseException e) {
            throw SyntaxErrors.translate(source, e);
        }
    }

    /** Makes of a query as it stands what {@link #parse} gives. */
    public static SqlNode rewrite(SourceText source, SqlNode query) {
        return query.accept(new ParameterNumbers(source))
                .accept(new EmptySelectLists(source))
                .accept(new CastTargets(source))
                .accept(new MixedValues(source))
                .accept(new ArrayComparisons(source))
                .accept(new StandardJson(source))
                .accept(new StandardCalls())
                .accept(new ArrayQueries())
                .accept(new ListedItems())
                .accept(new RowComparisons(source))
                .accept(new DistinctOn(source))
                .accept(new GroupingSets(source))
                .accept(new FunctionTables(source))
                .accept(new OutputNames())
                .accept(new CurrentTimes())
                .accept(new WindowReferences(source))
                .accept(new WindowFilters(source))
                .accept(new PostgresLiterals(source));
    }

    /** A parameter with its number in the place of its turn. */
    public static SqlNode numbered(SourceText source, SqlNode parameter) {
        return parameter.accept(new ParameterNumbers(source));
    }
}
