package dev.millrace.connector;

import dev.millrace.dataflow.row.Row;
import java.util.List;

/** All rows of a table at one position. */
public record TableContents(TableDefinition table, List<Row> rows) {}
