/**
 * The contestant that sets the limit: loops over arrays, written by hand for one query each, that do exactly what an incremental
 * engine has to do and nothing else.
 */
@NullMarked
package dev.millrace.bench.dataflow.loop;

import org.jspecify.annotations.NullMarked;
