/**
 * Relational algebra in, dataflow plan out. What cannot be kept live exactly is refused here by its name.
 */
@NullMarked
package dev.millrace.sql.compile;

import org.jspecify.annotations.NullMarked;
