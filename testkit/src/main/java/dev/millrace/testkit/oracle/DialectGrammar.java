package dev.millrace.testkit.oracle;

import java.util.List;
import java.util.Optional;

/** Values and conditions by the operators of Postgres's own types: times, json, arrays, regular expressions. None fails, whatever the rows. */
final class DialectGrammar {
    private static final double GREATEST_ELEMENT = 5e8;
    private static final String[] ZONES = {"'Europe/Berlin'", "'America/New_York'", "'UTC'", "'+03:30'"};
    private static final String[] FIELDS = {"year", "month", "day", "hour", "minute", "dow", "doy"};
    private static final String[] UNITS = {"'year'", "'month'", "'day'", "'hour'", "'week'"};
    private static final String[] KEYS = {"'a'", "'b'", "'c'"};
    private static final String[] PATHS = {"'{a}'", "'{a,b}'", "'{b,1}'", "'{1}'"};
    private static final String[] PATTERNS = {"'^r'", "'e+'", "'^[a-c]*$'", "'(r|b).*e'", "'\\d'", "''"};
    private static final String[] PARTS = {"'{\"a\": 1}'", "'[1]'", "'{}'", "'{\"a\": {}}'", "'\"a\"'"};

    private final Grammar grammar;
    private final Dice dice;

    DialectGrammar(Grammar grammar) {
        this.grammar = grammar;
        this.dice = grammar.dice;
    }

    /** A value of the type, if there is an operator that makes one. */
    Optional<Expression> value(Type type, Scope scope, int depth) {
        return switch (type) {
            case DATE, TIMESTAMP, TIMESTAMPTZ, TIME, INTERVAL, NUMERIC ->
                dice.uses(Feature.TEMPORAL, 60) ? Optional.of(temporal(type, scope, depth)) : Optional.empty();
            case JSONB, TEXT -> dice.uses(Feature.JSON, 60) ? Optional.of(json(type, scope, depth)) : Optional.empty();
            case INT4, INT4_ARRAY, TEXT_ARRAY ->
                dice.uses(Feature.ARRAY, 60) ? Optional.of(array(type, scope, depth)) : Optional.empty();
            default -> Optional.empty();
        };
    }

    Optional<Expression> condition(Scope scope, int depth) {
        if (dice.uses(Feature.REGEX, 30)) {
            Sql text = sql(Type.TEXT, scope, depth);
            return condition(text, dice.one("~", "~*", "!~", "!~*"), dice.one(PATTERNS));
        }
        if (dice.uses(Feature.JSON, 40)) {
            Sql left = sql(Type.JSONB, scope, depth);
            return dice.make(
                    () -> condition(left, dice.one("@>", "<@"), dice.one(PARTS) + "::jsonb"),
                    () -> condition(left, "@>", leaf(Type.JSONB, scope)),
                    () -> condition(left, "?", dice.one(KEYS)),
                    () -> condition(left, dice.one("?|", "?&"), "ARRAY['a', 'b']"),
                    () -> condition(left, "->", dice.one(KEYS), "= '1'::jsonb"));
        }
        if (dice.uses(Feature.ARRAY, 70)) {
            Type type = dice.percent(50) ? Type.INT4_ARRAY : Type.TEXT_ARRAY;
            Type element = type == Type.INT4_ARRAY ? Type.INT4 : Type.TEXT;
            Sql array = sql(type, scope, depth);
            return dice.percent(50)
                    ? condition(array, dice.one("@>", "<@", "&&"), leaf(type, scope))
                    : condition(
                            leaf(element, scope),
                            dice.one("= ANY", "<> ALL", "< ANY", ">= ALL", "<> ANY"),
                            "(",
                            array,
                            ")");
        }
        return Optional.empty();
    }

    private static Optional<Expression> condition(Object... parts) {
        return Optional.of(Expression.condition("(", Sql.sequence(parts), ")"));
    }

