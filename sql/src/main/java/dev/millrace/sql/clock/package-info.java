/** Queries over {@code now()}: made live, when the clock is an input like any other, or given the time at which they are evaluated once. */
@NullMarked
package dev.millrace.sql.clock;

import org.jspecify.annotations.NullMarked;
