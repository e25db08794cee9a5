/**
 * The {@code nexmark} benchmark: those queries of Nexmark that need neither event time nor processing time, at Millrace and Flink over the same events.
 * Not among them are q5, q7, q8, q11 and q12, whose windows are of such time, q6, which Flink refuses, and q10, which writes files.
 */
@NullMarked
package dev.millrace.bench.nexmark;

import org.jspecify.annotations.NullMarked;
