package dev.millrace.bench.flink;

/** Whether Flink gathers rows before it works on them. */
public enum MiniBatch {
    /** Each row by itself. */
    OFF,
    /** As many rows together as arrive together. */
    ON
}
