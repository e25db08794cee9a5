package dev.millrace.testkit.oracle;

import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;

/** The choices that make a query: seeded, and noting which features were chosen. */
final class Dice {
    private static final int EAGER = 50;

    private final Random random;
    private final Set<Feature> allowed;
    private final EnumSet<Feature> used = EnumSet.noneOf(Feature.class);
    private final boolean eager;
    private int names;

    /** @param eager whether what is allowed is chosen more often than not */
    Dice(Random random, Set<Feature> allowed, boolean eager) {
        this.random = random;
        this.allowed = allowed;
        this.eager = eager;
    }

    /** True with this probability. */
    boolean percent(int percent) {
        return random.nextInt(100) < percent;
    }

    /** Whether to use a feature; if so, this is noted. */
    boolean uses(Feature feature, int percent) {
        boolean chosen = allowed.contains(feature) && percent(eager ? Math.max(percent, EAGER) : percent);
        if (chosen) {
            used.add(feature);
        }
        return chosen;
    }

    /** Notes a feature that comes with another. */
    void note(Feature feature) {
        used.add(feature);
    }

    Set<Feature> used() {
        return EnumSet.copyOf(used);
    }

    /** From 0, below the bound. */
    int below(int bound) {
        return random.nextInt(bound);
    }

    /** Both included. */
    int between(int least, int greatest) {
        return random.nextInt(least, greatest + 1);
    }

    <T> T one(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    String one(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    @SafeVarargs
    final <T> T make(Supplier<T>... choices) {
        return choices[random.nextInt(choices.length)].get();
    }

    /** A name that no other thing of the query has. */
    String name(String prefix) {
        names++;
        return prefix + names;
    }
}
