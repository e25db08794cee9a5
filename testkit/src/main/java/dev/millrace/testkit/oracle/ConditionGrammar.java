package dev.millrace.testkit.oracle;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Random conditions, true, false or unknown. */
final class ConditionGrammar {
    private static final List<String> COMPARISONS = List.of("=", "=", "=", "<>", "<", "<=", ">", ">=");
    private final Grammar grammar;
    private final Dice dice;

    ConditionGrammar(Grammar grammar) {
        this.grammar = grammar;
        this.dice = grammar.dice;
    }

    Expression condition(Scope scope, int depth) {
        if (depth <= 0) {
            return comparison(scope, 0);
        }
        return dice.make(
                () -> comparison(scope, depth),
                () -> comparison(scope, depth),
                () -> connected(scope, depth),
                () -> connected(scope, depth),
                () -> Expression.condition("(NOT", condition(scope, depth - 1).sql(), ")"),
                () -> missing(scope, depth),
                () -> threeValued(scope, depth),
                () -> inList(scope, depth),
                () -> between(scope, depth),
                () -> like(scope, depth),
                () -> subquery(scope, depth),
                () -> subquery(scope, depth),
                () -> rows(scope),
                () -> grammar.dialect.condition(scope, depth).orElseGet(() -> comparison(scope, depth)));
    }

    /** That two FROM items belong together: mostly an equality of two columns. */
    Sql joins(List<Expression> left, List<Expression> right, Scope scope) {
        Optional<Sql> equality = dice.percent(10) ? Optional.empty() : equality(left, right);
        Sql condition = equality.orElseGet(() -> condition(scope, 1).sql());
        if (equality.isPresent() && dice.percent(30)) {
            Sql second = dice.percent(50)
                    ? equality(left, right).orElse(condition)
                    : condition(scope, 1).sql();
            return Sql.phrase(Sql.Kind.value(Type.BOOL), condition, Sql.clause("AND", second));
        }
        return condition;
    }

    /** That some column of the one is equal to some column of the other, if there are such. */
    Optional<Sql> equality(List<Expression> left, List<Expression> right) {
        List<Sql> pairs = left.stream()
                .filter(Expression::exact)
                .flatMap(one -> right.stream()
                        .filter(Expression::exact)
                        .filter(other -> comparable(one.type(), other.type()))
                        .map(other -> equal(one, other)))
                .toList();
        return pairs.isEmpty() ? Optional.empty() : Optional.of(dice.one(pairs));
    }

    private Sql equal(Expression left, Expression right) {
        return Sql.phrase(
                Sql.Kind.value(Type.BOOL), left.sql(), dice.percent(92) ? "=" : "IS NOT DISTINCT FROM", right.sql());
    }

    private static boolean comparable(Type left, Type right) {
        return left == right
                || (left.isNumber() && right.isNumber() && !(left.isFloat() ^ right.isFloat()))
                || (left.isText() && right.isText());
    }

    private Expression comparison(Scope scope, int depth) {
        Type type = grammar.values.type(scope);
        Expression left = grammar.values.value(type, scope, depth - 1);
        Type other = type.isNumber() && dice.percent(20) ? dice.one(Type.NUMBERS) : type;
        Expression right =
                dice.percent(40) ? grammar.values.literal(other) : grammar.values.value(other, scope, depth - 1);
        return Expression.condition("(", left.sql(), dice.one(COMPARISONS), right.sql(), ")");
    }

    private Expression connected(Scope scope, int depth) {
        return Expression.condition(
                "(",
                condition(scope, depth - 1).sql(),
                dice.one("AND", "OR"),
                condition(scope, depth - 1).sql(),
                ")");
    }

    private Expression missing(Scope scope, int depth) {
        Expression value = grammar.values.value(grammar.values.type(scope), scope, depth - 1);
        return Expression.condition("(", value.sql(), dice.one("IS NULL", "IS NOT NULL"), ")");
    }

    private Expression threeValued(Scope scope, int depth) {
        if (!dice.uses(Feature.THREE_VALUED, 90)) {
            return comparison(scope, depth);
        }
        if (dice.percent(40)) {
            Type type = grammar.values.type(scope);
            return Expression.condition(
                    "(",
                    grammar.values.value(type, scope, depth - 1).sql(),
                    dice.one("IS DISTINCT FROM", "IS NOT DISTINCT FROM"),
                    grammar.values.value(type, scope, depth - 1).sql(),
                    ")");
        }
        return Expression.condition(
                "(",
                condition(scope, depth - 1).sql(),
                "IS",
                dice.one("TRUE", "NOT TRUE", "FALSE", "NOT FALSE", "UNKNOWN", "NOT UNKNOWN"),
                ")");
    }

