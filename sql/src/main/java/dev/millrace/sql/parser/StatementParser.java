package dev.millrace.sql.parser;

import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Parses statements by recursive descent; the queries and expressions in them are left to the parser of queries. */
public final class StatementParser {
    private static final Set<String> QUERY_WORDS = Set.of("select", "with", "values", "table", "(");

    private final TokenReader tokens;

    private StatementParser(SourceText source) {
        this.tokens = new TokenReader(source);
    }

    /**
     * Parses one statement; a semicolon may follow it.
     *
     * @throws MillraceException {@code SYNTAX_ERROR}, or {@code UNSUPPORTED_SQL} for a clause that there is in Postgres
     */
    public static Statement parse(String text) {
        return new StatementParser(new SourceText(text)).statement();
    }

    /**
     * The statements of a script, which may be of any length, each without the semicolon behind it. What has no token in it is none.
     *
     * @throws MillraceException {@code SYNTAX_ERROR} for a comment or string that does not end
     */
    public static List<String> split(String script) {
        List<String> statements = new ArrayList<>();
        TokenReader tokens = new TokenReader(new SourceText(script, script));
        while (tokens.token().kind() != TokenReader.Kind.END) {
            int start = tokens.token().offset();
            while (!tokens.is(";") && tokens.token().kind() != TokenReader.Kind.END) {
                tokens.advance();
            }
            if (start < tokens.token().offset()) {
                statements.add(script.substring(start, tokens.previousEnd()));
            }
            tokens.accept(";");
        }
        return statements;
    }

    /** The EXPLAIN that a text is, if it begins as one; else it may be a query. */
    public static Optional<Statement.Explain> explain(String text) {
        StatementParser parser = new StatementParser(new SourceText(text));
        return parser.tokens.accept("explain") ? Optional.of(parser.explain()) : Optional.empty();
    }

    /** The query of the SUBSCRIBE that a text is, if it begins as one; else it may be a query. */
    public static Optional<String> subscribed(String text) {
        StatementParser parser = new StatementParser(new SourceText(text));
        return parser.tokens.is("subscribe") && parser.statement() instanceof Statement.Subscribe subscribe
                ? Optional.of(subscribe.query())
                : Optional.empty();
    }

    /** The statement, if it sets the time zone. */
    public static Optional<Statement.SetTimeZone> timeZone(String text) {
        StatementParser parser = new StatementParser(new SourceText(text));
        return (parser.tokens.is("set") || parser.tokens.is("reset"))
                        && parser.statement() instanceof Statement.SetTimeZone set
                ? Optional.of(set)
                : Optional.empty();
    }

    private Statement statement() {
        if (QUERY_WORDS.stream().anyMatch(tokens::is)) {
            return new Statement.Query(tokens.source().text());
        }
        if (tokens.accept("explain")) {
            return explain();
        }
        if (tokens.accept("subscribe")) {
            tokens.accept("to");
            return new Statement.Subscribe(rest());
        }
        Statement statement = command();
        tokens.end();
        return statement;
    }

    private Statement command() {
        if (tokens.accept("create")) {
            return create();
        }
        if (tokens.accept("drop")) {
            return drop();
        }
        if (tokens.is("insert") || tokens.is("update") || tokens.is("delete")) {
            return new ChangeParser(tokens).parse();
        }
        if (tokens.accept("truncate")) {
            tokens.accept("table");
            return new Statement.Truncate(tokens.source(), relations("a table's name"));
        }
        if (tokens.accept("show")) {
            return show();
        }
        if (tokens.accept("set")) {
            return set();
        }
        if (tokens.accept("reset")) {
            timeZone();
            return new Statement.SetTimeZone(Optional.empty());
        }
        if (tokens.accept("describe")) {
            return new Statement.Describe(tokens.source(), tokens.relation("the name of a table or view"));
        }
        return transaction()
                .orElseThrow(
                        () -> tokens.unexpected(
                                "a statement: SELECT, INSERT, UPDATE, DELETE, CREATE, DROP, TRUNCATE, BEGIN, COMMIT, ROLLBACK, SHOW, DESCRIBE, SUBSCRIBE or EXPLAIN"));
    }

