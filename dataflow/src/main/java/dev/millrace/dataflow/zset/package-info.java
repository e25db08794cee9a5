/**
 * Z-sets of row objects: multisets of rows whose weights may be negative, which is what a change is. This is the form that changes have for whoever reads results;
 * within the circuit they are {@linkplain dev.millrace.dataflow.store.Batch batches}. Rows here are told apart by {@link dev.millrace.dataflow.row.Row#identical}, so that a
 * change which only a reader sees (1.0 becoming 1.00) is a change.
 */
@NullMarked
package dev.millrace.dataflow.zset;

import org.jspecify.annotations.NullMarked;
