/** What all contestants of a benchmark are given and asked: identical rows, made beforehand, in arrays, and a query over them. */
@NullMarked
package dev.millrace.bench.rows;

import org.jspecify.annotations.NullMarked;
