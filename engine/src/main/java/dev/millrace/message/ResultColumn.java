package dev.millrace.message;

import dev.millrace.dataflow.row.ColumnType;

/** A column of a result. */
public record ResultColumn(String name, ColumnType type, boolean nullable) {}
