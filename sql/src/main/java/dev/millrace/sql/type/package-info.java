/**
 * Postgres's types in the planner's terms: which result type an operation has, and how both sides' types translate.
 */
@NullMarked
package dev.millrace.sql.type;

import org.jspecify.annotations.NullMarked;
