package dev.millrace.dataflow.row;

/**
 * What a database orders texts by, where that is not their code points.
 *
 * @param deterministic whether only texts of the same code points are equal
 */
public record Collation(String name, boolean deterministic) {}
