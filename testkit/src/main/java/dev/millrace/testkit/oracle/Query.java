package dev.millrace.testkit.oracle;

import java.util.List;

/** A query with what its columns are. */
record Query(Sql sql, List<Column> columns) {}
