/**
 * Expressions over one row, as data: equal expressions are equal objects, so that plans can be compared and shared. This
 * package says what an expression is and evaluates it; which functions exist is known above.
 */
@NullMarked
package dev.millrace.dataflow.expression;

import org.jspecify.annotations.NullMarked;
