/**
 * The circuit: tables that changes enter by, one operator for each different sub-plan of all installed queries, and views that hold their results.
 *
 * <p>A step takes what was staged in the tables through the operators that it reaches, in topological order, to the views. All of this belongs to
 * one thread; nothing here locks or waits.
 */
@NullMarked
package dev.millrace.dataflow.circuit;

import org.jspecify.annotations.NullMarked;
