package dev.millrace.dataflow.circuit;

import dev.millrace.dataflow.zset.ZSet;

/** What a step did to a view's rows: consolidated, not empty, to be read only. */
public record ViewDelta(View view, ZSet delta) {}
