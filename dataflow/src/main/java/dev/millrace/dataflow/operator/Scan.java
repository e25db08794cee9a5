package dev.millrace.dataflow.operator;

import dev.millrace.dataflow.index.KeyIndex;
import dev.millrace.dataflow.store.Batch;
import dev.millrace.dataflow.store.Store;

/** Enumerates the rows of a store. */
public final class Scan {
    private static final int BATCH = 4096;

    private Scan() {}

    /** Gives the rows of an index. */
    static void rows(Store store, KeyIndex index, BatchConsumer consumer) {
        Batch batch = new Batch(store);
        index.forEach(position -> {
            batch.append(position, store.weight(position));
            if (batch.size() == BATCH) {
                consumer.accept(batch);
                batch.reset(store);
            }
        });
        if (!batch.isEmpty()) {
            consumer.accept(batch);
        }
    }

    /** Gives all rows whose weight is positive. */
    public static void rows(Store store, BatchConsumer consumer) {
        Batch batch = new Batch(store);
        int limit = store.limit();
        for (int slot = store.nextLive(0); slot < limit; slot = store.nextLive(slot + 1)) {
            int position = store.position(slot);
            batch.append(position, Math.max(0, store.weight(position)));
            if (batch.size() == BATCH) {
                consumer.accept(batch);
                batch.reset(store);
            }
        }
        if (!batch.isEmpty()) {
            consumer.accept(batch);
        }
    }
}
