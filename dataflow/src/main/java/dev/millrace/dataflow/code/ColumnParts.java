package dev.millrace.dataflow.code;

import java.util.ArrayList;
import java.util.List;

/** Splits what is to be done for each of many columns, since HotSpot does not compile methods of more than 8000 bytes, and no class file has one of more than 65535. */
final class ColumnParts {
    /** What is done for one column takes up to 130 bytes. */
    private static final int COLUMNS = 40;

    private ColumnParts() {}

    static boolean areNeeded(int columns) {
        return columns > COLUMNS;
    }

    static <T> List<List<T>> of(List<T> columns) {
        List<List<T>> parts = new ArrayList<>();
        for (int from = 0; from < columns.size(); from += COLUMNS) {
            parts.add(columns.subList(from, Math.min(from + COLUMNS, columns.size())));
        }
        return parts;
    }
}
