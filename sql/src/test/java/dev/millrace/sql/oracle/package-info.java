/**
 * Postgres as the judge of results: the same tables stand in an embedded server and in a circuit, the same text runs in both, and
 * what comes out is compared as the engine's own values.
 */
@NullMarked
package dev.millrace.sql.oracle;

import org.jspecify.annotations.NullMarked;
