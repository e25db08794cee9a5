/**
 * Rows that make an expression fail: what is wrong with them, how often they are there, and how generated code goes on without them. Knows no operators.
 */
@NullMarked
package dev.millrace.dataflow.failure;

import org.jspecify.annotations.NullMarked;
