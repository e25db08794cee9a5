package dev.millrace.testkit.oracle;

import java.util.ArrayList;
import java.util.List;

/** Random SELECT … FROM … WHERE: plain, grouped or with window functions. */
final class SelectGrammar {
    private final Grammar grammar;
    private final Dice dice;

    SelectGrammar(Grammar grammar) {
        this.grammar = grammar;
        this.dice = grammar.dice;
    }

    /**
     * What a SELECT computes.
     *
     * @param tail what follows WHERE
     */
    record Body(List<Expression> items, Sql tail) {}

    /** @param wanted the types of the columns; any if empty */
    Query select(List<Expression> outer, List<Type> wanted, int depth) {
        SourceGrammar.Source source = grammar.sources.from(outer, depth);
        Scope scope = Scope.of(source.columns(), outer);
        Sql where =
                dice.percent(60) || !outer.isEmpty() ? Sql.clause("WHERE", condition(scope, depth)) : Sql.Words.NONE;
        Body body = body(scope, wanted, depth);
        boolean exact = body.items.stream().allMatch(Expression::exact);
        Sql distinct = exact && dice.uses(Feature.DISTINCT, 8) ? Sql.clause("DISTINCT") : Sql.Words.NONE;
        List<Column> columns = body.items.stream()
                .map(item -> new Column(dice.name("c"), item.type(), item.bound(), item.exact()))
                .toList();
        List<Sql> items = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            items.add(Sql.sequence(body.items.get(i).sql(), "AS", columns.get(i).name()));
        }
        Sql sql = Sql.phrase(
                Sql.Kind.QUERY, "SELECT", distinct, Sql.list(1, items), "FROM", source.sql(), where, body.tail);
        return new Query(sql, columns);
    }

    /** A sub-query is mostly tied to the query around it by an equality. */
    private Sql condition(Scope scope, int depth) {
        if (!scope.outer().isEmpty() && dice.uses(Feature.CORRELATED, 60)) {
            return grammar.conditions.joins(scope.here(), scope.outer(), scope);
        }
        return grammar.conditions.condition(scope, Math.min(depth, 2)).sql();
    }

    private Body body(Scope scope, List<Type> wanted, int depth) {
        if (dice.uses(Feature.AGGREGATE, 28)) {
            return grammar.groups.grouped(scope, wanted);
        }
        if (depth > 0 && dice.uses(Feature.WINDOW, 10)) {
            return new Body(grammar.windows.items(scope, wanted), Sql.Words.NONE);
        }
        return new Body(plain(scope, wanted, depth), Sql.Words.NONE);
    }

    private List<Expression> plain(Scope scope, List<Type> wanted, int depth) {
        List<Expression> items = new ArrayList<>();
        wanted.forEach(type -> items.add(grammar.values.value(type, scope, Math.min(depth, 2))));
        if (wanted.isEmpty()) {
            for (int more = dice.between(1, 4); more > 0; more--) {
                items.add(
                        dice.percent(40)
                                ? dice.one(scope.here())
                                : grammar.values.value(grammar.values.type(scope), scope, depth));
            }
            if (dice.uses(Feature.ROWS_IN_SELECT, 3)) {
                items.add(grammar.rows.item(scope));
            }
        }
        return items;
    }
}
