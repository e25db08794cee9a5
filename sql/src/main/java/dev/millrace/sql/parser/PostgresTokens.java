package dev.millrace.sql.parser;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.calcite.sql.parser.SqlAbstractParserImpl;
import org.apache.calcite.sql.parser.babel.ParseException;
import org.apache.calcite.sql.parser.babel.SimpleCharStream;
import org.apache.calcite.sql.parser.babel.SqlBabelParserImpl;
import org.apache.calcite.sql.parser.babel.SqlBabelParserImplConstants;
import org.apache.calcite.sql.parser.babel.SqlBabelParserImplTokenManager;
import org.apache.calcite.sql.parser.babel.Token;
import org.jspecify.annotations.Nullable;

/**
 * Reads all tokens before the parser sees the first, drops a semicolon at the end and LATERAL before a function, takes {@code $1} for a parameter, and writes each {@code x::type} among them as {@code CAST(x AS type)}, {@code DISTINCT ON} as a call, and GROUPS frames as it reads them. The parser
 * would apply {@code ::} to all that stands on its left, {@code a + x} of {@code a + x::type}; Postgres binds it tightest of all.
 */
final class PostgresTokens extends SqlBabelParserImplTokenManager {
    private @Nullable Iterator<Token> tokens;

    private PostgresTokens(SimpleCharStream text) {
        super(text);
    }

    /** A parser that reads such tokens. */
    static SqlAbstractParserImpl parser(Reader text) {
        SqlBabelParserImpl parser = new Parser();
        parser.token_source = new PostgresTokens(new SimpleCharStream(text, 1, 1));
        return parser;
    }

    /** A parser whose errors name what it met and not all that it would have taken, which takes it a hundred times as long to find out as to read a query. */
    private static final class Parser extends SqlBabelParserImpl {
        private static final String INFIX = ",=<>!+-*/%|&#~@^";
        private static final int[][] ONE = {{SqlBabelParserImplConstants.EOF}};
        private static final int[][] TWO = {{SqlBabelParserImplConstants.EOF, SqlBabelParserImplConstants.EOF}};

        Parser() {
            super(Reader.nullReader());
        }

        /** As many words as it is said to have expected are shown: beside an operator or a comma what does not fit after it. */
        @Override
        public ParseException generateParseException() {
            Token first = token.next;
            boolean infix = first != null
                    && first.next != null
                    && !first.image.isEmpty()
                    && INFIX.indexOf(first.image.charAt(0)) >= 0;
            return new ParseException(token, infix ? TWO : ONE, tokenImage);
        }
    }

    @Override
    public Token getNextToken() {
        if (tokens == null) {
            List<Token> typed = ArraySlices.rewrite(QuantifiedOperators.rewrite(TypedLiterals.rewrite(readAll())));
            tokens = DistinctOn.rewrite(InfixOperators.rewrite(RowCounts.rewrite(InfixCasts.rewrite(typed))))
                    .iterator();
        }
        Token token = tokens.next();
        if (!tokens.hasNext()) {
            tokens = List.of(token).iterator();
        }
        return token;
    }

    private Token next() {
        try {
            Token token = new OperatorLexer(input_stream).next();
            return token == null ? super.getNextToken() : token;
        } catch (IOException e) {
            return super.getNextToken();
        }
    }

    private List<Token> readAll() {
        List<Token> all = new ArrayList<>();
        do {
            all.add(FunctionTables.unnest(name(parameter(next()))));
        } while (all.getLast().kind != SqlBabelParserImplConstants.EOF);
        while (all.size() > 1 && all.get(all.size() - 2).kind == SqlBabelParserImplConstants.SEMICOLON) {
            all.remove(all.size() - 2);
        }
        for (int i = all.size() - 3; i >= 0; i--) {
            if (isNoBound(all.get(i).kind, all.get(i + 1).kind)) {
                all.subList(i, i + 2).clear();
            }
        }
        for (int i = all.size() - 3; i >= 0; i--) {
            if (isLateralFunction(all.subList(i, i + 3))) {
                all.remove(i);
            }
        }
        for (int i = all.size() - 3; i >= 0; i--) {
            if (isOneRow(all.subList(i, i + 3))) {
                all.add(
                        i + 2,
                        InfixCasts.made(SqlBabelParserImplConstants.UNSIGNED_INTEGER_LITERAL, "1", all.get(i + 2)));
            }
        }
        return GroupsFrames.rewrite(EmptySelectLists.rewrite(SimilarPatterns.rewrite(StandardJson.rewrite(
                FunctionTables.rewrite(JsonAggregateCalls.rewrite(NameWords.rewrite(SystemNames.rewrite(all))))))));
    }

    /** {@code FETCH FIRST ROW}, of which the parser wants to know how many. */
    private static boolean isOneRow(List<Token> tokens) {
        int which = tokens.get(1).kind;
        int unit = tokens.get(2).kind;
        return tokens.get(0).kind == SqlBabelParserImplConstants.FETCH
                && (which == SqlBabelParserImplConstants.FIRST || which == SqlBabelParserImplConstants.NEXT)
                && (unit == SqlBabelParserImplConstants.ROW || unit == SqlBabelParserImplConstants.ROWS);
    }

    /** {@code LIMIT NULL} and {@code OFFSET NULL}, which change nothing. */
    private static boolean isNoBound(int first, int second) {
        return second == SqlBabelParserImplConstants.NULL
                && (first == SqlBabelParserImplConstants.LIMIT || first == SqlBabelParserImplConstants.OFFSET);
    }

    /** {@code date_trunc}, of which the parser knows no call with a time zone, as a plain name. */
    private static Token name(Token token) {
        return token.kind == SqlBabelParserImplConstants.DATE_TRUNC
                ? InfixCasts.made(SqlBabelParserImplConstants.QUOTED_IDENTIFIER, "\"date_trunc\"", token)
                : token;
    }

    /** {@code $1} is read as a name; it is what the parser knows as {@code ?}. */
    private static Token parameter(Token token) {
        if (token.kind == SqlBabelParserImplConstants.IDENTIFIER && ParameterNumbers.isParameter(token.image)) {
            token.kind = SqlBabelParserImplConstants.HOOK;
        }
        return token;
    }

    /** {@code LATERAL f (}, which the parser does not take. The word changes nothing there. */
    private static boolean isLateralFunction(List<Token> tokens) {
        return tokens.get(0).kind == SqlBabelParserImplConstants.LATERAL
                && tokens.get(1).kind == SqlBabelParserImplConstants.IDENTIFIER
                && tokens.get(2).kind == SqlBabelParserImplConstants.LPAREN;
    }
}
