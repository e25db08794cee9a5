/**
 * The functions and operators that queries can use, one file per family, each with Postgres's results.
 */
@NullMarked
package dev.millrace.sql.function;

import org.jspecify.annotations.NullMarked;
