package dev.millrace.dataflow.operator;

import dev.millrace.dataflow.code.CodeCache;
import dev.millrace.dataflow.code.RowCode;
import dev.millrace.dataflow.code.RowProgram;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.store.Batch;
import dev.millrace.dataflow.store.Parts;
import dev.millrace.dataflow.store.Store;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Puts the parts of a change together for who knows but one. A change that has only one that is not empty is that one; the rows of others are copied. */
public final class Merger {
    private final CodeCache cache;
    private final Batch copies;
    private @Nullable RowCode copy;
    private int[] positions = new int[0];
    private int[] kept = new int[0];

    /** For changes of rows of this layout. */
    public Merger(List<DataType> types, CodeCache cache) {
        this.cache = cache;
        this.copies = new Batch(Store.scratch(types));
    }

    /** The change as one batch, which holds until {@link #clear} or the next. */
    public Batch merge(Parts change) {
        Batch only = null;
        for (int i = 0; i < change.count(); i++) {
            if (!change.part(i).isEmpty()) {
                if (only != null) {
                    return copy(change);
                }
                only = change.part(i);
            }
        }
        return only == null ? nothing() : only;
    }

    /** Forgets the rows that were copied. */
    public void clear() {
        copies.store().clear();
        copies.reset(copies.store());
    }

    private Batch nothing() {
        clear();
        return copies;
    }

    private Batch copy(Parts change) {
        clear();
        if (copy == null) {
            List<DataType> types = copies.store().types();
            copy = cache.get(RowProgram.copy(
                    types, IntStream.range(0, types.size()).boxed().toList()));
        }
        copies.reserve(Math.toIntExact(change.size()));
        for (int i = 0; i < change.count(); i++) {
            append(change.part(i), copy);
        }
        return copies;
    }

    private void append(Batch part, RowCode code) {
        int count = part.size();
        if (positions.length < count) {
            positions = new int[Math.max(count, positions.length * 2)];
            kept = new int[positions.length];
        }
        copies.store().allocate(count, positions);
        code.run(part.store(), part.positions(), null, null, count, kept, copies.store(), positions);
        int before = copies.size();
        System.arraycopy(positions, 0, copies.positions(), before, count);
        System.arraycopy(part.weights(), 0, copies.weights(), before, count);
        copies.size(before + count);
    }
}
