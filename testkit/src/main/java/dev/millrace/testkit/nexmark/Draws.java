package dev.millrace.testkit.nexmark;

import java.util.List;
import java.util.SplittableRandom;

/** What one event leaves to chance. */
final class Draws {
    private static final int LETTERS = 26;
    private static final int SHORTEST = 3;
    /** One in so many characters is a space, or what stands for one. */
    private static final int SPACING = 13;

    private static final int PRICE_MAGNITUDES = 6;
    private static final int CENTS = 100;
    private static final double SPREAD = 0.2;

    private final SplittableRandom random;

    Draws(long seed, long event) {
        random = new SplittableRandom(mix(mix(seed) + event));
    }

    /** Takes neighbours far apart, by MurmurHash3's 64-bit finalizer: random numbers of seeds in a row would be the same ones, shifted. */
    private static long mix(long value) {
        long mixed = (value ^ value >>> 33) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ mixed >>> 33;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    long below(long bound) {
        return random.nextLong(bound);
    }

    /** All but one of this many times. */
    boolean mostly(int ratio) {
        return random.nextInt(ratio) > 0;
    }

    <T> T oneOf(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    /** From a dollar to a million, each order of magnitude as often as the others; in cents. */
    long price() {
        return Math.round(Math.pow(10, random.nextDouble() * PRICE_MAGNITUDES) * CENTS);
    }

    /** Some letters, among them {@code space}, at least three before blanks at the ends are taken off, and fewer than {@code bound}. */
    String words(int bound, char space) {
        int length = SHORTEST + random.nextInt(bound - SHORTEST);
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(random.nextInt(SPACING) == 0 ? space : letter());
        }
        return text.toString().strip();
    }

    /** Letters that bring what takes {@code size} bytes to {@code wanted}, give or take a fifth of what is missing; none if nothing is. */
    String filling(int size, int wanted) {
        int missing = wanted - size;
        if (missing <= 0) {
            return "";
        }
        int delta = (int) Math.round(missing * SPREAD);
        int length = missing - delta + (delta == 0 ? 0 : random.nextInt(2 * delta));
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(letter());
        }
        return text.toString();
    }

    private char letter() {
        return (char) ('a' + random.nextInt(LETTERS));
    }
}
