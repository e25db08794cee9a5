/**
 * The events of Nexmark, a benchmark of streams: people offer things in auctions, and others bid. Event {@code n} depends on {@code n} and the
 * {@link dev.millrace.testkit.nexmark.NexmarkConfig} alone, so every contestant can make the same events by itself, all or a part of them. Numbers, lists and
 * distributions are those of the generator of Apache Beam and of Nexmark for Flink.
 */
@NullMarked
package dev.millrace.testkit.nexmark;

import org.jspecify.annotations.NullMarked;
