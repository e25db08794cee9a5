/**
 * The {@code follow} benchmark: how fast changes travel from a Postgres's write-ahead log into a live query, beside the least that
 * anybody can do, which is to read the same messages off a pgjdbc replication stream and throw them away. Both contestants are a
 * {@link dev.millrace.bench.follow.Follower} and are measured by the same code.
 */
@NullMarked
package dev.millrace.bench.follow;

import org.jspecify.annotations.NullMarked;
