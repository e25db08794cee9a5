package dev.millrace.testkit.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Random groupings: keys, aggregates, HAVING, and what is computed of them. */
final class GroupGrammar {
    /** More rows than any join of ours has. */
    private static final double ROWS = 1e5;

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
            aggregates.add(aggregate(own));
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

    /** An aggregate over one of the columns, or over an expression. */
    Expression aggregate(Scope own) {
        Type type = grammar.values.type(own);
        Expression argument = dice.percent(70)
                ? grammar.values.column(own, type::equals).orElseGet(() -> grammar.values.leaf(type, own))
                : grammar.values.value(type, own, 1);
        if (dice.percent(20)) {
            return filtered(own, Expression.of(Type.INT8, ROWS, "count(*)"));
        }
        return switch (type) {
            case BOOL -> call(own, dice.one("bool_and", "bool_or", "every"), Type.BOOL, 0, true, argument);
            case UUID, BYTEA, CHAR, JSONB, INT4_ARRAY, TEXT_ARRAY ->
                call(own, "count", Type.INT8, ROWS, true, argument);
            case INT2, INT4, INT8, FLOAT4, FLOAT8, NUMERIC ->
                dice.make(
                        () -> extreme(own, argument),
                        () -> call(own, "count", Type.INT8, ROWS, true, argument),
                        () -> sum(own, argument),
                        () -> sum(own, argument),
                        () -> average(own, argument));
            case TEXT -> dice.uses(Feature.ORDERED_AGGREGATE, 25) ? joined(own, argument) : extreme(own, argument);
            case VARCHAR -> call(own, "count", Type.INT8, ROWS, true, argument);
            default -> extreme(own, argument);
        };
    }

    private Expression extreme(Scope own, Expression argument) {
        return call(own, dice.one("min", "max"), argument.type(), argument.bound(), true, argument);
    }

    private Expression sum(Scope own, Expression argument) {
        Type type = switch (argument.type()) {
            case INT2, INT4 -> Type.INT8;
            case INT8 -> Type.NUMERIC;
            default -> argument.type();
        };
        double bound = argument.bound() * ROWS;
        return bound < type.greatest()
                ? call(own, "sum", type, bound, true, argument)
                : call(own, "count", Type.INT8, ROWS, true, argument);
    }

    private Expression average(Scope own, Expression argument) {
        boolean approximate = argument.type().isFloat();
        Type type = approximate ? Type.FLOAT8 : Type.NUMERIC;
        String function = dice.one("avg", "avg", "stddev_pop", "var_samp", "stddev", "var_pop");
        return call(own, function, type, argument.bound() * argument.bound(), !approximate, argument);
    }

    private Expression joined(Scope own, Expression argument) {
        Sql value = argument.sql();
        Expression text =
                Expression.of(Type.TEXT, 0, "string_agg(", value, ", '-' ORDER BY", value, dice.one("", "DESC"), ")");
        return filtered(own, text);
    }

    private Expression call(Scope own, String function, Type type, double bound, boolean exact, Expression argument) {
        Sql distinct = dice.uses(Feature.DISTINCT_AGGREGATE, 12) ? Sql.clause("DISTINCT") : Sql.Words.NONE;
        Expression call = filtered(own, Expression.of(type, bound, function + "(", distinct, argument.sql(), ")"));
        return new Expression(call.sql(), type, bound, exact);
    }

    private Expression filtered(Scope own, Expression call) {
        if (!dice.uses(Feature.FILTER, 12)) {
            return call;
        }
        Sql condition = grammar.conditions.condition(own, 0).sql();
        return Expression.of(call.type(), call.bound(), call.sql(), Sql.clause("FILTER (WHERE", condition, ")"));
    }
}
