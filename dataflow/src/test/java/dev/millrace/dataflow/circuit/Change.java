package dev.millrace.dataflow.circuit;

import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.row.Row;
import java.util.List;

/** A change of a test table. */
public sealed interface Change {
    Plan.Table table();

    record Insert(Plan.Table table, Row row) implements Change {}

    record Update(Plan.Table table, Row oldRow, Row row) implements Change {}

    record Delete(Plan.Table table, Row row) implements Change {}

    record ReplaceAll(Plan.Table table, List<Row> rows) implements Change {}

    record Truncate(Plan.Table table) implements Change {}
}
