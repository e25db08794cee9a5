/**
 * Grouping and the aggregate functions. {@link dev.millrace.dataflow.aggregate.Groups} finds the group of each row of a batch, and an {@link
 * dev.millrace.dataflow.aggregate.Accumulator} takes the whole batch's values of one column into columns of the groups' store, from which it can also
 * retract them. Results are Postgres's and do not depend on the order in which values came and went.
 *
 * <p>Nothing here knows circuits or steps; the operators in the package above do.
 */
@NullMarked
package dev.millrace.dataflow.aggregate;

import org.jspecify.annotations.NullMarked;
