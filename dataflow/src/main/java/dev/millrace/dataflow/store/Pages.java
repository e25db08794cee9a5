package dev.millrace.dataflow.store;

/**
 * How rows are laid on pages: slot {@code s} is element {@code s & MASK} of page {@code s >>> SHIFT}. All pages have {@link #ROWS} elements but the first, which
 * starts small and doubles until it has, so that a store of a few rows is small. Since no array is ever larger, growth never stalls.
 */
public final class Pages {
    public static final int SHIFT = 12;
    public static final int ROWS = 1 << SHIFT;
    public static final int MASK = ROWS - 1;

    static final int FIRST_ROWS = 16;

    private Pages() {}

    /** The number of pages that hold so many rows. */
    static int count(int rows) {
        return (rows + MASK) >>> SHIFT;
    }
}
