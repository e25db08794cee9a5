package dev.millrace.sql.parser;

import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Parses {@code INSERT}, {@code UPDATE} and {@code DELETE}. */
final class ChangeParser {
    private static final Set<String> AFTER_ROWS = Set.of("on", "returning");
    private static final Set<String> AFTER_VALUE = Set.of(",", "from", "where", "returning");
    private static final Set<String> AFTER_CONDITION = Set.of("returning");
    /** What follows the items of a query and has no place here. */
    private static final Set<String> AFTER_ITEMS = Set.of(
            "from",
            "where",
            "group",
            "having",
            "window",
            "union",
            "intersect",
            "except",
            "order",
            "limit",
            "offset",
            "fetch",
            "for");

    private static final Set<String> AFTER_TABLES = with(AFTER_ITEMS, "returning");
    private static final Set<String> AFTER_RETURNED = with(AFTER_ITEMS, ",");
    private static final Set<String> QUERY_WORDS = Set.of("select", "with", "values", "table", "(");

    private final TokenReader tokens;
    private final SourceText source;

    ChangeParser(TokenReader tokens) {
        this.tokens = tokens;
        this.source = tokens.source();
    }

    Statement.Change parse() {
        if (tokens.acceptAll("insert", "into")) {
            return insert();
        }
        return tokens.accept("update") ? update() : delete();
    }

    private Statement.Insert insert() {
        RelationName table = tokens.relation("a table's name");
        Optional<Name> alias = tokens.accept("as") ? Optional.of(tokens.name("an alias")) : Optional.empty();
        List<Name> columns = List.of();
        if (tokens.is("(") && QUERY_WORDS.stream().noneMatch(tokens.next()::is)) {
            columns = columns();
        }
        if (tokens.is("overriding")) {
            throw unsupported("OVERRIDING", "leave it out");
        }
        Optional<SourceText> rows = rows();
        Optional<Statement.Conflict> conflict = Optional.empty();
        if (tokens.is("on")) {
            conflict = Optional.of(conflict());
        }
        return new Statement.Insert(source, table, alias, columns, rows, conflict, returning());
    }

    private Optional<SourceText> rows() {
        if (tokens.acceptAll("default", "values")) {
            return Optional.empty();
        }
        if (QUERY_WORDS.stream().noneMatch(tokens::is)) {
            throw tokens.unexpected("VALUES, DEFAULT VALUES or a query");
        }
        return Optional.of(part(AFTER_ROWS, "a query"));
    }

    private Statement.Conflict conflict() {
        int offset = tokens.token().offset();
        tokens.expect("on");
        tokens.expect("conflict");
        List<Name> columns = tokens.is("(") ? columns() : List.of();
        Optional<Name> constraint = Optional.empty();
        if (columns.isEmpty() && tokens.acceptAll("on", "constraint")) {
            constraint = Optional.of(tokens.name("a constraint's name"));
        }
        if (tokens.is("where")) {
            throw unsupported("WHERE behind the columns of ON CONFLICT", "leave it out");
        }
        tokens.expect("do");
        if (tokens.accept("nothing")) {
            return new Statement.Conflict(offset, columns, constraint, List.of(), Optional.empty());
        }
        tokens.expect("update");
        List<Statement.Assignment> assignments = assignments();
        return new Statement.Conflict(offset, columns, constraint, assignments, condition());
    }

    private Statement.Update update() {
        tokens.accept("only");
        RelationName table = tokens.relation("a table's name");
        Optional<Name> alias = alias("set");
        List<Statement.Assignment> assignments = assignments();
        return new Statement.Update(source, table, alias, assignments, tables("from"), condition(), returning());
    }

    private Statement.Delete delete() {
        tokens.expect("delete");
        tokens.expect("from");
        tokens.accept("only");
        RelationName table = tokens.relation("a table's name");
        Optional<Name> alias = alias("where");
        return new Statement.Delete(source, table, alias, tables("using"), condition(), returning());
    }

    private Optional<SourceText> tables(String word) {
        if (!tokens.accept(word)) {
            return Optional.empty();
        }
        int from = tokens.token().offset();
        part(AFTER_TABLES, "a table");
        return Optional.of(source.part("SELECT * FROM ", from, tokens.previousEnd()));
    }

    private Optional<Name> alias(String next) {
        boolean named = tokens.token().kind() == TokenReader.Kind.QUOTED
                || (tokens.token().kind() == TokenReader.Kind.WORD
                        && !tokens.is(next)
                        && !tokens.is("using")
                        && !tokens.is("returning"));
        return tokens.accept("as") || named ? Optional.of(tokens.name("an alias")) : Optional.empty();
    }

    private List<Name> columns() {
        tokens.expect("(");
        List<Name> columns = new ArrayList<>();
        do {
            columns.add(tokens.name("a column's name"));
        } while (tokens.accept(","));
        tokens.expect(")");
        return columns;
    }

    private List<Statement.Assignment> assignments() {
        tokens.expect("set");
        List<Statement.Assignment> assignments = new ArrayList<>();
        do {
            if (tokens.is("(")) {
                throw unsupported("SET (columns) = …", "assign each column by itself");
            }
            Name column = tokens.name("a column's name");
            tokens.expect("=");
            boolean initial = tokens.is("default");
            SourceText value = part(AFTER_VALUE, "an expression");
            assignments.add(new Statement.Assignment(column, initial ? Optional.empty() : Optional.of(value)));
        } while (tokens.accept(","));
        return assignments;
    }

    private Optional<SourceText> condition() {
        if (!tokens.accept("where")) {
            return Optional.empty();
        }
        if (tokens.is("current")) {
            throw unsupported("WHERE CURRENT OF", "name the row by its key");
        }
        return Optional.of(part(AFTER_CONDITION, "a condition"));
    }

    private Optional<SourceText> returning() {
        if (!tokens.accept("returning")) {
            return Optional.empty();
        }
        int from = tokens.token().offset();
        if (tokens.is("distinct") || tokens.is("all")) {
            throw tokens.unexpected("an expression");
        }
        do {
            part(AFTER_RETURNED, "an expression");
        } while (tokens.accept(","));
        return Optional.of(source.part("SELECT ", from, tokens.previousEnd()));
    }

    private SourceText part(Set<String> after, String what) {
        int from = tokens.token().offset();
        tokens.skipTo(after);
        if (tokens.token().offset() == from) {
            throw tokens.unexpected(what);
        }
        return source.part(from, tokens.previousEnd());
    }

    private static Set<String> with(Set<String> words, String more) {
        Set<String> all = new HashSet<>(words);
        all.add(more);
        return Set.copyOf(all);
    }

    private MillraceException unsupported(String what, String instead) {
        return source.errorAt(
                ErrorCode.UNSUPPORTED_SQL,
                what + " is not supported yet; " + instead,
                tokens.token().offset());
    }
}
