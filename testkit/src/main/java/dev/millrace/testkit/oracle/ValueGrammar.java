package dev.millrace.testkit.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Random values of a type. They never fail, whatever the rows: divisors are constants, and nothing grows out of its type. */
final class ValueGrammar {
    private static final int MAX_INT_FACTOR = 3;
    private final Grammar grammar;
    private final Dice dice;

    ValueGrammar(Grammar grammar) {
        this.grammar = grammar;
        this.dice = grammar.dice;
    }

    /** A type to make a value of: mostly one that a column has. */
    Type type(Scope scope) {
        List<Expression> exact = scope.here().stream().filter(Expression::exact).toList();
        return exact.isEmpty() || dice.percent(15)
                ? dice.one(List.of(Type.BOOL, Type.INT4, Type.INT8, Type.NUMERIC, Type.TEXT))
                : dice.one(exact).type();
    }

    /** A value that is determined to the last digit. */
    Expression value(Type type, Scope scope, int depth) {
        if (depth <= 0 || dice.percent(30)) {
            return leaf(type, scope);
        }
        return switch (type) {
            case BOOL -> grammar.conditions.condition(scope, depth);
            case INT2, INT4, INT8, NUMERIC, FLOAT4, FLOAT8 -> number(type, scope, depth);
            case TEXT -> text(scope, depth);
            case CHAR, BYTEA, ENUM, DOMAIN -> leaf(type, scope);
            case VARCHAR, UUID -> chosen(type, scope, depth);
            case DATE, TIMESTAMP, TIMESTAMPTZ, TIME, INTERVAL, JSONB, INT4_ARRAY, TEXT_ARRAY ->
                grammar.dialect.value(type, scope, depth).orElseGet(() -> chosen(type, scope, depth));
        };
    }

    /** A column of the type, if there is one, or a literal. */
    Expression leaf(Type type, Scope scope) {
        Predicate<Expression> fits = column -> column.type() == type && column.exact();
        List<Expression> here = scope.here().stream().filter(fits).toList();
        List<Expression> outer = scope.outer().stream().filter(fits).toList();
        if (!outer.isEmpty() && (here.isEmpty() || dice.percent(30)) && dice.uses(Feature.CORRELATED, 90)) {
            return dice.one(outer);
        }
        boolean constant = here.isEmpty() || dice.percent(type.hasCast() ? 15 : 0);
        return !constant ? dice.one(here) : type.hasCast() ? literal(type) : Expression.of(type, 0, type.simplest());
    }

    Expression literal(Type type) {
        if (dice.percent(6)) {
            return Expression.of(type, 0, type.simplest());
        }
        String literal = type.literal(dice.one(type.samples()));
        return Expression.of(type, type.isNumber() ? 2048 : 0, grammar.parameters.insteadOf(type, literal));
    }

    /** A column of one of these types from the query's own FROM, if there is one. */
    Optional<Expression> column(Scope scope, Predicate<Type> types) {
        List<Expression> fitting = scope.here().stream()
                .filter(column -> column.exact() && types.test(column.type()))
                .toList();
        return fitting.isEmpty() ? Optional.empty() : Optional.of(dice.one(fitting));
    }

    private Expression number(Type type, Scope scope, int depth) {
        return dice.make(
                () -> sum(type, scope, depth),
                () -> product(type, scope, depth),
                () -> sign(type, scope, depth),
                () -> numberFunction(type, scope, depth),
                () -> converted(type, scope, depth),
                () -> chosen(type, scope, depth));
    }

    private Expression sum(Type type, Scope scope, int depth) {
        Expression left = value(type, scope, depth - 1);
        Expression right = value(type, scope, depth - 1);
        return fitting(type, left.bound() + right.bound(), left, "(", left.sql(), dice.one("+", "-"), right.sql(), ")");
    }

    private Expression product(Type type, Scope scope, int depth) {
        Expression left = value(type, scope, depth - 1);
        String factor = String.valueOf(dice.between(2, MAX_INT_FACTOR));
        return switch (type) {
            case INT2 -> left;
            case INT4, INT8 ->
                dice.make(
                        () -> fitting(type, left.bound() * MAX_INT_FACTOR, left, "(", left.sql(), "*", factor, ")"),
                        () -> Expression.of(type, left.bound(), "(", left.sql(), dice.one("/", "%"), factor, ")"));
            case FLOAT4 -> left;
            case FLOAT8 ->
                fitting(type, left.bound() * 4, left, "(", left.sql(), dice.one("*", "/"), dice.one("2", "4"), ")");
            default ->
                dice.make(
                        () -> {
                            Expression right = value(type, scope, depth - 1);
                            return fitting(
                                    type, left.bound() * right.bound(), left, "(", left.sql(), "*", right.sql(), ")");
                        },
                        () -> Expression.of(
                                type, left.bound(), "round(", left.sql(), "/", dice.one("3", "7.5", "-2"), ", 4)"));
        };
    }

    private Expression sign(Type type, Scope scope, int depth) {
        Expression value = value(type, scope, depth - 1);
        return dice.percent(50)
                ? Expression.of(type, value.bound(), "(-", value.sql(), ")")
                : Expression.of(type, value.bound(), "abs(", value.sql(), ")");
    }

