/**
 * Random queries over random tables, held against Postgres at every commit. A {@link dev.millrace.testkit.oracle.World} is a schema, a history
 * of transactions and queries, all made from one seed by small grammars; a {@link dev.millrace.testkit.oracle.Trial} runs it on a real server
 * and through a real Millrace; what differs is shrunk to the least that still does. The {@link dev.millrace.testkit.oracle.Oracle} repeats this.
 */
@NullMarked
package dev.millrace.testkit.oracle;

import org.jspecify.annotations.NullMarked;
