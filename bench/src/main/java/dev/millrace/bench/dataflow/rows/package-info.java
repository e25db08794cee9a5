/** The rows that all contestants of the {@code dataflow} benchmark are given: identical, made beforehand, in arrays of primitives. */
@NullMarked
package dev.millrace.bench.dataflow.rows;

import org.jspecify.annotations.NullMarked;
