/**
 * What tests and demonstrations of Millrace stand on: a real Postgres ({@link dev.millrace.testkit.PostgresServer}), work for it to do
 * ({@link dev.millrace.testkit.ShopWorkload}, {@link dev.millrace.testkit.RandomWorkload}), its own answer at one exact place of its history
 * ({@link dev.millrace.testkit.SnapshotOracle}), what a subscriber was told ({@link dev.millrace.testkit.LiveHistory}) and whether the two agree
 * ({@link dev.millrace.testkit.ResultComparison}). It knows the engine's public types only, and no test framework.
 */
@NullMarked
package dev.millrace.testkit;

import org.jspecify.annotations.NullMarked;
