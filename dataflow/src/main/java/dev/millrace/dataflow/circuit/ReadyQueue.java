package dev.millrace.dataflow.circuit;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The nodes that wait to run, least rank first and within a rank as they came. A step costs it the nodes that are reached and the greatest rank among them. */
final class ReadyQueue {
    private static final int INITIAL_RANKS = 16;

    private @Nullable Node[] first = new Node[INITIAL_RANKS];
    private @Nullable Node[] last = new Node[INITIAL_RANKS];
    private int lowest = INITIAL_RANKS;

    /** Adds a node that is not in it. */
    void add(Node node) {
        int rank = node.rank();
        if (rank >= first.length) {
            first = Arrays.copyOf(first, 2 * rank);
            last = Arrays.copyOf(last, 2 * rank);
        }
        Node before = last[rank];
        if (before == null) {
            first[rank] = node;
        } else {
            before.nextReady = node;
        }
        last[rank] = node;
        lowest = Math.min(lowest, rank);
    }

    /** Takes the next node, or null if there is none. */
    @Nullable
    Node poll() {
        while (lowest < first.length) {
            Node node = first[lowest];
            if (node != null) {
                first[lowest] = node.nextReady;
                if (node.nextReady == null) {
                    last[lowest] = null;
                }
                node.nextReady = null;
                return node;
            }
            lowest++;
        }
        return null;
    }
}
