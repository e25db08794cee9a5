package dev.millrace.bench.harness;

/** How long a benchmark may take. */
public enum Effort {
    /** Ends within a minute; shows the order of magnitude. */
    QUICK(1, 3),

    /** Enough rounds for a median to be believed. */
    FULL(2, 9);

    private final int warmUps;
    private final int rounds;

    Effort(int warmUps, int rounds) {
        this.warmUps = warmUps;
        this.rounds = rounds;
    }

    /** How many rounds are played before any counts. */
    public int warmUps() {
        return warmUps;
    }

    /** How many rounds count. */
    public int rounds() {
        return rounds;
    }
}
