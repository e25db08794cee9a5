/**
 * Parameters as data. A plan with parameters becomes one plan for all of their values: a table of bindings, a row for each set of values that somebody watches, is joined where
 * the parameters select, and each row above says which binding it is for. Pure functions of plans; they know neither SQL's text nor the circuit.
 */
@NullMarked
package dev.millrace.sql.binding;

import org.jspecify.annotations.NullMarked;
