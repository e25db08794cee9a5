/**
 * sqllogictest, SQLite's collection of SQL scripts with expected results, over live queries. A {@link dev.millrace.testkit.slt.SltScript} is text; a
 * {@link dev.millrace.testkit.slt.SltRun} carries its statements out in a Postgres, makes each of its queries live and puts every result beside what the script expects;
 * an {@link dev.millrace.testkit.slt.SltTally} says what came of it.
 */
@NullMarked
package dev.millrace.testkit.slt;

import org.jspecify.annotations.NullMarked;
