/**
 * TPC-H in a Postgres: its tables filled with the data of the specification, its 22 queries, and transactions of new and of deleted orders. Made for holding live results
 * against Postgres's own, and for measuring them; knows nothing of either.
 */
@NullMarked
package dev.millrace.testkit.tpch;

import org.jspecify.annotations.NullMarked;
