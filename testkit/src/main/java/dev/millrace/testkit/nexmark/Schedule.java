package dev.millrace.testkit.nexmark;

/** Of what kind an event is, and how many of each kind there were: of 50 events the first is a person, the next three are auctions, the others bids. */
final class Schedule {
    static final int PERSONS = 1;
    static final int AUCTIONS = 3;
    static final int BIDS = 46;
    static final int ALL = PERSONS + AUCTIONS + BIDS;

    private Schedule() {}

    static boolean isPerson(long n) {
        return n % ALL < PERSONS;
    }

    static boolean isAuction(long n) {
        return !isPerson(n) && n % ALL < PERSONS + AUCTIONS;
    }

    /** The number, from 0, of the last person up to and including event {@code n}. */
    static long lastPerson(long n) {
        return n / ALL * PERSONS + Math.min(n % ALL, PERSONS - 1);
    }

    /** The number, from 0, of the last auction up to and including event {@code n}; -1 if there was none yet. */
    static long lastAuction(long n) {
        return n / ALL * AUCTIONS + Math.clamp(n % ALL - PERSONS, -1, AUCTIONS - 1);
    }
}
