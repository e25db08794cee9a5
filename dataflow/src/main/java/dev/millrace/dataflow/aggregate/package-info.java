/**
 * The aggregate functions, as accumulators that can also be retracted from. Their results are Postgres's and do not depend on the order in
 * which values came and went.
 */
@NullMarked
package dev.millrace.dataflow.aggregate;

import org.jspecify.annotations.NullMarked;
