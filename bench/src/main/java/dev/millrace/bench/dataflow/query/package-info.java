/** The queries of the {@code dataflow} benchmark, with their rows. */
@NullMarked
package dev.millrace.bench.dataflow.query;

import org.jspecify.annotations.NullMarked;
