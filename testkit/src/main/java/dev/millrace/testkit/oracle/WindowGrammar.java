package dev.millrace.testkit.oracle;

import java.util.ArrayList;
import java.util.List;

/** Random window functions whose result is determined: where peers could be told apart, the order is by all columns. */
final class WindowGrammar {
    private static final List<String> BOUNDS_BEFORE =
            List.of("UNBOUNDED PRECEDING", "2 PRECEDING", "CURRENT ROW", "1 FOLLOWING");
    private static final List<String> BOUNDS_AFTER =
            List.of("UNBOUNDED FOLLOWING", "2 FOLLOWING", "CURRENT ROW", "1 PRECEDING");

    private final Grammar grammar;
    private final Dice dice;

    WindowGrammar(Grammar grammar) {
        this.grammar = grammar;
        this.dice = grammar.dice;
    }

    List<Expression> items(Scope scope, List<Type> wanted) {
        Scope own = new Scope(scope.here(), List.of(), List.of());
        List<Expression> calls = new ArrayList<>();
        // Two calls could tell copies of a row apart, each in an order of its own.
        calls.add(call(own));
        if (dice.percent(50)) {
            calls.add(ofPeers(own));
        }
        if (!wanted.isEmpty()) {
            List<Expression> visible = new ArrayList<>(scope.here());
            visible.addAll(calls);
            Scope above = new Scope(visible, scope.outer(), scope.outer());
            return wanted.stream().map(type -> grammar.values.leaf(type, above)).toList();
        }
        List<Expression> items = new ArrayList<>();
        for (int more = dice.between(1, 2); more > 0; more--) {
            items.add(dice.one(scope.here()));
        }
        items.addAll(calls);
        return items;
    }

    private Expression call(Scope own) {
        Expression argument =
                grammar.values.column(own, type -> true).orElseGet(() -> grammar.values.literal(Type.INT4));
        Type type = argument.type();
        return dice.make(
                () -> over(Expression.of(Type.INT8, 1e5, "row_number()"), total(own)),
                () -> over(Expression.of(Type.INT4, 1e5, "ntile(", dice.one("1", "2", "3"), ")"), total(own)),
                () -> ofPeers(own),
                () -> ofPeers(own),
                () -> over(
                        Expression.of(
                                type,
                                argument.bound(),
                                dice.one("lag", "lead") + "(",
                                argument.sql(),
                                Sql.clause(", 2"),
                                ")"),
                        total(own)),
                () -> over(
                        Expression.of(
                                type,
                                argument.bound(),
                                dice.one("first_value", "last_value") + "(",
                                argument.sql(),
                                ")"),
                        Sql.sequence(total(own), rowsFrame())),
                () -> over(
                        Expression.of(type, argument.bound(), "nth_value(", argument.sql(), ", 2)"),
                        Sql.sequence(total(own), rowsFrame())),
                () -> aggregate(own),
                () -> aggregate(own),
                () -> aggregate(own));
    }

    /** What is the same for all peers. */
    private Expression ofPeers(Scope own) {
        return dice.make(
                () -> over(Expression.of(Type.INT8, 1e5, dice.one("rank()", "dense_rank()")), partial(own)),
                () -> over(Expression.of(Type.FLOAT8, 1, dice.one("percent_rank()", "cume_dist()")), partial(own)));
    }

    private Expression aggregate(Scope own) {
        Expression argument = grammar.values
                .column(own, type -> Type.INTEGERS.contains(type) || type == Type.NUMERIC)
                .orElseGet(() -> grammar.values.literal(Type.INT4));
        Type summed = argument.type() == Type.INT8 || argument.type() == Type.NUMERIC ? Type.NUMERIC : Type.INT8;
        Expression call = dice.make(
                () -> Expression.of(Type.INT8, 1e5, "count(*)"),
                () -> Expression.of(summed, argument.bound() * 1e5, "sum(", argument.sql(), ")"),
                () -> Expression.of(Type.NUMERIC, argument.bound(), "avg(", argument.sql(), ")"),
                () -> Expression.of(
                        argument.type(), argument.bound(), dice.one("min", "max") + "(", argument.sql(), ")"));
        return dice.make(
                () -> over(call, partial(own)),
                () -> over(call, Sql.sequence(total(own), rowsFrame())),
                () -> over(call, Sql.sequence(partial(own), groupsFrame())),
                () -> over(call, rangeFrame(own)));
    }

    private Expression over(Expression call, Sql window) {
        return Expression.of(call.type(), call.bound(), call.sql(), "OVER (", window, ")");
    }

    private Sql partition(Scope own) {
        return dice.percent(60)
                ? grammar.values
                        .column(own, type -> true)
                        .<Sql>map(column -> Sql.clause("PARTITION BY", column.sql()))
                        .orElse(Sql.Words.NONE)
                : Sql.Words.NONE;
    }

    /** Rows that are peers in this order are equal. */
    private Sql total(Scope own) {
        List<Sql> keys = new ArrayList<>();
        own.here().forEach(column -> keys.add(Sql.sequence(column.sql(), direction())));
        return Sql.sequence(
                partition(own),
                "ORDER BY",
                new Sql.Series("", keys.size(), List.of(Sql.sequence(GroupGrammar.separated(keys)))));
    }

    private Sql partial(Scope own) {
        return grammar.values
                .column(own, type -> true)
                .<Sql>map(column -> Sql.sequence(partition(own), "ORDER BY", column.sql(), direction()))
                .orElse(Sql.Words.NONE);
    }

    private String direction() {
        return dice.one("", "", "DESC", "NULLS FIRST", "DESC NULLS LAST");
    }

    private Sql rowsFrame() {
        return dice.uses(Feature.FRAME, 70) ? frame("ROWS") : Sql.Words.NONE;
    }

    private Sql groupsFrame() {
        return dice.uses(Feature.FRAME, 90) ? frame(dice.one("GROUPS", "RANGE")) : Sql.Words.NONE;
    }

    private Sql frame(String unit) {
        String from = dice.one(BOUNDS_BEFORE);
        String to = dice.one(BOUNDS_AFTER);
        if (unit.equals("RANGE")) {
            from = dice.one("UNBOUNDED PRECEDING", "CURRENT ROW");
            to = dice.one("UNBOUNDED FOLLOWING", "CURRENT ROW");
        }
        // A frame may not start after the current row and end before it.
        if (from.endsWith("1 FOLLOWING") && !to.endsWith("FOLLOWING")) {
            to = "2 FOLLOWING";
        } else if (from.equals("CURRENT ROW") && to.endsWith("PRECEDING")) {
            to = "CURRENT ROW";
        }
        return Sql.clause(unit, "BETWEEN", from, "AND", to);
    }

    private Sql rangeFrame(Scope own) {
        return grammar.values
                .column(own, Type.INTEGERS::contains)
                .<Sql>map(column -> Sql.sequence(
                        partition(own),
                        "ORDER BY",
                        column.sql(),
                        dice.one("", "DESC"),
                        dice.uses(Feature.FRAME, 90)
                                ? Sql.clause(
                                        "RANGE BETWEEN",
                                        dice.one("1", "2"),
                                        "PRECEDING AND",
                                        dice.one("CURRENT ROW", "1 FOLLOWING"))
                                : Sql.Words.NONE))
                .orElseGet(() -> partial(own));
    }
}
