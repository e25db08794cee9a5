/**
 * What a circuit is built from: relational plans as data. Equal plans are equal objects; the circuit holds one node for each,
 * however many queries use it. Columns are positions; names live above.
 */
@NullMarked
package dev.millrace.dataflow.plan;

import org.jspecify.annotations.NullMarked;