    private Expression temporal(Type type, Scope scope, int depth) {
        Sql interval = sql(Type.INTERVAL, scope, depth);
        Sql timestamp = sql(Type.TIMESTAMP, scope, depth);
        Sql zoned = sql(Type.TIMESTAMPTZ, scope, depth);
        Sql date = sql(Type.DATE, scope, depth);
        Sql time = sql(Type.TIME, scope, depth);
        String sign = dice.one("+", "-");
        return switch (type) {
            case DATE -> dice.percent(60) ? of(type, date, sign, dice.one("1", "40")) : of(type, timestamp, "::date");
            case TIMESTAMP ->
                dice.make(
                        () -> of(type, timestamp, sign, interval),
                        () -> of(type, date, sign, interval),
                        () -> of(type, date, "+", time),
                        () -> of(type, zoned, "AT TIME ZONE", dice.one(ZONES)),
                        () -> of(type, date, "::timestamp"),
                        () -> of(type, "date_trunc(", dice.one(UNITS), ",", timestamp, ")"));
            case TIMESTAMPTZ ->
                dice.make(
                        () -> of(type, zoned, sign, interval),
                        () -> of(type, timestamp, "AT TIME ZONE", dice.one(ZONES)),
                        () -> of(type, "date_trunc(", dice.one(UNITS), ",", zoned, ")"));
            case TIME -> dice.percent(60) ? of(type, time, sign, interval) : of(type, timestamp, "::time");
            case INTERVAL ->
                dice.make(
                        () -> finite(type, timestamp, leaf(Type.TIMESTAMP, scope)),
                        () -> of(type, time, "-", leaf(Type.TIME, scope)),
                        () -> of(type, interval, sign, leaf(Type.INTERVAL, scope)),
                        () -> of(type, interval, "* 2"),
                        () -> of(type, "-", interval));
            default ->
                Expression.of(
                        Type.NUMERIC,
                        4096,
                        "CASE WHEN isfinite(",
                        timestamp,
                        ") THEN extract(",
                        dice.one(FIELDS),
                        "FROM",
                        timestamp,
                        ") END");
        };
    }

    /** The difference of infinite times is none. */
    private static Expression finite(Type type, Sql left, Sql right) {
        return of(type, "CASE WHEN isfinite(", left, ") AND isfinite(", right, ") THEN", left, "-", right, "END");
    }

    private Expression json(Type type, Scope scope, int depth) {
        Sql json = sql(Type.JSONB, scope, depth);
        if (type == Type.TEXT) {
            return dice.make(
                    () -> of(type, json, "->>", dice.one("'a'", "'b'", "0", "-1")),
                    () -> of(type, json, "#>>", dice.one(PATHS)),
                    () -> of(type, "jsonb_typeof(", json, ")"),
                    () -> of(type, json, "::text"));
        }
        return dice.make(
                () -> of(type, json, "->", dice.one("'a'", "'b'", "0", "-1")),
                () -> of(type, json, "#>", dice.one(PATHS)),
                () -> container(json, "||", "'[7]'::jsonb"),
                () -> container(json, "-", dice.one(KEYS)),
                () -> of(
                        type,
                        "to_jsonb(",
                        sql(dice.one(List.of(grammar.values.type(scope), Type.INT4)), scope, depth),
                        ")"));
    }

    /** What scalars have no result of. */
    private static Expression container(Sql json, String operator, String operand) {
        return of(
                Type.JSONB,
                "CASE WHEN jsonb_typeof(",
                json,
                ") IN ('object', 'array') THEN",
                json,
                operator,
                operand,
                "END");
    }

    private Expression array(Type type, Scope scope, int depth) {
        if (type == Type.INT4) {
            Sql array = sql(Type.INT4_ARRAY, scope, depth);
            return Expression.of(type, GREATEST_ELEMENT, "((", array, ")[", dice.one("1", "2", "0"), "])");
        }
        Type element = type == Type.INT4_ARRAY ? Type.INT4 : Type.TEXT;
        return dice.make(
                () -> of(type, sql(type, scope, depth), "||", leaf(type, scope)),
                () -> of(type, "ARRAY[", leaf(element, scope), ",", sql(element, scope, depth), "]"),
                () -> type == Type.TEXT_ARRAY
                        ? of(type, "string_to_array(", sql(Type.TEXT, scope, depth), ", 'e')")
                        : of(type, leaf(type, scope), "||", leaf(type, scope)));
    }

    private Sql sql(Type type, Scope scope, int depth) {
        return grammar.values.value(type, scope, depth - 1).sql();
    }

    private Sql leaf(Type type, Scope scope) {
        return grammar.values.leaf(type, scope).sql();
    }

    private static Expression of(Type type, Object... parts) {
        return Expression.of(type, type.isNumber() ? 4096 : 0, "(", Sql.sequence(parts), ")");
    }
}
