package dev.millrace.bench.harness;

import java.util.Locale;

/** How numbers are written for people. */
final class Numbers {
    private Numbers() {}

    /** From a thousand on without a fraction, in groups of three digits; else with three digits of a fraction. */
    static String show(double value) {
        return String.format(Locale.ROOT, Math.abs(value) >= 1000 ? "%,.0f" : "%.3f", value);
    }
}
