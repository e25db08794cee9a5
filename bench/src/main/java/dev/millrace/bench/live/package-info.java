/**
 * The contestant Millrace, as a user of the dataflow core would drive it: SQL text in, batches of columns through a circuit, on the
 * caller's thread.
 */
@NullMarked
package dev.millrace.bench.live;

import org.jspecify.annotations.NullMarked;
