package dev.millrace.sql.parser;

import java.util.List;

/** What a statement calls a table, view or source: its name, before which its schema and source may stand. */
public record RelationName(List<String> path, int offset) {
    public RelationName {
        path = List.copyOf(path);
    }

    /** The name alone. */
    public String last() {
        return path.getLast();
    }

    @Override
    public String toString() {
        return String.join(".", path);
    }
}
