package dev.millrace.sql.parser;

import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses the statements that are Millrace's own, by recursive descent. */
public final class StatementParser {
    /** Blanks and comments, then one token: a word, a quoted name, a string, a number, a sign, or the end. */
    private static final Pattern TOKEN = Pattern.compile(
            "(?:\\s|--[^\\n]*|/\\*.*?\\*/)*(?:([A-Za-z_][A-Za-z_0-9]*)|\"((?:[^\"]|\"\")+)\"|'((?:[^']|'')*)'|(\\d+)|(\\S)|$)",
            Pattern.DOTALL);

    private final SourceText source;
    private final Matcher matcher;
    private Token token;

    private enum Kind {
        WORD,
        QUOTED,
        STRING,
        NUMBER,
        SIGN,
        END
    }

    private record Token(Kind kind, String text, int offset) {
        boolean is(String word) {
            return (kind == Kind.WORD || kind == Kind.SIGN) && text.equalsIgnoreCase(word);
        }

        String shown() {
            return kind == Kind.END ? "the end" : "'" + text + "'";
        }
    }

    private StatementParser(SourceText source) {
        this.source = source;
        this.matcher = TOKEN.matcher(source.text());
        this.token = read(0);
    }

    /**
     * Parses one statement; a semicolon may follow it.
     *
     * @throws MillraceException {@code SYNTAX_ERROR}
     */
    public static Statement parse(String text) {
        return new StatementParser(new SourceText(text)).statement();
    }

    /** The EXPLAIN that a text is, if it begins as one; else it may be a query. */
    public static Optional<Statement.Explain> explain(String text) {
        StatementParser parser = new StatementParser(new SourceText(text));
        return parser.accept("explain") ? Optional.of(parser.explain()) : Optional.empty();
    }

    private Statement statement() {
        Statement statement;
        if (accept("create")) {
            expect("source");
            statement = createSource();
        } else if (accept("drop")) {
            expect("source");
            boolean ifExists = accept("if");
            if (ifExists) {
                expect("exists");
            }
            statement = new Statement.DropSource(name("a source's name"), ifExists);
        } else if (accept("explain")) {
            return explain();
        } else {
            throw unexpected("CREATE SOURCE, DROP SOURCE or EXPLAIN");
        }
        accept(";");
        if (token.kind != Kind.END) {
            throw unexpected("the end of the statement");
        }
        return statement;
    }

    /** What follows is left to the parser of queries. */
    private Statement.Explain explain() {
        ExplainMode mode =
                accept("circuit") ? ExplainMode.CIRCUIT : accept("code") ? ExplainMode.CODE : ExplainMode.PLAN;
        if (token.kind == Kind.END) {
            throw unexpected("a query, such as SELECT … FROM …");
        }
        String before = source.text().substring(0, token.offset);
        return new Statement.Explain(
                mode, before.replaceAll("[^\\r\\n]", " ") + source.text().substring(token.offset));
    }

    private Statement createSource() {
        String name = name("the new source's name");
        expect("from");
        String connector = name("a connector's type, such as POSTGRES").toUpperCase(Locale.ROOT);
        expect("(");
        Map<String, String> options = new LinkedHashMap<>();
        do {
            Token key = token;
            if (options.containsKey(name("an option's name"))) {
                throw source.errorAt(ErrorCode.SYNTAX_ERROR, "the option '" + key.text + "' stands twice", key.offset);
            }
            expect("=");
            options.put(key.text, value());
        } while (accept(","));
        expect(")");
        return new Statement.CreateSource(name, connector, options);
    }

    private String value() {
        Token value = token;
        if (value.kind != Kind.STRING && value.kind != Kind.NUMBER && value.kind != Kind.WORD) {
            throw unexpected("a value such as 'text'");
        }
        advance();
        return value.text;
    }

    private String name(String what) {
        Token name = token;
        if (name.kind != Kind.WORD && name.kind != Kind.QUOTED) {
            throw unexpected(what);
        }
        advance();
        return name.text;
    }

    private boolean accept(String word) {
        if (!token.is(word)) {
            return false;
        }
        advance();
        return true;
    }

    private void expect(String word) {
        if (!accept(word)) {
            throw unexpected(word.toUpperCase(Locale.ROOT));
        }
    }

    private MillraceException unexpected(String wanted) {
        return source.errorAt(
                ErrorCode.SYNTAX_ERROR,
                "syntax error: expected " + wanted + " but found " + token.shown(),
                token.offset);
    }

    private void advance() {
        token = read(matcher.end());
    }

    private Token read(int from) {
        if (!matcher.region(from, source.text().length()).lookingAt()) {
            throw source.errorAt(ErrorCode.SYNTAX_ERROR, "syntax error: an unfinished comment or string", from);
        }
        if (matcher.group(1) != null) {
            return new Token(Kind.WORD, matcher.group(1).toLowerCase(Locale.ROOT), matcher.start(1));
        }
        if (matcher.group(2) != null) {
            return new Token(Kind.QUOTED, matcher.group(2).replace("\"\"", "\""), matcher.start(2) - 1);
        }
        if (matcher.group(3) != null) {
            return new Token(Kind.STRING, matcher.group(3).replace("''", "'"), matcher.start(3) - 1);
        }
        if (matcher.group(4) != null) {
            return new Token(Kind.NUMBER, matcher.group(4), matcher.start(4));
        }
        if (matcher.group(5) != null) {
            return new Token(Kind.SIGN, matcher.group(5), matcher.start(5));
        }
        return new Token(Kind.END, "", source.text().length());
    }
}
