/**
 * How benchmarks measure. A {@link dev.millrace.bench.harness.Match} lets two contestants take turns on the same machine and compares
 * them round by round, so that what disturbs the machine disturbs both; a {@link dev.millrace.bench.harness.Report} shows what came
 * out. Knows nothing of what is measured.
 */
@NullMarked
package dev.millrace.bench.harness;

import org.jspecify.annotations.NullMarked;
