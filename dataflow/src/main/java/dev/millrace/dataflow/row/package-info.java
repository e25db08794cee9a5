/**
 * Rows, their layouts and their values. A value is one of the plain Java classes named by {@link dev.millrace.dataflow.row.DataType};
 * equality and order of values and rows are defined here and nowhere else.
 */
@NullMarked
package dev.millrace.dataflow.row;

import org.jspecify.annotations.NullMarked;
