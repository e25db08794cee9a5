package dev.millrace.dataflow.circuit;

import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.row.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/** Random changes that are possible for tables as they are. */
public final class RandomChanges {
    private static final int MANY_ROWS = 7;

    private final Random random;
    private final RandomRows rows;

    public RandomChanges(Random random) {
        this.random = random;
        this.rows = new RandomRows(random);
    }

    /** Makes changes of these tables, and returns them. */
    public List<Change> apply(TestTables tables, int count) {
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Change change = next(tables);
            tables.apply(change);
            changes.add(change);
        }
        return changes;
    }

    private Change next(TestTables tables) {
        Plan.Table table = TestTables.ALL.get(random.nextInt(TestTables.ALL.size()));
        List<Row> present = tables.rows(table);
        if (tables.isStream(table)) {
            boolean again = !present.isEmpty() && random.nextInt(4) == 0;
            return new Change.Insert(table, again ? pick(present) : row(table));
        }
        int choice = random.nextInt(40);
        if (choice == 0) {
            return new Change.Truncate(table);
        }
        if (choice == 1) {
            List<Row> replacement = new ArrayList<>(present.subList(0, present.size() / 2));
            Row another = row(table);
            replacement.removeIf(row -> TestTables.isKeyed(table) && Objects.equals(another.get(0), row.get(0)));
            replacement.add(another);
            return new Change.ReplaceAll(table, replacement);
        }
        if (present.isEmpty() || (choice < 20 && present.size() < MANY_ROWS)) {
            boolean again = !present.isEmpty() && random.nextInt(4) == 0;
            return new Change.Insert(table, again ? pick(present) : row(table));
        }
        return choice < 30
                ? new Change.Delete(table, pick(present))
                : new Change.Update(table, pick(present), row(table));
    }

    private Row row(Plan.Table table) {
        Row row = rows.row(table.types());
        return TestTables.isKeyed(table) && row.get(0) == null ? row(table) : row;
    }

    private Row pick(List<Row> present) {
        return present.get(random.nextInt(present.size()));
    }
}
