package dev.millrace.dataflow.code;

/** The slots of a hash table, as generated code probes them. */
public interface HashSlots {
    /**
     * The slots in which a row with this hash is, if it is anywhere: as many as a power of two, probed from {@code hash & (length - 1)} on, around
     * the end, up to the first 0. A slot is the hash in the upper 32 bits and the row's position + 1 in the lower.
     */
    long[] slots(int hash);
}
