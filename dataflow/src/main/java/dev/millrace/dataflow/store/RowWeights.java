package dev.millrace.dataflow.store;

import dev.millrace.dataflow.row.DataType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** How often each row of a store is there. As long as all are there once it takes no room. */
final class RowWeights {
    private @Nullable Column weights;

    long get(int slot) {
        return weights == null ? 1 : ((long[][]) weights.pages())[slot >>> Pages.SHIFT][slot & Pages.MASK];
    }

    /** @param capacity for how many rows the store has room */
    void set(int slot, long weight, int capacity) {
        if (weights == null) {
            if (weight == 1) {
                return;
            }
            weights = new Column(DataType.INT8);
            weights.grow(capacity);
            for (int page = 0; page < Pages.count(capacity); page++) {
                Arrays.fill(((long[][]) weights.pages())[page], 1);
            }
        }
        weights.set(slot, weight);
    }

    /** The rows of these slots are new. */
    void begin(int from, int to) {
        for (int slot = from; weights != null && slot < to; slot++) {
            weights.set(slot, 1L);
        }
    }

    void grow(int rows) {
        if (weights != null) {
            weights.grow(rows);
        }
    }

    RowWeights share() {
        RowWeights copy = new RowWeights();
        copy.weights = weights == null ? null : weights.share();
        return copy;
    }

    void unshare(int page) {
        if (weights != null) {
            weights.unshare(page);
        }
    }

    long bytes() {
        return weights == null ? 0 : weights.bytes();
    }
}
