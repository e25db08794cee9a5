package dev.millrace.dataflow.aggregate;

import dev.millrace.dataflow.code.CodeCache;
import dev.millrace.dataflow.code.RowCode;
import dev.millrace.dataflow.code.RowProgram;
import dev.millrace.dataflow.code.Template;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.store.Batch;
import dev.millrace.dataflow.store.Store;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Groups as rows of a result: the key columns, followed by the aggregates. */
public final class GroupRows {
    private static final int ENUMERATED_AT_ONCE = 1024;

    private final Groups groups;
    private final List<DataType> types;
    private final List<Accumulator> accumulators;
    private final int keyCount;
    private final RowProgram keys;
    private final RowCode copying;
    private int[] kept = new int[0];

    /** @param types the layout of the rows */
    public GroupRows(Groups groups, List<Accumulator> accumulators, List<DataType> types, CodeCache cache) {
        this.groups = groups;
        this.types = List.copyOf(types);
        this.accumulators = List.copyOf(accumulators);
        this.keyCount = groups.rowsColumn();
        this.keys = RowProgram.copy(
                groups.store().types(), IntStream.range(0, keyCount).boxed().toList());
        this.copying = cache.get(keys);
    }

    /**
     * Makes a new row for each of these groups.
     *
     * @param positions is given the positions of the rows
     * @throws dev.millrace.error.MillraceException with {@code DATA_ERROR} if an aggregate has no value
     */
    public void write(int[] which, int count, Store output, int[] positions) {
        if (kept.length < count) {
            kept = new int[Math.max(count, kept.length * 2)];
        }
        output.allocate(count, positions);
        if (keyCount > 0) {
            copying.run(groups.store(), which, null, null, count, kept, output, positions);
        }
        for (int i = 0; i < accumulators.size(); i++) {
            accumulators.get(i).results(groups.store(), which, count, output, keyCount + i, positions);
        }
    }

    /** Gives the rows of all groups in batches, each with weight 1; a batch holds until the consumer returns. */
    public void enumerate(Consumer<Batch> consumer) {
        Store store = groups.store();
        Batch batch = new Batch(Store.scratch(types));
        batch.reserve(ENUMERATED_AT_ONCE);
        Arrays.fill(batch.weights(), 1);
        int[] some = new int[ENUMERATED_AT_ONCE];
        int slot = store.nextLive(0);
        while (slot < store.limit()) {
            int count = 0;
            while (count < some.length && slot < store.limit()) {
                some[count++] = store.position(slot);
                slot = store.nextLive(slot + 1);
            }
            batch.store().clear();
            write(some, count, batch.store(), batch.positions());
            batch.size(count);
            consumer.accept(batch);
        }
    }

    /** The generated code of the groups, of the aggregates and of this. */
    public List<Template<?>> code() {
        List<Template<?>> code = new ArrayList<>(groups.code());
        code.add(keys);
        accumulators.forEach(accumulator -> code.addAll(accumulator.code()));
        return code;
    }
}