    private Optional<Statement> transaction() {
        if (tokens.accept("savepoint")) {
            return Optional.of(
                    new Statement.Savepoint(tokens.name("a savepoint's name").text()));
        }
        if (tokens.accept("release")) {
            return Optional.of(new Statement.Release(savepoint()));
        }
        Statement statement;
        if (tokens.acceptAll("start", "transaction")) {
            return Optional.of(new Statement.Begin());
        } else if (tokens.accept("begin")) {
            statement = new Statement.Begin();
        } else if (tokens.accept("commit") || tokens.accept("end")) {
            statement = new Statement.Commit();
        } else if (tokens.accept("abort")) {
            statement = new Statement.Rollback();
        } else if (tokens.accept("rollback")) {
            acceptNoise();
            return Optional.of(tokens.accept("to") ? new Statement.RollbackTo(savepoint()) : new Statement.Rollback());
        } else {
            return Optional.empty();
        }
        acceptNoise();
        return Optional.of(statement);
    }

    private void acceptNoise() {
        if (!tokens.accept("transaction")) {
            tokens.accept("work");
        }
    }

    /** A name, before which the word SAVEPOINT may stand; it may be that word, too. */
    private String savepoint() {
        TokenReader.Kind next = tokens.next().kind();
        if (next == TokenReader.Kind.WORD || next == TokenReader.Kind.QUOTED) {
            tokens.accept("savepoint");
        }
        return tokens.name("a savepoint's name").text();
    }

    private Statement create() {
        if (tokens.accept("source")) {
            return createSource();
        }
        if (tokens.accept("table")) {
            return new TableParser(tokens).parse();
        }
        for (String other : List.of("type", "domain", "index", "sequence", "function", "trigger", "schema")) {
            if (tokens.is(other)) {
                throw tokens.source()
                        .errorAt(
                                ErrorCode.UNSUPPORTED_SQL,
                                "CREATE " + other.toUpperCase(Locale.ROOT)
                                        + " is not supported; what a source has of the kind is used as it is",
                                tokens.token().offset());
            }
        }
        boolean orReplace = tokens.acceptAll("or", "replace");
        boolean materialized = !orReplace && tokens.accept("materialized");
        if (tokens.accept("view")) {
            return createView(materialized, orReplace);
        }
        throw tokens.unexpected(orReplace || materialized ? "VIEW" : "SOURCE, TABLE, VIEW or MATERIALIZED VIEW");
    }

    private Statement createView(boolean materialized, boolean orReplace) {
        boolean ifNotExists = materialized && tokens.acceptAll("if", "not", "exists");
        RelationName name = tokens.relation("the new view's name");
        List<Name> columns = new ArrayList<>();
        if (tokens.accept("(")) {
            do {
                columns.add(tokens.name("a column's name"));
            } while (tokens.accept(","));
            tokens.expect(")");
        }
        tokens.expect("as");
        int from = tokens.token().offset();
        if (QUERY_WORDS.stream().noneMatch(tokens::is)) {
            throw tokens.unexpected("a query, such as SELECT … FROM …");
        }
        tokens.skipTo(Set.of());
        SourceText query = tokens.source().part(from, tokens.previousEnd());
        return new Statement.CreateView(tokens.source(), name, materialized, orReplace, ifNotExists, columns, query);
    }

