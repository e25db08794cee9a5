package dev.millrace.bench.harness;

import java.time.Duration;

/** How long a benchmark may take. */
public enum Effort {
    /** Ends within two minutes, with fewer rounds where the machine is slow; shows the order of magnitude. */
    QUICK(2, 3, Duration.ofSeconds(20)),

    /** Enough rounds for a median to be believed. */
    FULL(3, 9, Duration.ofHours(1));

    private final int warmUps;
    private final int rounds;
    private final Duration limit;

    Effort(int warmUps, int rounds, Duration limit) {
        this.warmUps = warmUps;
        this.rounds = rounds;
        this.limit = limit;
    }

    /** How many rounds of a match are played before any counts. */
    public int warmUps() {
        return warmUps;
    }

    /** How many rounds of a match count. */
    public int rounds() {
        return rounds;
    }

    /** After this much time a match ends with the rounds it has, if it has one that counts. */
    public Duration limit() {
        return limit;
    }
}
