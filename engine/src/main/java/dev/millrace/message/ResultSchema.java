package dev.millrace.message;

import java.util.List;
import java.util.Optional;

/**
 * The columns of a result, and what identifies a row in it.
 *
 * @param key the ordinals of the columns that no two rows agree in: none of them (an empty list) if there is never more than one row. If there is
 *     no key, equal rows can occur, and changes are inserts and deletes only
 */
public record ResultSchema(List<ResultColumn> columns, Optional<List<Integer>> key) {
    public ResultSchema {
        columns = List.copyOf(columns);
        key = key.map(List::copyOf);
    }

    /** The ordinal of the first column with this name, or -1. */
    public int indexOf(String name) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }
}
