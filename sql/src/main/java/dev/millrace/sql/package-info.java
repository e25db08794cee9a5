/**
 * SQL text in, dataflow plan out: {@link dev.millrace.sql.SqlCompiler} is the way in. A query is either compiled with exactly
 * Postgres's meaning or refused with a code and a place; it is never approximated.
 */
@NullMarked
package dev.millrace.sql;

import org.jspecify.annotations.NullMarked;
