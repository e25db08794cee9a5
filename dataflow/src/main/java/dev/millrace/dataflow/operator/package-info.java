/**
 * The incremental operators: each takes the changes of its inputs and gives the change of its output, by the rule in its Javadoc. An operator
 * knows its own state and how to enumerate its inputs, not who reads it or when it runs; that is the circuit's.
 *
 * <p>Changes come in and go out as Z-sets. What comes in is consolidated, so no row's weight ever becomes negative half way through a
 * batch, and what goes out may be not. An expression is never evaluated for a row that existed neither before nor after the step.
 */
@NullMarked
package dev.millrace.dataflow.operator;

import org.jspecify.annotations.NullMarked;
