package dev.millrace.testkit.oracle;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/** Tables, what happens to them, and queries over them: all that one trial needs. */
record World(long seed, List<Table> tables, List<Transaction> history, List<Case> cases) {
    private static final int TRIES = 200;

    World {
        tables = List.copyOf(tables);
        history = List.copyOf(history);
        cases = List.copyOf(cases);
    }

    /**
     * The world of a seed.
     *
     * @param only features of which each query has at least one, and no other; empty for all
     */
    static World of(long seed, int queries, int transactions, Set<Feature> only) {
        Random random = new Random(seed);
        Dice dice = new Dice(random, EnumSet.noneOf(Feature.class), false);
        List<Table> tables = new ArrayList<>();
        for (int i = 1, count = dice.between(1, 4); i <= count; i++) {
            tables.add(Table.random(i, dice));
        }
        List<Transaction> history = new HistoryGrammar(dice, tables).history(transactions);
        List<Case> cases = new ArrayList<>();
        while (cases.size() < queries) {
            Made made = random(random, tables, only);
            // What is equal but for its arguments shares a circuit.
            for (List<String> arguments : made.arguments) {
                int from = dice.percent(60) ? 0 : dice.below(transactions / 3);
                int again = dice.percent(15) ? from + dice.between(1, transactions - from - 1) : -1;
                cases.add(new Case(made.query, made.features, from, again, dice.percent(20), arguments));
            }
        }
        return new World(seed, tables, history, cases);
    }

    /**
     * A query.
     *
     * @param arguments for each time that it is made live, the values of its parameters
     */
    private record Made(Query query, Set<Feature> features, List<List<String>> arguments) {}

    private static Made random(Random random, List<Table> tables, Set<Feature> only) {
        Set<Feature> allowed = only.isEmpty() ? Feature.usual() : only;
        for (int i = 0; ; i++) {
            Dice dice = new Dice(random, allowed, !only.isEmpty());
            Grammar grammar = new Grammar(dice, tables);
            Query query = grammar.queries.whole();
            if (only.isEmpty() || i == TRIES || !Collections.disjoint(dice.used(), only)) {
                return new Made(query, dice.used(), grammar.parameters.arguments());
            }
        }
    }

    World with(List<Transaction> changed, List<Case> fewer) {
        return new World(seed, tables, changed, fewer);
    }

    /** Without the tables that the only query does not read. */
    World withoutUnread() {
        Set<String> words = new HashSet<>(List.of(cases.getFirst().sql().split("\\W+", -1)));
        List<Table> read =
                tables.stream().filter(table -> words.contains(table.name())).toList();
        List<Transaction> left = history.stream()
                .map(transaction -> new Transaction(
                        transaction.statements().stream()
                                .filter(statement -> read.stream()
                                        .anyMatch(table -> List.of(
                                                        statement.toString().split(" ", -1))
                                                .contains(table.name())))
                                .toList(),
                        transaction.commit()))
                .toList();
        return new World(seed, read, left, cases);
    }

    String definition() {
        return Type.DEFINITIONS + tables.stream().map(Table::definition).collect(Collectors.joining("\n"));
    }
}
