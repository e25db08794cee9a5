package dev.millrace.dataflow.operator;

import dev.millrace.dataflow.store.Batch;
import dev.millrace.dataflow.store.Parts;

/** How the change of one input is given to the shards. */
interface Exchange {
    /**
     * Adds to {@code shares[i]} what is the {@code i}th shard's of a change. It holds until the next call.
     *
     * @param workers who does it side by side, if the change is large
     */
    void split(Parts change, Workers workers, boolean large, Parts[] shares);

    /** Whether each shard has what is its own, and not any could give the whole. */
    default boolean isPartitioned() {
        return true;
    }

    /** As {@link #split}, of rows that came from no step but from an enumeration. */
    default void splitContents(Batch contents, Workers workers, Parts[] shares) {
        split(Parts.of(contents), workers, false, shares);
    }
}
