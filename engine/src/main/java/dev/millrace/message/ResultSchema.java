package dev.millrace.message;

import java.util.List;

/**
 * The columns of a result and the ordinals of those that identify a row in it; no key means that rows have no identity (there
 * may be equal ones) and that changes are inserts and deletes only.
 */
public record ResultSchema(List<ResultColumn> columns, List<Integer> key) {
    public ResultSchema {
        columns = List.copyOf(columns);
        key = List.copyOf(key);
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
