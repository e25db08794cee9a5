package dev.millrace.dataflow.circuit;

import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Three tables, and what should be in them: each change is made to the circuit's table and to a plain list. */
public final class TestTables {
    static final Plan.Table WIDE = new Plan.Table(
            "wide", List.of(DataType.INT4, DataType.TEXT, DataType.NUMERIC, DataType.FLOAT8, DataType.BOOL));
    static final Plan.Table NARROW = new Plan.Table("narrow", List.of(DataType.INT4, DataType.NUMERIC));
    static final Plan.Table KEYED = new Plan.Table("keyed", List.of(DataType.INT4, DataType.FLOAT8, DataType.TEXT));
    public static final List<Plan.Table> ALL = List.of(WIDE, NARROW, KEYED);

    private final Circuit circuit;
    private final Map<Plan.Table, StreamInput> streams = new HashMap<>();
    private final Map<String, List<Row>> contents = new TreeMap<>();

    public TestTables(Circuit circuit) {
        this(circuit, Set.of());
    }

    /** Of these tables, some are streams. */
    TestTables(Circuit circuit, Set<Plan.Table> streams) {
        this.circuit = circuit;
        for (Plan.Table table : ALL) {
            if (streams.contains(table)) {
                this.streams.put(table, circuit.createStream(table.id(), table.types()));
            } else {
                circuit.createTable(table.id(), table.types(), isKeyed(table) ? List.of(0) : List.of());
            }
            contents.put(table.id(), new ArrayList<>());
        }
    }

    static boolean isKeyed(Plan.Table table) {
        return table.equals(KEYED);
    }

    boolean isStream(Plan.Table table) {
        return streams.containsKey(table);
    }

    List<Row> rows(Plan.Table table) {
        return contents.getOrDefault(table.id(), List.of());
    }

    public List<Row> evaluate(Plan plan) {
        return new ReferenceEvaluator(contents).evaluate(plan);
    }

    void apply(Change change) {
        StreamInput stream = streams.get(change.table());
        if (stream != null) {
            Row row = ((Change.Insert) change).row();
            stream.insert(row);
            rows(change.table()).add(row);
            return;
        }
        TableInput input = circuit.table(change.table().id());
        if (input == null) {
            throw new IllegalArgumentException("no table " + change.table());
        }
        List<Row> rows = rows(change.table());
        boolean keyed = isKeyed(change.table());
        switch (change) {
            case Change.Insert insert -> {
                input.insert(insert.row());
                rows.removeIf(row -> keyed && keyOf(row).equals(keyOf(insert.row())));
                rows.add(insert.row());
            }
            case Change.Update update -> {
                input.update(keyed ? keyOf(update.oldRow()) : update.oldRow(), update.row());
                remove(rows, update.oldRow());
                rows.removeIf(row -> keyed && keyOf(row).equals(keyOf(update.row())));
                rows.add(update.row());
            }
            case Change.Delete delete -> {
                input.delete(keyed ? keyOf(delete.row()) : delete.row());
                remove(rows, delete.row());
            }
            case Change.ReplaceAll replace -> {
                input.replaceAll(replace.rows());
                rows.clear();
                rows.addAll(replace.rows());
            }
            case Change.Truncate truncate -> {
                input.truncate();
                rows.clear();
            }
        }
    }

    private static Row keyOf(Row row) {
        return row.project(new int[] {0});
    }

    private static void remove(List<Row> rows, Row removed) {
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).toString().equals(removed.toString())) {
                rows.remove(i);
                return;
            }
        }
        throw new IllegalStateException("the test removes a row that is not there: " + removed);
    }
}
