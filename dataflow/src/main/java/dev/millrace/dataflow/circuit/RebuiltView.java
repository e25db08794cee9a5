package dev.millrace.dataflow.circuit;

import dev.millrace.dataflow.zset.ZSet;

/**
 * A view whose result was computed anew.
 *
 * @param cause what an operator threw
 * @param differences what leads from the rows before the step to those after it, consolidated
 */
public record RebuiltView(View view, Throwable cause, ZSet differences) {}
