/**
 * The contestant Apache Flink: SQL in a cluster within a process of its own, with one slot and its state on the heap. It is fed the
 * same rows as everybody from arrays in that process, by a source that costs it next to nothing, and its results are counted and
 * dropped.
 */
@NullMarked
package dev.millrace.bench.flink;

import org.jspecify.annotations.NullMarked;
