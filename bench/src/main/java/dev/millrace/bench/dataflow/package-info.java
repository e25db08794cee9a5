/**
 * The {@code dataflow} benchmark: what the dataflow core is promised to do, beside Flink SQL, loops written by hand, and the promised
 * numbers themselves. Each {@link dev.millrace.bench.contest.Workload} makes its rows, lets the contestants take turns at them, and
 * sees to it that they come to the same result.
 */
@NullMarked
package dev.millrace.bench.dataflow;

import org.jspecify.annotations.NullMarked;
