/**
 * Statements that change own tables, compiled: the queries and expressions in them are plans and expressions as those of any query are, and what is left to do is to evaluate them
 * once and to write rows. Compiling is a pure function of the statement and the catalog.
 */
@NullMarked
package dev.millrace.sql.statement;

import org.jspecify.annotations.NullMarked;
