/**
 * Indexes: they find rows of a {@link dev.millrace.dataflow.store.Store} by values of their columns, or in an order. An index holds positions only; several
 * stand over one store. What compares and hashes rows is given to them as {@linkplain dev.millrace.dataflow.code generated code}.
 */
@NullMarked
package dev.millrace.dataflow.index;

import org.jspecify.annotations.NullMarked;