    private Statement drop() {
        if (tokens.accept("source")) {
            boolean ifExists = tokens.acceptAll("if", "exists");
            return new Statement.DropSource(tokens.name("a source's name").text(), ifExists);
        }
        if (tokens.accept("table")) {
            boolean ifExists = tokens.acceptAll("if", "exists");
            List<RelationName> names = relations("a table's name");
            return new Statement.DropTable(tokens.source(), names, ifExists, cascade());
        }
        boolean materialized = tokens.accept("materialized");
        if (tokens.accept("view")) {
            boolean ifExists = tokens.acceptAll("if", "exists");
            List<RelationName> names = relations("a view's name");
            return new Statement.DropView(tokens.source(), names, materialized, ifExists, cascade());
        }
        throw tokens.unexpected(materialized ? "VIEW" : "SOURCE, TABLE, VIEW or MATERIALIZED VIEW");
    }

    private boolean cascade() {
        boolean cascade = tokens.accept("cascade");
        if (!cascade) {
            tokens.accept("restrict");
        }
        return cascade;
    }

    private List<RelationName> relations(String what) {
        List<RelationName> names = new ArrayList<>();
        do {
            names.add(tokens.relation(what));
        } while (tokens.accept(","));
        return names;
    }

    /** What follows is left to the parser of queries. */
    private Statement.Explain explain() {
        ExplainMode mode = tokens.accept("circuit")
                ? ExplainMode.CIRCUIT
                : tokens.accept("code") ? ExplainMode.CODE : ExplainMode.PLAN;
        return new Statement.Explain(mode, rest());
    }

    /** A query up to the end. */
    private String rest() {
        if (tokens.token().kind() == TokenReader.Kind.END) {
            throw tokens.unexpected("a query, such as SELECT … FROM …");
        }
        SourceText source = tokens.source();
        return source.part(tokens.token().offset(), source.text().length()).text();
    }

    private Statement set() {
        tokens.accept("session");
        boolean word = tokens.is("time");
        timeZone();
        if (!word && !tokens.accept("to")) {
            tokens.expect("=");
        }
        if (tokens.accept("default") || tokens.accept("local")) {
            return new Statement.SetTimeZone(Optional.empty());
        }
        return switch (tokens.token().kind()) {
            case STRING, WORD, QUOTED ->
                new Statement.SetTimeZone(Optional.of(tokens.advance().text()));
            case NUMBER, SIGN, END -> throw tokens.unexpected("the name of a time zone, such as 'Europe/Zurich'");
        };
    }

    /** {@code TIME ZONE} or {@code timezone}, the one setting that there is. */
    private void timeZone() {
        if (!tokens.acceptAll("time", "zone") && !tokens.accept("timezone")) {
            throw tokens.unexpected("TIME ZONE, the one setting that there is");
        }
    }

    private Statement show() {
        if (tokens.acceptAll("time", "zone") || tokens.accept("timezone")) {
            return new Statement.ShowTimeZone();
        }
        for (Statement.Show.Kind kind : Statement.Show.Kind.values()) {
            if (tokens.accept(kind.name().toLowerCase(Locale.ROOT))) {
                return new Statement.Show(kind);
            }
        }
        throw tokens.unexpected("TABLES, VIEWS, SOURCES, QUERIES, FUNCTIONS or TIME ZONE");
    }

    private Statement createSource() {
        String name = tokens.name("the new source's name").text();
        tokens.expect("from");
        String connector =
                tokens.name("a connector's type, such as POSTGRES").text().toUpperCase(Locale.ROOT);
        tokens.expect("(");
        Map<String, String> options = new LinkedHashMap<>();
        do {
            Name key = tokens.name("an option's name");
            if (options.containsKey(key.text())) {
                throw tokens.source()
                        .errorAt(ErrorCode.SYNTAX_ERROR, "the option '" + key.text() + "' stands twice", key.offset());
            }
            tokens.expect("=");
            options.put(key.text(), value());
        } while (tokens.accept(","));
        tokens.expect(")");
        return new Statement.CreateSource(name, connector, options);
    }

    private String value() {
        return switch (tokens.token().kind()) {
            case STRING, NUMBER, WORD -> tokens.advance().text();
            case QUOTED, SIGN, END -> throw tokens.unexpected("a value such as 'text'");
        };
    }
}
