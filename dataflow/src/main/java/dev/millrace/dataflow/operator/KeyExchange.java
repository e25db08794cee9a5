package dev.millrace.dataflow.operator;

import dev.millrace.dataflow.code.RowHash;
import dev.millrace.dataflow.store.Batch;
import dev.millrace.dataflow.store.Parts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Gives each shard the entries whose key has a hash of the shard, in their order. Positions are copied, rows are not. Of a large change the entries are hashed and handed out in slices, side
 * by side.
 */
final class KeyExchange implements Exchange {
    private static final int SMALLEST_SLICE = 4096;
    /** Of two lines, since they are fetched by twos. */
    private static final int CACHE_LINE = 32;

    private final RowHash hash;
    private final Sharding sharding;
    /** For each part of a change and each shard what is handed out. */
    private final List<Batch[]> shareOf = new ArrayList<>();

    private final List<Slice> slices = new ArrayList<>();
    private int sliceCount;

    /** @param hash of the key */
    KeyExchange(RowHash hash, Sharding sharding) {
        this.hash = hash;
        this.sharding = sharding;
    }

    /** Some of the entries of a part, one after the other. */
    private final class Slice {
        private int part;
        private Batch change;
        private int from;
        private int count;
        private int[] positions = new int[0];
        private int[] hashes = new int[0];
        /** Where the next entry of each shard goes; before that, how many there are. Longer than a line of the caches, as another thread counts in another slice's. */
        private final int[] next = new int[Math.max(sharding.shards(), CACHE_LINE)];

        Slice(Batch change) {
            this.change = change;
        }

        void set(int partIndex, Batch entries, int first, int size) {
            part = partIndex;
            change = entries;
            from = first;
            count = size;
            if (positions.length < size) {
                positions = new int[Math.max(size, positions.length * 2)];
                hashes = new int[positions.length];
            }
        }

        void hash() {
            System.arraycopy(change.positions(), from, positions, 0, count);
            hash.hash(change.store(), positions, count, hashes);
            Arrays.fill(next, 0);
            for (int i = 0; i < count; i++) {
                next[sharding.shard(hashes[i])]++;
            }
        }

        void handOut() {
            Batch[] shares = shareOf.get(part);
            long[] weights = change.weights();
            for (int i = 0; i < count; i++) {
                int shard = sharding.shard(hashes[i]);
                int at = next[shard]++;
                shares[shard].positions()[at] = positions[i];
                shares[shard].weights()[at] = weights[from + i];
            }
        }
    }

    @Override
    public void split(Parts change, Workers workers, boolean large, Parts[] shares) {
        sliceCount = 0;
        for (int part = 0; part < change.count(); part++) {
            slice(part, change.part(part), large ? workers.threads() : 1);
        }
        if (large) {
            workers.run(sliceCount, i -> slices.get(i).hash());
        } else {
            for (int i = 0; i < sliceCount; i++) {
                slices.get(i).hash();
            }
        }
        makeRoom(change);
        if (large) {
            workers.run(sliceCount, i -> slices.get(i).handOut());
        } else {
            for (int i = 0; i < sliceCount; i++) {
                slices.get(i).handOut();
            }
        }
        for (int part = 0; part < change.count(); part++) {
            for (int shard = 0; shard < shares.length && !change.part(part).isEmpty(); shard++) {
                shares[shard].add(shareOf.get(part)[shard]);
            }
        }
    }

    private void slice(int part, Batch change, int most) {
        int size = change.size();
        int count = Math.clamp(size / SMALLEST_SLICE, 1, most);
        for (int i = 0; i < count && size > 0; i++) {
            if (sliceCount == slices.size()) {
                slices.add(new Slice(change));
            }
            int from = (int) ((long) size * i / count);
            int to = (int) ((long) size * (i + 1) / count);
            slices.get(sliceCount++).set(part, change, from, to - from);
        }
    }

    private void makeRoom(Parts change) {
        for (int part = shareOf.size(); part < change.count(); part++) {
            Batch[] shares = new Batch[sharding.shards()];
            Arrays.setAll(shares, shard -> new Batch(change.part(0).store()));
            shareOf.add(shares);
        }
        for (int part = 0; part < change.count(); part++) {
            for (Batch share : shareOf.get(part)) {
                share.reset(change.part(part).store());
            }
        }
        for (int i = 0; i < sliceCount; i++) {
            Slice slice = slices.get(i);
            Batch[] shares = shareOf.get(slice.part);
            for (int shard = 0; shard < shares.length; shard++) {
                int start = shares[shard].size();
                int end = start + slice.next[shard];
                shares[shard].reserve(end);
                shares[shard].size(end);
                slice.next[shard] = start;
            }
        }
    }
}
