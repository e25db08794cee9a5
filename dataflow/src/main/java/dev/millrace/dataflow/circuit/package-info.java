/**
 * The circuit: tables and streams that changes enter by, one operator for each different sub-plan of all installed queries
 * (filters and projections in a row being one), and views that hold their results.
 *
 * <p>A step takes what was staged through the operators that it reaches, in topological order, to the views. All of this belongs to
 * one thread; nothing here locks or waits.
 */
@NullMarked
package dev.millrace.dataflow.circuit;

import org.jspecify.annotations.NullMarked;
