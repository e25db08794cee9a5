package dev.millrace.testkit.oracle;

import java.util.List;

/** Random WITH RECURSIVE queries that end: over a finite set of values, or to a bounded depth. */
final class RecursionGrammar {
    private final Grammar grammar;
    private final Dice dice;

    RecursionGrammar(Grammar grammar) {
        this.grammar = grammar;
        this.dice = grammar.dice;
    }

    /** @param names its columns in parentheses, or nothing */
    record Definition(String name, String names, Query query) {}

    Definition definition() {
        String name = dice.name("w");
        Table table = dice.one(grammar.tables);
        List<String> numbers = table.columns().stream()
                .filter(column -> column.type() == Type.INT4)
                .map(Column::name)
                .toList();
        String from = dice.one(numbers);
        String to = dice.one(numbers);
        Column x = new Column(dice.name("c"), Type.INT4, 2048, true);
        Column y = new Column(dice.name("c"), Type.INT4, 2048, true);
        Sql base = Sql.sequence(
                "SELECT", from, ",", to, "FROM", table.name(), Sql.clause("WHERE", from, ">", dice.one("0", "2")));
        String filter = dice.one("", "AND r." + x.name() + " <> t." + to);
        Sql body = dice.percent(60)
                ? Sql.sequence(
                        base,
                        "UNION SELECT r." + x.name(),
                        ", t." + to,
                        "FROM",
                        name,
                        "r JOIN",
                        table.name(),
                        "t ON r." + y.name(),
                        "=",
                        "t." + from,
                        filter)
                : Sql.sequence(
                        "SELECT",
                        from,
                        ", 0 FROM",
                        table.name(),
                        "UNION ALL SELECT t." + to,
                        ", r." + y.name() + " + 1 FROM",
                        name,
                        "r JOIN",
                        table.name(),
                        "t ON r." + x.name(),
                        "=",
                        "t." + from,
                        "WHERE r." + y.name(),
                        "<",
                        dice.one("1", "2"),
                        filter);
        return new Definition(name, "(" + x.name() + ", " + y.name() + ")", new Query(body, List.of(x, y)));
    }
}