    private Expression numberFunction(Type type, Scope scope, int depth) {
        if (!dice.uses(Feature.FUNCTION, 80)) {
            return leaf(type, scope);
        }
        if (type == Type.INT4 || type == Type.NUMERIC) {
            Optional<Expression> own = dice.percent(30) ? grammar.dialect.value(type, scope, depth) : Optional.empty();
            if (own.isPresent()) {
                return own.get();
            }
        }
        if (type == Type.INT4) {
            Expression text = value(Type.TEXT, scope, depth - 1);
            return dice.percent(50)
                    ? Expression.of(type, 4096, dice.one("length", "char_length"), "(", text.sql(), ")")
                    : Expression.of(
                            type,
                            4096,
                            "strpos(",
                            text.sql(),
                            ", ",
                            leaf(Type.TEXT, scope).sql(),
                            ")");
        }
        if (type == Type.NUMERIC || type == Type.FLOAT8) {
            Expression value = value(type, scope, depth - 1);
            String function = dice.one("ceil", "floor", "round", "trunc");
            return type == Type.NUMERIC && dice.percent(40)
                    ? Expression.of(
                            type,
                            value.bound() + 10,
                            dice.one("round", "trunc") + "(",
                            value.sql(),
                            ",",
                            dice.one("1", "0", "-1"),
                            ")")
                    : Expression.of(type, value.bound() + 1, function + "(", value.sql(), ")");
        }
        return leaf(type, scope);
    }

    /** From a narrower type. */
    private Expression converted(Type type, Scope scope, int depth) {
        List<Type> narrower = switch (type) {
            case INT4 -> List.of(Type.INT2);
            case INT8 -> List.of(Type.INT4, Type.INT2);
            case NUMERIC -> List.of(Type.INT4, Type.INT8);
            case FLOAT8 -> List.of(Type.INT4, Type.FLOAT4);
            default -> List.of();
        };
        if (narrower.isEmpty() || !dice.uses(Feature.CAST, 80)) {
            return leaf(type, scope);
        }
        Expression value = value(dice.one(narrower), scope, depth - 1);
        if (value.bound() > type.greatest()) {
            return leaf(type, scope);
        }
        return dice.percent(50)
                ? Expression.of(type, value.bound(), "(", value.sql(), ")::" + type.sqlName())
                : Expression.of(type, value.bound(), "CAST(", value.sql(), "AS", type.sqlName(), ")");
    }

    private Expression text(Scope scope, int depth) {
        Expression text = value(Type.TEXT, scope, depth - 1);
        if (dice.percent(30)) {
            return chosen(Type.TEXT, scope, depth);
        }
        Optional<Expression> own = dice.percent(30) ? grammar.dialect.value(Type.TEXT, scope, depth) : Optional.empty();
        if (own.isPresent()) {
            return own.get();
        }
        if (dice.percent(30) && dice.uses(Feature.CAST, 80)) {
            Type type = dice.one(List.of(Type.INT4, Type.INT8, Type.BOOL, Type.DATE, Type.UUID, Type.VARCHAR));
            return Expression.of(
                    Type.TEXT, 0, "(", value(type, scope, depth - 1).sql(), ")::text");
        }
        if (!dice.uses(Feature.FUNCTION, 80)) {
            return Expression.of(
                    Type.TEXT, 0, "(", text.sql(), "||", leaf(Type.TEXT, scope).sql(), ")");
        }
        if (dice.uses(Feature.COLLATE, 10)) {
            return Expression.of(Type.TEXT, 0, "(", text.sql(), "COLLATE \"C\" )");
        }
        return dice.make(
                () -> Expression.of(Type.TEXT, 0, dice.one("upper", "lower", "trim") + "(", text.sql(), ")"),
                () -> Expression.of(
                        Type.TEXT,
                        0,
                        "substring(",
                        text.sql(),
                        "FROM",
                        dice.one("1", "2", "0"),
                        "FOR",
                        dice.one("1", "3"),
                        ")"),
                () -> Expression.of(Type.TEXT, 0, "replace(", text.sql(), ", 'e', 'ee')"),
                () -> Expression.of(
                        Type.TEXT,
                        0,
                        dice.one("\"left\"", "\"right\"") + "(",
                        text.sql(),
                        ",",
                        dice.one("2", "-1", "0"),
                        ")"));
    }

    /** CASE, coalesce, nullif, greatest, least or a sub-query, which take any type. */
    Expression chosen(Type type, Scope scope, int depth) {
        if (dice.uses(Feature.SCALAR_SUBQUERY, 15)) {
            return grammar.queries.scalar(type, scope, depth - 1);
        }
        Expression left = value(type, scope, depth - 1);
        Expression right = value(type, scope, depth - 1);
        double bound = Math.max(left.bound(), right.bound());
        if (dice.uses(Feature.CASE, 50)) {
            Expression condition = grammar.conditions.condition(scope, depth - 1);
            List<Object> parts = new ArrayList<>(List.of("CASE WHEN", condition.sql(), "THEN", left.sql()));
            parts.add(Sql.clause("ELSE", right.sql()));
            parts.add("END");
            return Expression.of(type, bound, parts.toArray());
        }
        if (type == Type.BOOL || !dice.uses(Feature.FUNCTION, 90)) {
            return left;
        }
        // Of equal floats and numerics Postgres takes the first, which shows only in their text.
        return Expression.of(
                type,
                bound,
                dice.one("coalesce", "nullif", "greatest", "least") + "(",
                left.sql(),
                ",",
                right.sql(),
                ")");
    }

    private static Expression fitting(Type type, double bound, Expression otherwise, Object... parts) {
        return bound < type.greatest() ? Expression.of(type, bound, parts) : otherwise;
    }
}
