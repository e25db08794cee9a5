/**
 * Window functions: the rows of each partition in order, each with the values of its calls, and for each function the rule by which a change is followed.
 * {@link dev.millrace.dataflow.window.WindowRows} holds the rows, {@link dev.millrace.dataflow.window.PartitionChange} is what a step changed in one partition, and each {@link
 * dev.millrace.dataflow.window.Evaluator} gives the rows that it may affect their new values. It does not know of partition keys, nor of the circuit.
 */
@NullMarked
package dev.millrace.dataflow.window;

import org.jspecify.annotations.NullMarked;
