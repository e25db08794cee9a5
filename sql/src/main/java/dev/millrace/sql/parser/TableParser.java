package dev.millrace.sql.parser;

import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Parses {@code CREATE TABLE} from the table's name on. */
final class TableParser {
    /** What ends a column's type, and an expression for its value. */
    private static final Set<String> CONSTRAINTS = Set.of(
            ",",
            "not",
            "null",
            "default",
            "primary",
            "unique",
            "check",
            "references",
            "constraint",
            "generated",
            "collate");

    private static final Set<String> TABLE_CONSTRAINTS = Set.of("unique", "check", "foreign", "exclude", "like");

    private final TokenReader tokens;
    private final List<Statement.TableColumn> columns = new ArrayList<>();
    private final List<Name> key = new ArrayList<>();

    TableParser(TokenReader tokens) {
        this.tokens = tokens;
    }

    Statement.CreateTable parse() {
        boolean ifNotExists = tokens.acceptAll("if", "not", "exists");
        RelationName name = tokens.relation("the new table's name");
        if (tokens.is("as")) {
            throw unsupported("CREATE TABLE AS", "create the table, then INSERT INTO it the rows of the query");
        }
        tokens.expect("(");
        do {
            element();
        } while (tokens.accept(","));
        tokens.expect(")");
        return new Statement.CreateTable(tokens.source(), name, ifNotExists, columns, key);
    }

    private void element() {
        boolean named = tokens.is("constraint") && tokens.next().kind() != TokenReader.Kind.SIGN;
        if (named) {
            tokens.advance();
            tokens.name("a constraint's name");
        }
        if (tokens.is("primary") && tokens.next().is("key")) {
            tokens.advance();
            tokens.advance();
            tokens.expect("(");
            Name first = tokens.name("a column's name");
            requireFirstKey(first.offset());
            key.add(first);
            while (tokens.accept(",")) {
                key.add(tokens.name("a column's name"));
            }
            tokens.expect(")");
        } else if (named || TABLE_CONSTRAINTS.stream().anyMatch(tokens::is)) {
            throw unsupported(tokens.token().text().toUpperCase(Locale.ROOT), "leave it out");
        } else {
            column();
        }
    }

    private void column() {
        Name name = tokens.name("a column's name");
        int from = tokens.token().offset();
        tokens.skipTo(CONSTRAINTS);
        if (tokens.token().offset() == from) {
            throw tokens.unexpected("a type");
        }
        SourceText type = tokens.source().part("SELECT NULL::", from, tokens.previousEnd());
        boolean notNull = false;
        Optional<SourceText> initial = Optional.empty();
        while (!tokens.is(",") && !tokens.is(")")) {
            int offset = tokens.token().offset();
            if (tokens.accept("constraint")) {
                tokens.name("a constraint's name");
            } else if (tokens.acceptAll("not", "null")) {
                notNull = true;
            } else if (tokens.acceptAll("primary", "key")) {
                requireFirstKey(offset);
                key.add(name);
            } else if (tokens.accept("default")) {
                initial = Optional.of(expression());
            } else if (!tokens.accept("null")) {
                throw tokens.token().kind() == TokenReader.Kind.WORD
                        ? unsupported(tokens.token().text().toUpperCase(Locale.ROOT) + " of a column", "leave it out")
                        : tokens.unexpected("NOT NULL, DEFAULT, PRIMARY KEY, a comma or )");
            }
        }
        columns.add(new Statement.TableColumn(name, type, notNull, initial));
    }

    private SourceText expression() {
        int from = tokens.token().offset();
        if (CONSTRAINTS.stream().anyMatch(tokens::is) && (tokens.is("null") || tokens.is("not"))) {
            tokens.advance();
        }
        tokens.skipTo(CONSTRAINTS);
        if (tokens.token().offset() == from) {
            throw tokens.unexpected("an expression");
        }
        return tokens.source().part(from, tokens.previousEnd());
    }

    private void requireFirstKey(int offset) {
        if (!key.isEmpty()) {
            throw tokens.source()
                    .errorAt(ErrorCode.INVALID_QUERY, "multiple primary keys for a table are not allowed", offset);
        }
    }

    private MillraceException unsupported(String what, String instead) {
        return tokens.source()
                .errorAt(
                        ErrorCode.UNSUPPORTED_SQL,
                        what + " is not supported in CREATE TABLE yet; " + instead,
                        tokens.token().offset());
    }
}
