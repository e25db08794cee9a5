/**
 * Benchmarks of queries: the contestants at a query, Millrace and Flink, and what sees to it that they come to the same result. A
 * {@link dev.millrace.bench.contest.Workload} is a part of a benchmark that can be run by itself.
 */
@NullMarked
package dev.millrace.bench.contest;

import org.jspecify.annotations.NullMarked;
