package dev.millrace.testkit.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The parameters of one query, which stand where literals would: none unless they are allowed, and not where a query says them twice. */
final class Parameters {
    private static final int MOST = 3;
    private static final int BINDINGS = 3;

    private final Dice dice;
    private final List<Type> types = new ArrayList<>();
    private boolean allowed;

    Parameters(Dice dice) {
        this.dice = dice;
    }

    void allow() {
        allowed = true;
    }

    /** A new parameter of the type, or the literal. */
    String insteadOf(Type type, String literal) {
        if (!allowed || !type.hasCast() || types.size() == MOST || dice.percent(40)) {
            return literal;
        }
        types.add(type);
        return "$" + types.size() + "::" + type.sqlName();
    }

    /** Values for all of them, as texts, for as many bindings as the query is to have; one without values if there is no parameter. */
    List<List<String>> arguments() {
        return IntStream.range(0, types.isEmpty() ? 1 : dice.between(2, BINDINGS))
                .mapToObj(_ ->
                        types.stream().map(type -> dice.one(type.samples())).toList())
                .toList();
    }
}
