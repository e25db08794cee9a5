/**
 * The {@code bench} command: which benchmarks there are, and how they are run and reported. Each benchmark lives in a package of its
 * own below and measures Millrace beside a peer, or beside the limit that something simpler sets, in the same run.
 */
@NullMarked
package dev.millrace.bench;

import org.jspecify.annotations.NullMarked;
