/** What JMH generates from the benchmarks beside it when they are compiled, and runs in place of them. Nothing here is written by hand. */
@NullMarked
package dev.millrace.bench.dataflow.step.jmh_generated;

import org.jspecify.annotations.NullMarked;
