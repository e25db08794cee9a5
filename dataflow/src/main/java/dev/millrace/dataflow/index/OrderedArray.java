package dev.millrace.dataflow.index;

import java.util.Arrays;

/**
 * A group of few entries, all of weight 1, in one array and without their prefixes:
 *
 * <pre>
 *   0      1                size
 *  +------+-------+- ... -+------+--------
 *  | size | first |       | last |  free
 *  +------+-------+- ... -+------+--------
 * </pre>
 */
final class OrderedArray {
    /** A group with more is a tree. */
    static final int MOST = 7;

    private static final int FIRST_LENGTH = 2;

    private OrderedArray() {}

    static int[] of(int position) {
        int[] group = new int[FIRST_LENGTH];
        group[0] = 1;
        group[1] = position;
        return group;
    }

    static int[] of(int[] positions, int size) {
        int[] group = new int[Math.max(FIRST_LENGTH, Integer.highestOneBit(size) << 1)];
        group[0] = size;
        System.arraycopy(positions, 0, group, 1, size);
        return group;
    }

    static int size(int[] group) {
        return group[0];
    }

    /** The element of the first entry that is not before what is looked for. */
    static int search(int[] group, OrderedProbe probe) {
        int from = 1;
        int to = group[0] + 1;
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (probe.compareTo(group[middle]) > 0) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return from;
    }

    /** Adds an entry that is not there to a group that has fewer than {@link #MOST}; gives the group, which may be another array. */
    static int[] add(int[] group, OrderedProbe probe) {
        int size = group[0];
        int index = search(group, probe);
        int[] grown = size + 1 < group.length ? group : Arrays.copyOf(group, group.length * 2);
        System.arraycopy(group, index, grown, index + 1, size + 1 - index);
        grown[index] = probe.position();
        grown[0] = size + 1;
        return grown;
    }

    /** Removes an entry that is there; gives the group, which may be another array. */
    static int[] remove(int[] group, OrderedProbe probe) {
        int index = require(group, probe);
        int size = group[0] - 1;
        int[] shrunk = size < group.length / 4 ? Arrays.copyOf(group, group.length / 2) : group;
        System.arraycopy(group, index + 1, shrunk, index, size + 1 - index);
        shrunk[0] = size;
        return shrunk;
    }

    /** The element of an entry that is there. */
    static int require(int[] group, OrderedProbe probe) {
        int index = search(group, probe);
        if (index > group[0] || group[index] != probe.position()) {
            throw new IllegalStateException("no entry of position " + probe.position());
        }
        return index;
    }
}
