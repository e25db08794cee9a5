/**
 * Columnar storage. A {@link dev.millrace.dataflow.store.Store} keeps rows of one layout in pages, each page one typed array per column; a row is a
 * <em>position</em> in it, an {@code int} that means nothing outside the store. A change is a {@link
 * dev.millrace.dataflow.store.Batch} of positions with weights. A store of what was computed for one step is filled and emptied as a whole, that of a state has rows that
 * come and go one by one.
 *
 * <p>Nothing here knows what a row is for. Code that works on the columns of many rows at once is generated, in the package above; what is here
 * reaches them one value at a time, or hands out their arrays.
 */
@NullMarked
package dev.millrace.dataflow.store;

import org.jspecify.annotations.NullMarked;
