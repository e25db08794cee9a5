package dev.millrace.bench.harness;

/** One side of a {@link Match}. */
@FunctionalInterface
public interface Contestant {
    /**
     * Does the work once and measures it.
     *
     * @return a value for each metric of the match, in their order and units
     */
    double[] measure() throws Exception;
}
