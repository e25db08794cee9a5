/**
 * Values, their types, and rows as objects, which is what they are at the edge. A value is one of the plain Java classes named by {@link
 * dev.millrace.dataflow.row.DataType}. Equality and order of values are defined here; generated code has them for unboxed values, and is tested against this.
 */
@NullMarked
package dev.millrace.dataflow.row;

import org.jspecify.annotations.NullMarked;
