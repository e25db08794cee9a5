package dev.millrace.testkit.oracle;

import java.util.ArrayList;
import java.util.List;

/**
 * Queries that some rows make fail, in places that Postgres surely evaluates: the SELECT list over one table, whose failing value
 * nothing else hides, or there a scalar subquery, which is evaluated for the rows alone that the condition leaves.
 */
final class FailingGrammar {
    private final Grammar grammar;
    private final Dice dice;

    FailingGrammar(Grammar grammar) {
        this.grammar = grammar;
        this.dice = grammar.dice;
    }

    Query query() {
        Table table = dice.one(grammar.tables);
        String alias = dice.name("q");
        Scope scope = Scope.of(Column.of(alias, table.columns()), List.of());
        boolean asked = dice.uses(Feature.SCALAR_SUBQUERY, 40);
        Expression failing = asked ? subquery(alias) : failing(scope);
        List<Sql> items = new ArrayList<>();
        Column column = new Column(dice.name("c"), failing.type(), failing.bound(), true);
        Object condition = asked ? Sql.sequence("WHERE", alias + ".k", dice.one("< 3", "> 6", "= 5")) : Sql.Words.NONE;
        Object tail = Sql.Words.NONE;
        if (dice.uses(Feature.AGGREGATE, 30)) {
            items.add(Sql.sequence("sum(", failing.sql(), ") AS", column.name()));
            if (dice.uses(Feature.GROUP_BY, 60)) {
                tail = Sql.clause("GROUP BY", dice.one(scope.here()).sql());
            }
        } else {
            items.add(Sql.sequence(failing.sql(), "AS", column.name()));
            items.add(Sql.sequence(dice.one(scope.here()).sql(), "AS", dice.name("c")));
        }
        return new Query(
                Sql.phrase(Sql.Kind.QUERY, "SELECT", Sql.list(1, items), "FROM", table.name(), alias, condition, tail),
                List.of(column));
    }

    /** Of the rows with the same key, which are several in some tables. */
    private Expression subquery(String outer) {
        Table table = dice.one(grammar.tables);
        String alias = dice.name("q");
        Expression failing = failing(Scope.of(Column.of(alias, table.columns()), List.of()));
        Expression value = dice.make(
                () -> failing,
                () -> Expression.of(Type.INT8, 1e5, "sum(", failing.sql(), ")"),
                () -> grammar.values.leaf(Type.INT4, Scope.of(Column.of(alias, table.columns()), List.of())));
        String tie = alias + ".k = " + outer + ".k";
        return Expression.of(
                value.type(), value.bound(), "(SELECT", value.sql(), "FROM", table.name(), alias, "WHERE", tie, ")");
    }

    private Expression failing(Scope scope) {
        Expression number = grammar.values.leaf(Type.INT4, scope);
        Expression text = grammar.values.leaf(Type.TEXT, scope);
        return dice.make(
                () -> Expression.of(Type.INT4, 2048, "( 12 /", number.sql(), ")"),
                () -> Expression.of(Type.INT4, 2048, "( 7 % (", number.sql(), "- 2 ) )"),
                () -> Expression.of(Type.INT4, 2048, "( 200000000 *", number.sql(), ")"),
                () -> Expression.of(Type.INT2, 2048, "(", number.sql(), "* 3000 )::int2"),
                () -> Expression.of(Type.INT4, 2048, "(", text.sql(), ")::int4"),
                () -> Expression.of(Type.INT4, 2048, "CASE WHEN", number.sql(), "<> 0 THEN 12 /", number.sql(), "END"));
    }
}