    private Expression inList(Scope scope, int depth) {
        if (!dice.uses(Feature.IN_LIST, 90)) {
            return comparison(scope, depth);
        }
        Type type = grammar.values.type(scope);
        if (!type.hasCast()) {
            return comparison(scope, depth);
        }
        List<Sql> items = IntStream.range(0, dice.between(1, 3))
                .mapToObj(_ -> grammar.values.literal(type).sql())
                .toList();
        String in = dice.one("IN (", "NOT IN (", "= ANY (ARRAY[");
        return Expression.condition(
                "(",
                grammar.values.value(type, scope, depth - 1).sql(),
                in,
                Sql.list(1, items),
                in.endsWith("[") ? "]) )" : ") )");
    }

    private Expression between(Scope scope, int depth) {
        if (!dice.uses(Feature.BETWEEN, 90)) {
            return comparison(scope, depth);
        }
        Type type = grammar.values.type(scope);
        return Expression.condition(
                "(",
                grammar.values.value(type, scope, depth - 1).sql(),
                dice.one("BETWEEN", "NOT BETWEEN"),
                grammar.values.leaf(type, scope).sql(),
                "AND",
                grammar.values.leaf(type, scope).sql(),
                ")");
    }

    private Expression like(Scope scope, int depth) {
        if (!dice.uses(Feature.LIKE, 90)) {
            return comparison(scope, depth);
        }
        if (dice.uses(Feature.SIMILAR, 25)) {
            return Expression.condition(
                    "(",
                    grammar.values.value(Type.TEXT, scope, depth - 1).sql(),
                    dice.one("SIMILAR TO", "NOT SIMILAR TO"),
                    dice.one("'(r|b)%'", "'%e{2}%'", "'_+'", "'[^a-m]*'", "'(gr)?%n'", "''"),
                    ")");
        }
        return Expression.condition(
                "(",
                grammar.values.value(Type.TEXT, scope, depth - 1).sql(),
                dice.one("LIKE", "NOT LIKE", "ILIKE"),
                dice.one("'%e%'", "'_l%'", "'a\\%%'", "''", "'%'", "'B%e'"),
                ")");
    }

    private Expression rows(Scope scope) {
        if (!dice.uses(Feature.ROW_COMPARISON, 50)) {
            return comparison(scope, 1);
        }
        Type first = grammar.values.type(scope);
        Type second = grammar.values.type(scope);
        return Expression.condition(
                "(",
                "(",
                grammar.values.leaf(first, scope).sql(),
                ",",
                grammar.values.leaf(second, scope).sql(),
                ")",
                dice.one("=", "<>", "=", "<", "<=", ">", ">=", "IS DISTINCT FROM"),
                "(",
                grammar.values.leaf(first, scope).sql(),
                ",",
                grammar.values.leaf(second, scope).sql(),
                ")",
                ")");
    }

    private Expression subquery(Scope scope, int depth) {
        if (dice.uses(Feature.EXISTS, 40)) {
            Query query = grammar.queries.subquery(scope, List.of(), depth - 1);
            return Expression.condition(dice.one("EXISTS (", "NOT EXISTS ("), query.sql(), ")");
        }
        if (dice.uses(Feature.IN_SUBQUERY, 60)) {
            boolean pair = dice.uses(Feature.ROW_COMPARISON, 15);
            Type type = grammar.values.type(scope);
            Type second = grammar.values.type(scope);
            Query query = grammar.queries.subquery(scope, pair ? List.of(type, second) : List.of(type), depth - 1);
            Sql left = pair
                    ? Sql.sequence(
                            "(",
                            grammar.values.leaf(type, scope).sql(),
                            ",",
                            grammar.values.leaf(second, scope).sql(),
                            ")")
                    : grammar.values.leaf(type, scope).sql();
            return Expression.condition("(", left, dice.one("IN (", "NOT IN ("), query.sql(), ") )");
        }
        if (dice.uses(Feature.QUANTIFIED, 60)) {
            Type type = grammar.values.type(scope);
            Query query = grammar.queries.subquery(scope, List.of(type), depth - 1);
            return Expression.condition(
                    "(",
                    grammar.values.leaf(type, scope).sql(),
                    dice.one("=", "<>", "<", "<=", ">", ">="),
                    dice.one("ANY (", "ALL ("),
                    query.sql(),
                    ") )");
        }
        return comparison(scope, depth);
    }
}
