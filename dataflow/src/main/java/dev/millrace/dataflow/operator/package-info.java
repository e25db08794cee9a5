/**
 * The incremental operators: each takes the changes of its inputs and gives the change of its output, by the rule in its Javadoc. An operator
 * knows its own state and how to enumerate its inputs, not who reads it or when it runs; that is the circuit's.
 *
 * <p>Changes come in and go out as {@linkplain dev.millrace.dataflow.store.Batch batches}, which are not consolidated: identical rows may go and come in one. But an entry with a
 * negative weight is of a row that was there before the step, and one with a positive weight of a row that is there after it. So no weight falls below zero half
 * way through a batch, and no expression is evaluated for a row that was there neither before nor after the step. What is shown is consolidated by {@link
 * dev.millrace.dataflow.operator.Operators#output what shows it}.
 */
@NullMarked
package dev.millrace.dataflow.operator;

import org.jspecify.annotations.NullMarked;
