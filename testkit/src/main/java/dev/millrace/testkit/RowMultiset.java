package dev.millrace.testkit;

import dev.millrace.message.Change;
import dev.millrace.message.ResultRow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Rows and how often each is there, changed by what a subscriber is told. */
final class RowMultiset {
    private record Counted(ResultRow row, int count) {}

    private final Map<RowKey, Counted> rows;

    RowMultiset() {
        this(new HashMap<>());
    }

    private RowMultiset(Map<RowKey, Counted> rows) {
        this.rows = rows;
    }

    RowMultiset copy() {
        return new RowMultiset(new HashMap<>(rows));
    }

    /** @throws IllegalStateException if a row that goes was not there */
    void apply(List<Change> changes) {
        for (Change change : changes) {
            switch (change) {
                case Change.Insert(ResultRow row) -> add(row);
                case Change.Delete(ResultRow row) -> remove(row, "deleted");
                case Change.Update(ResultRow oldRow, ResultRow newRow) -> {
                    remove(oldRow, "updated");
                    add(newRow);
                }
            }
        }
    }

    List<ResultRow> toList() {
        List<ResultRow> list = new ArrayList<>();
        rows.values().forEach(counted -> list.addAll(Collections.nCopies(counted.count, counted.row)));
        return list;
    }

    private void add(ResultRow row) {
        RowKey key = RowKey.of(row);
        Counted known = rows.get(key);
        rows.put(key, new Counted(row, known == null ? 1 : known.count + 1));
    }

    private void remove(ResultRow row, String how) {
        RowKey key = RowKey.of(row);
        Counted known = rows.get(key);
        if (known == null) {
            throw new IllegalStateException("a row was " + how + " that is not in the result: " + row);
        }
        if (known.count == 1) {
            rows.remove(key);
        } else {
            rows.put(key, new Counted(known.row, known.count - 1));
        }
    }
}
