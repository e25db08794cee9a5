/**
 * Functions whose result is rows: what they compute, and as what the validator knows them. How they stand in a plan is decided by
 * the planner and the compiler.
 */
@NullMarked
package dev.millrace.sql.tablefunction;

import org.jspecify.annotations.NullMarked;
