package dev.millrace.dataflow.aggregate;

import dev.millrace.dataflow.code.CodeCache;
import dev.millrace.dataflow.code.RowCode;
import dev.millrace.dataflow.code.RowProgram;
import dev.millrace.dataflow.code.Template;
import dev.millrace.dataflow.failure.DataError;
import dev.millrace.dataflow.failure.DataErrors;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.store.Batch;
import dev.millrace.dataflow.store.Store;
import dev.millrace.error.MillraceException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Groups as rows of a result: the key columns, followed by the aggregates. A group of which an aggregate has no value has no row, but an error. */
public final class GroupRows {
    /** The position of the row of a group that has none. */
    public static final int NONE = -1;

    private static final int ENUMERATED_AT_ONCE = 1024;

    private final Groups groups;
    private final List<DataType> types;
    private final List<Accumulator> accumulators;
    private final List<String> names;
    private final DataErrors errors = new DataErrors();
    private final int keyCount;
    private final RowProgram keys;
    private final RowCode copying;
    private int[] kept = new int[1];
    private final int[] one = new int[1];
    private final int[] place = new int[1];

    /**
     * @param names what the accumulators compute, for errors
     * @param types the layout of the rows
     */
    public GroupRows(
            Groups groups, List<Accumulator> accumulators, List<String> names, List<DataType> types, CodeCache cache) {
        this.groups = groups;
        this.types = List.copyOf(types);
        this.accumulators = List.copyOf(accumulators);
        this.names = List.copyOf(names);
        this.keyCount = groups.rowsColumn();
        this.keys = RowProgram.copy(
                groups.store().types(), IntStream.range(0, keyCount).boxed().toList());
        this.copying = cache.get(keys);
    }

    /** The groups that have no row. */
    public DataErrors errors() {
        return errors;
    }

    /**
     * Makes a new row, in a scratch store, for each of these groups that has one.
     *
     * @param positions is given the positions of the rows, {@link #NONE} for a group without
     * @param weight how often the errors of those without are added; 0 if they are known already
     */
    public void write(int[] which, int count, Store output, int[] positions, long weight) {
        if (kept.length < count) {
            kept = new int[Math.max(count, kept.length * 2)];
        }
        output.allocate(count, positions);
        try {
            writeKeys(which, count, output, positions);
            for (int i = 0; i < accumulators.size(); i++) {
                accumulators.get(i).results(groups.store(), which, count, output, keyCount + i, positions);
            }
        } catch (MillraceException failure) {
            require(failure);
            for (int i = 0; i < count; i++) {
                positions[i] = write(which[i], output, weight);
            }
        }
    }

    /** As {@link #write(int[], int, Store, int[], long)}, with no new errors. */
    public void write(int[] which, int count, Store output, int[] positions) {
        write(which, count, output, positions, 0);
    }

    /** Finds the groups without a row, when all rows were added for the first time. */
    public void findErrors() {
        if (accumulators.stream().anyMatch(Accumulator::mayFail)) {
            enumerate(1, batch -> {});
        }
    }

    private int write(int group, Store output, long weight) {
        one[0] = group;
        place[0] = output.allocate();
        writeKeys(one, 1, output, place);
        for (int i = 0; i < accumulators.size(); i++) {
            try {
                accumulators.get(i).results(groups.store(), one, 1, output, keyCount + i, place);
            } catch (MillraceException failure) {
                require(failure);
                List<DataType> keyTypes = types.subList(0, keyCount);
                errors.add(DataError.ofGroup(failure, names.get(i), output.row(place[0]), keyTypes), weight);
                return NONE;
            }
        }
        return place[0];
    }

    private void writeKeys(int[] which, int count, Store output, int[] positions) {
        if (keyCount > 0) {
            copying.run(groups.store(), which, null, null, count, kept, output, positions);
        }
    }

    private static void require(MillraceException failure) {
        if (!DataErrors.isOne(failure)) {
            throw failure;
        }
    }

    /** Gives the rows of all groups in batches, each with weight 1; a batch holds until the consumer returns. */
    public void enumerate(Consumer<Batch> consumer) {
        enumerate(0, consumer);
    }

    private void enumerate(long errorWeight, Consumer<Batch> consumer) {
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
            write(some, count, batch.store(), batch.positions(), errorWeight);
            int size = 0;
            for (int i = 0; i < count; i++) {
                if (batch.position(i) != NONE) {
                    batch.positions()[size++] = batch.position(i);
                }
            }
            batch.size(size);
            if (size > 0) {
                consumer.accept(batch);
            }
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
