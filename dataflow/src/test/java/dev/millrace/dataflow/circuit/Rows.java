package dev.millrace.dataflow.circuit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.millrace.dataflow.row.Row;
import dev.millrace.dataflow.zset.ZSet;
import java.util.Collection;
import java.util.List;

/** Compares multisets of rows by what a reader sees of them, scales and signs of zero included. */
public final class Rows {
    private Rows() {}

    public static void assertSame(Collection<Row> expected, Collection<Row> actual, Object context) {
        assertEquals(shown(expected), shown(actual), () -> String.valueOf(context));
    }

    static List<String> shown(Collection<Row> rows) {
        return rows.stream().map(Row::toString).sorted().toList();
    }

    static ZSet zset(Collection<Row> rows) {
        ZSet result = new ZSet();
        rows.forEach(row -> result.append(row, 1));
        return result;
    }

    /** Asserts that {@code before + delta = after}. */
    public static void assertLeads(Collection<Row> before, ZSet delta, Collection<Row> after, Object context) {
        ZSet difference = zset(before);
        difference.addAll(delta);
        difference.addAll(zset(after).negate());
        assertEquals("{}", difference.consolidate().toString(), () -> String.valueOf(context));
    }
}
