package dev.millrace.testkit.slt;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** When the data come, as the live query sees it. */
public enum SltMode {
    /** Into the running query: it is installed while the tables are empty, then their rows are inserted, in two halves. */
    VIEW_FIRST,
    /** Before the query is installed. */
    DATA_FIRST,
    /** Into the running query: all rows are inserted, half of them are deleted and come again. */
    CHURN;

    /** The mode of this name, as {@code view-first}. */
    public static Optional<SltMode> named(String name) {
        return Arrays.stream(values())
                .filter(mode -> mode.toString().equals(name))
                .findFirst();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
