/**
 * The {@code circuit} benchmark: what one changed row costs where many queries, long partitions or recursion could make it expensive, and what it costs to join
 * those who watch already. Every number is beside the one that was promised, or beside the same with less around it, measured in the same run.
 */
@NullMarked
package dev.millrace.bench.circuit;

import org.jspecify.annotations.NullMarked;
