/**
 * Expressions over one row, as data: equal expressions are equal objects, so that plans can be compared and shared. This
 * package says what an expression is and what its value is. It evaluates constants, and is what generated code, which evaluates everything else, is tested
 * against. Which functions exist is known above.
 */
@NullMarked
package dev.millrace.dataflow.expression;

import org.jspecify.annotations.NullMarked;
