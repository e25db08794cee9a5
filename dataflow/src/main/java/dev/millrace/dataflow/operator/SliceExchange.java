package dev.millrace.dataflow.operator;

import dev.millrace.dataflow.store.Batch;
import dev.millrace.dataflow.store.Parts;
import java.util.Arrays;

/** For an operator without state, whose shards can be given any entries: parts are left as they are, and one that is large is cut. */
final class SliceExchange implements Exchange {
    private final Batch[] slices;

    SliceExchange(Sharding sharding, Batch empty) {
        slices = new Batch[sharding.shards()];
        Arrays.setAll(slices, shard -> new Batch(empty.store()));
    }

    @Override
    public void split(Parts change, Workers workers, boolean large, Parts[] shares) {
        if (large && change.count() == 1) {
            cut(change.part(0), shares);
            return;
        }
        for (int part = 0; part < change.count(); part++) {
            shares[part % shares.length].add(change.part(part));
        }
    }

    @Override
    public boolean isPartitioned() {
        return false;
    }

    private void cut(Batch change, Parts[] shares) {
        for (int i = 0; i < slices.length; i++) {
            int from = (int) ((long) change.size() * i / slices.length);
            int count = (int) ((long) change.size() * (i + 1) / slices.length) - from;
            Batch slice = slices[i];
            slice.reset(change.store());
            slice.reserve(count);
            System.arraycopy(change.positions(), from, slice.positions(), 0, count);
            System.arraycopy(change.weights(), from, slice.weights(), 0, count);
            slice.size(count);
            shares[i].add(slice);
        }
    }
}
