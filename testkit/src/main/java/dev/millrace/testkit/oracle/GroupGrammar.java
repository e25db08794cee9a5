package dev.millrace.testkit.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Random groupings: keys, aggregates, HAVING, and what is computed of them. */
final class GroupGrammar {
    private final Grammar grammar;
    private final Dice dice;

    GroupGrammar(Grammar grammar) {
        this.grammar = grammar;
        this.dice = grammar.dice;
    }

    SelectGrammar.Body grouped(Scope scope, List<Type> wanted) {
        // An aggregate of outer columns alone would belong to the query around.
        Scope own = new Scope(scope.here(), List.of(), List.of());
        List<Expression> keys = new ArrayList<>();
        if (dice.uses(Feature.GROUP_BY, 75)) {
            for (int more = dice.between(1, 2); more > 0; more--) {
                key(own).ifPresent(keys::add);
            }
        }
        List<Expression> aggregates = new ArrayList<>();
        for (int more = dice.between(1, 3); more > 0; more--) {
            aggregates.add(grammar.aggregates.aggregate(own));
        }
        List<Object> tail = new ArrayList<>();
        if (!keys.isEmpty()) {
            tail.add("GROUP BY");
            tail.add(sets(keys, aggregates));
        }
        // What the query around has cannot be named beside a grouping.
        Scope above = Scope.grouped(keys, aggregates);
        if (dice.uses(Feature.HAVING, 30)) {
            tail.add(Sql.clause("HAVING", grammar.conditions.condition(above, 1).sql()));
        }
        return new SelectGrammar.Body(items(above, keys, aggregates, wanted), Sql.sequence(tail.toArray()));
    }

    private List<Expression> items(Scope above, List<Expression> keys, List<Expression> aggregates, List<Type> wanted) {
        List<Expression> items = new ArrayList<>();
        wanted.forEach(type -> items.add(grammar.values.value(type, above, 1)));
        if (wanted.isEmpty()) {
            items.addAll(keys);
            items.addAll(aggregates);
            if (dice.percent(30)) {
                items.add(grammar.values.value(grammar.values.type(above), above, 2));
            }
        }
        return items;
    }

    private Optional<Expression> key(Scope own) {
        // A char(n) as a key of grouping sets is shown without its blanks.
        return grammar.values.column(own, type -> type != Type.CHAR).map(column -> {
            if (dice.percent(75)) {
                return column;
            }
            return switch (column.type()) {
                case INT4, INT8 -> Expression.of(column.type(), 2048, "(", column.sql(), "% 2 )");
                case TEXT -> Expression.of(Type.TEXT, 0, "upper(", column.sql(), ")");
                default -> column;
            };
        });
    }

    private Sql sets(List<Expression> keys, List<Expression> aggregates) {
        List<Sql> list = keys.stream().map(Expression::sql).toList();
        if (!dice.uses(Feature.GROUPING_SETS, 15)) {
            // No series: what is computed of a key needs it here.
            return Sql.sequence(separated(list));
        }
        if (dice.percent(40)) {
            aggregates.add(
                    Expression.of(Type.INT4, 8, "GROUPING(", keys.getFirst().sql(), ")"));
        }
        Sql together = Sql.sequence(separated(list));
        return dice.make(
                () -> Sql.sequence("ROLLUP (", together, ")"),
                () -> Sql.sequence("CUBE (", together, ")"),
                () -> Sql.sequence("GROUPING SETS ((", together, "), (", list.getFirst(), "), ())"));
    }

    static Object[] separated(List<Sql> list) {
        List<Object> parts = new ArrayList<>();
        for (Sql item : list) {
            if (!parts.isEmpty()) {
                parts.add(",");
            }
            parts.add(item);
        }
        return parts.toArray();
    }
}
