package dev.millrace.bench.harness;

import java.util.OptionalDouble;

/**
 * What is measured of a workload.
 *
 * @param workload what is done, and where several things are measured of it, which
 * @param goal what the comparison should reach, if anything was promised
 */
public record Metric(String workload, String unit, Comparison comparison, OptionalDouble goal) {}
