/**
 * Syntax tree in, optimised relational algebra out: name resolution, types, decorrelation, and the rules that bring a query to its canonical form.
 */
@NullMarked
package dev.millrace.sql.plan;

import org.jspecify.annotations.NullMarked;
