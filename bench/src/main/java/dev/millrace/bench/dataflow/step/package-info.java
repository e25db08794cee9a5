/**
 * Steps of one row, where nanoseconds matter: measured by JMH, each benchmark in a process of its own.
 */
@NullMarked
package dev.millrace.bench.dataflow.step;

import org.jspecify.annotations.NullMarked;
