package dev.millrace.testkit.oracle;

import java.util.ArrayList;
import java.util.List;

/** Random FROM items: tables, WITH queries, derived tables, functions, and joins of those. */
final class SourceGrammar {
    private static final Sql FALSE = new Sql.Words("false");

    private final Grammar grammar;
    private final Dice dice;

    SourceGrammar(Grammar grammar) {
        this.grammar = grammar;
        this.dice = grammar.dice;
    }

    /** What stands in FROM, and the columns that it gives. */
    record Source(Sql sql, List<Expression> columns) {}

    Source from(List<Expression> outer, int depth) {
        Source source = item(depth);
        int joins = dice.percent(55) ? 0 : dice.percent(70) ? 1 : 2;
        for (int i = 0; i < joins && depth > 0; i++) {
            source = join(source, outer, depth);
        }
        return source;
    }

    private Source item(int depth) {
        if (depth > 1 && dice.uses(Feature.DERIVED_TABLE, 12)) {
            return derived("", grammar.queries.query(List.of(), List.of(), depth - 1));
        }
        if (depth > 0 && dice.uses(Feature.VALUES, 4)) {
            return values();
        }
        if (depth > 0 && dice.uses(Feature.TABLE_FUNCTION, 2)) {
            RowsGrammar.Call call = grammar.rows.call(new Scope(List.of(), List.of(), List.of()));
            return new Source(Sql.phrase(Sql.Kind.SOURCE, call.sql()), call.columns());
        }
        if (depth > 0 && dice.uses(Feature.NATURAL_JOIN, 5)) {
            return natural();
        }
        if (depth > 0 && dice.uses(Feature.USING, 6)) {
            return using();
        }
        return relation(dice.one(grammar.relations));
    }

    private Source relation(Grammar.Relation relation) {
        String alias = dice.name("q");
        return new Source(Sql.phrase(Sql.Kind.SOURCE, relation.name(), alias), Column.of(alias, relation.columns()));
    }

    private Source derived(String lateral, Query query) {
        String alias = dice.name("q");
        return new Source(
                Sql.phrase(Sql.Kind.SOURCE, lateral, "(", query.sql(), ")", alias), Column.of(alias, query.columns()));
    }

    private Source join(Source left, List<Expression> outer, int depth) {
        if (dice.uses(Feature.TABLE_FUNCTION, 8)) {
            return function(left, outer);
        }
        if (depth > 1 && dice.uses(Feature.LATERAL, 10)) {
            return lateral(left, outer, depth);
        }
        boolean self = dice.uses(Feature.SELF_JOIN, 10);
        Source right = self ? sameAs(left, depth) : item(depth);
        List<Expression> columns = both(left, right);
        if (dice.uses(Feature.CROSS_JOIN, 5)) {
            return new Source(Sql.phrase(Sql.Kind.SOURCE, left.sql(), "CROSS JOIN", right.sql()), columns);
        }
        String kind = "JOIN";
        if (dice.uses(Feature.LEFT_JOIN, 35)) {
            kind = "LEFT JOIN";
        } else if (dice.uses(Feature.RIGHT_JOIN, 20)) {
            kind = "RIGHT JOIN";
        } else if (dice.uses(Feature.FULL_JOIN, 30)) {
            kind = "FULL JOIN";
        } else {
            dice.note(Feature.INNER_JOIN);
        }
        Sql condition = kind.equals("FULL JOIN")
                ? grammar.conditions.equality(left.columns(), right.columns()).orElse(FALSE)
                : grammar.conditions.joins(left.columns(), right.columns(), Scope.of(columns, outer));
        return new Source(Sql.phrase(Sql.Kind.SOURCE, left.sql(), kind, right.sql(), "ON", condition), columns);
    }

    /** The table that the left side begins with once more. */
    private Source sameAs(Source left, int depth) {
        String first = left.sql().toString().split(" ", 2)[0];
        return grammar.relations.stream()
                .filter(relation -> relation.name().equals(first))
                .findFirst()
                .map(this::relation)
                .orElseGet(() -> item(depth));
    }

    private Source lateral(Source left, List<Expression> outer, int depth) {
        List<Expression> visible = new ArrayList<>(outer);
        visible.addAll(left.columns());
        Source right = derived("LATERAL", grammar.queries.query(visible, List.of(), depth - 1));
        Object[] joined = dice.one(List.of(
                new Object[] {left.sql(), "CROSS JOIN", right.sql()},
                new Object[] {left.sql(), "LEFT JOIN", right.sql(), "ON true"}));
        return new Source(Sql.phrase(Sql.Kind.SOURCE, joined), both(left, right));
    }

    private Source function(Source left, List<Expression> outer) {
        RowsGrammar.Call call = grammar.rows.call(Scope.of(left.columns(), outer));
        List<Expression> columns = new ArrayList<>(left.columns());
        columns.addAll(call.columns());
        Object[] joined = dice.one(List.of(
                new Object[] {left.sql(), "CROSS JOIN", call.sql()},
                new Object[] {left.sql(), "CROSS JOIN LATERAL", call.sql()},
                new Object[] {left.sql(), "LEFT JOIN", call.sql(), "ON true"}));
        return new Source(Sql.phrase(Sql.Kind.SOURCE, joined), columns);
    }

    private Source values() {
        String alias = dice.name("q");
        List<Type> types = List.of(Type.INT4, dice.one(List.of(Type.TEXT, Type.NUMERIC, Type.INT8)));
        List<Sql> rows = new ArrayList<>();
        for (int row = dice.between(1, 3); row > 0; row--) {
            rows.add(Sql.sequence(
                    "(",
                    grammar.values.literal(types.get(0)).sql(),
                    ",",
                    grammar.values.literal(types.get(1)).sql(),
                    ")"));
        }
        List<Column> columns = types.stream()
                .map(type -> new Column(dice.name("v"), type, type.isNumber() ? 2048 : 0, true))
                .toList();
        String names = "(" + columns.get(0).name() + ", " + columns.get(1).name() + ")";
        return new Source(
                Sql.phrase(Sql.Kind.SOURCE, "(VALUES", Sql.list(1, rows), ") AS", alias + names),
                Column.of(alias, columns));
    }

    private Source natural() {
        return merged("NATURAL", "");
    }

    private Source using() {
        return merged("", "USING (k)");
    }

    /** Two tables whose common columns are one, as a derived table, since what a merged column is called depends on what else there is. */
    private Source merged(String before, String after) {
        Table left = dice.one(grammar.tables);
        Table right = dice.one(grammar.tables);
        String kind = dice.one("JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN");
        Column key = left.columns().getFirst();
        Column column = new Column(dice.name("c"), key.type(), key.bound(), true);
        Column other = dice.one(right.columns());
        Column second = new Column(dice.name("c"), other.type(), other.bound(), true);
        Sql query = Sql.sequence(
                "SELECT k AS",
                column.name(),
                ", r." + other.name() + " AS",
                second.name(),
                "FROM",
                left.name(),
                "l",
                before,
                kind,
                right.name(),
                "r",
                after);
        return derived("", new Query(query, List.of(column, second)));
    }

    private static List<Expression> both(Source left, Source right) {
        List<Expression> columns = new ArrayList<>(left.columns());
        columns.addAll(right.columns());
        return columns;
    }
}
