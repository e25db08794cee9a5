package dev.millrace.testkit.oracle;

import java.util.List;

/** Random aggregates whose result is determined by the rows, whatever their order, but for the last digits of floats. */
final class AggregateGrammar {
    /** More rows than any join of ours has. */
    private static final double ROWS = 1e5;

    private final Grammar grammar;
    private final Dice dice;

    AggregateGrammar(Grammar grammar) {
        this.grammar = grammar;
        this.dice = grammar.dice;
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
        if (dice.uses(Feature.ORDERED_SET, 6)) {
            return ofOrderedSet(own);
        }
        if (dice.uses(Feature.JSON_AGGREGATE, 6)) {
            return json(own);
        }
        if (dice.uses(Feature.STATISTICS, 4)) {
            return ofPairs(own);
        }
        if (dice.uses(Feature.BITS, 4)) {
            return bits(own);
        }
        if (dice.percent(3)) {
            Expression constant = grammar.values.literal(Type.INT4);
            return filtered(own, Expression.of(Type.INT4, constant.bound(), "any_value(", constant.sql(), ")"));
        }
        return switch (type) {
            case BOOL -> call(own, dice.one("bool_and", "bool_or", "every"), Type.BOOL, 0, true, argument);
            case UUID, BYTEA, CHAR, JSONB, INT4_ARRAY, TEXT_ARRAY, DOMAIN ->
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
            case INTERVAL -> dice.percent(50) ? extreme(own, argument) : ofIntervals(own, argument);
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

    /** Sums of intervals may be equal without being the same: a day and 24 hours. */
    private Expression ofIntervals(Scope own, Expression argument) {
        return call(own, dice.one("sum", "avg"), Type.INTERVAL, 0, false, argument);
    }

    /** A column of one of these types, whose equal values are the same, or a literal of the first. */
    private Expression determined(Scope own, List<Type> types) {
        return grammar.values.column(own, types::contains).orElseGet(() -> grammar.values.literal(types.getFirst()));
    }

    private Expression ofOrderedSet(Scope own) {
        String direction = dice.one("", "", "DESC");
        if (dice.percent(35)) {
            Expression number = determined(own, List.of(Type.INT4, Type.INT8, Type.NUMERIC, Type.INT2));
            Expression call = filtered(
                    own,
                    Expression.of(
                            Type.FLOAT8,
                            number.bound(),
                            "percentile_cont(",
                            dice.one("0.5", "0", "1", "0.25"),
                            ") WITHIN GROUP (ORDER BY",
                            number.sql(),
                            direction,
                            ")"));
            return new Expression(call.sql(), call.type(), call.bound(), false);
        }
        Expression value = determined(
                own, List.of(Type.INT4, Type.INT8, Type.INT2, Type.TEXT, Type.DATE, Type.TIMESTAMP, Type.ENUM));
        return filtered(
                own,
                Expression.of(
                        value.type(),
                        value.bound(),
                        dice.one("percentile_disc(0.5)", "percentile_disc(0.9)", "mode()", "mode()"),
                        "WITHIN GROUP (ORDER BY",
                        value.sql(),
                        direction,
                        ")"));
    }

    private Expression json(Scope own) {
        Expression value = determined(
                own, List.of(Type.INT4, Type.INT8, Type.TEXT, Type.BOOL, Type.DATE, Type.NUMERIC, Type.TIMESTAMP));
        Expression key = determined(own, List.of(Type.TEXT, Type.INT4));
        Sql order = Sql.sequence("ORDER BY", value.sql(), dice.one("", "DESC", "NULLS FIRST"));
        Sql pair = Sql.sequence(
                "coalesce(", key.sql(), "::text, '-' ),", value.sql(), "ORDER BY", key.sql(), ",", value.sql());
        return dice.make(
                () -> filtered(own, Expression.of(Type.JSONB, 0, "jsonb_agg(", value.sql(), order, ")")),
                () -> filtered(own, Expression.of(Type.JSONB, 0, "jsonb_object_agg(", pair, ")")),
                () -> text(own, "json_agg(", value.sql(), order, ")"),
                () -> text(own, "json_object_agg(", pair, ")"),
                () -> arrays(own));
    }

    private Expression text(Scope own, Object... call) {
        return Expression.of(
                Type.TEXT,
                0,
                "(",
                filtered(own, Expression.of(Type.TEXT, 0, call)).sql(),
                ")::text");
    }

    private Expression arrays(Scope own) {
        Expression value = determined(own, List.of(Type.INT4, Type.TEXT));
        Type type = value.type() == Type.INT4 ? Type.INT4_ARRAY : Type.TEXT_ARRAY;
        return filtered(
                own,
                Expression.of(type, 0, "array_agg(", value.sql(), "ORDER BY", value.sql(), dice.one("", "DESC"), ")"));
    }

    /** Their last digits depend on the order of the rows. */
    private Expression ofPairs(Scope own) {
        Expression y = determined(own, List.of(Type.INT4, Type.INT8, Type.NUMERIC));
        Expression x = determined(own, List.of(Type.INT4, Type.INT2, Type.NUMERIC));
        if (dice.percent(15)) {
            return filtered(own, Expression.of(Type.INT8, ROWS, "regr_count(", y.sql(), ",", x.sql(), ")"));
        }
        String function =
                dice.one("covar_pop", "covar_samp", "regr_avgx", "regr_avgy", "regr_sxx", "regr_syy", "regr_sxy");
        double bound = Math.max(1, y.bound()) * Math.max(1, x.bound()) * ROWS;
        Expression call = filtered(own, Expression.of(Type.FLOAT8, bound, function + "(", y.sql(), ",", x.sql(), ")"));
        return new Expression(call.sql(), call.type(), call.bound(), false);
    }

    private Expression bits(Scope own) {
        Expression value = determined(own, Type.INTEGERS);
        double bound = 2 * value.bound() + 1;
        return bound < value.type().greatest()
                ? call(own, dice.one("bit_and", "bit_or", "bit_xor"), value.type(), bound, true, value)
                : call(own, "count", Type.INT8, ROWS, true, value);
    }
}
