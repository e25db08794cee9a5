package dev.millrace.dataflow.operator;

import dev.millrace.dataflow.code.RowCode;
import dev.millrace.dataflow.index.OrderedIndex;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.store.Batch;
import dev.millrace.dataflow.store.Pages;
import dev.millrace.dataflow.store.Store;
import java.util.Arrays;
import java.util.List;

/**
 * A window whose copies are shown with their ranks, counted from 1. What is behind the first changed rank is compared rank by rank, before and after all changes of its
 * group; where the entry is the same nothing is shown.
 */
final class NumberedWindow extends Window {
    private static final int ENUMERATED = 4096;

    private final Store rows;
    private final Store numbered;
    private final RowCode copy;
    private final Batch output;
    private final int number;

    /** The entries from a rank on, before the group's changes. */
    private int[] former = new int[16];

    private int formerCount;
    private long lowest;

    private final Entries shown = new Entries();
    private long[] numbers = new long[16];
    private int[] positions = new int[0];
    private int[] kept = new int[0];

    /** @param copy copies the columns of the rows to those of the numbered rows before the last */
    NumberedWindow(Store rows, OrderedIndex order, List<DataType> types, RowCode copy, long from, long to) {
        super(order, from, to);
        this.rows = rows;
        this.copy = copy;
        this.number = types.size() - 1;
        this.numbered = Store.scratch(types);
        this.output = new Batch(numbered);
    }

    @Override
    void begin(int group, long lowestRank) {
        lowest = Math.max(from, lowestRank);
        formerCount = 0;
        copies(group, lowest, to, (entry, rank, copies) -> {
            reserveFormer(copies);
            Arrays.fill(former, formerCount, formerCount + (int) copies, entry);
            formerCount += (int) copies;
        });
    }

    @Override
    void change(int group, long rank, int entry, long weight) {}

    @Override
    void end(int group) {
        copies(group, lowest, to, (entry, rank, copies) -> {
            for (long i = rank; i < rank + copies; i++) {
                int index = Math.toIntExact(i - lowest);
                if (index >= formerCount) {
                    show(entry, i, 1);
                } else if (former[index] != entry) {
                    show(former[index], i, -1);
                    show(entry, i, 1);
                }
            }
        });
        for (long i = Math.max(lowest, Math.min(to, order.count(group))); i < lowest + formerCount; i++) {
            show(former[(int) (i - lowest)], i, -1);
        }
        formerCount = 0;
    }

    @Override
    Batch changes() {
        write();
        return output;
    }

    @Override
    void clear() {
        shown.clear();
        numbered.clear();
        output.reset(numbered);
    }

    @Override
    void enumerate(int group, BatchConsumer consumer) {
        copies(group, from, to, (entry, rank, copies) -> {
            for (long i = rank; i < rank + copies; i++) {
                show(entry, i, 1);
                if (shown.size() == ENUMERATED) {
                    finish(consumer);
                }
            }
        });
    }

    @Override
    void finish(BatchConsumer consumer) {
        if (shown.size() > 0) {
            consumer.accept(changes());
            clear();
        }
    }

    private void show(int entry, long rank, long weight) {
        if (shown.size() == numbers.length) {
            numbers = Arrays.copyOf(numbers, numbers.length * 2);
        }
        numbers[shown.size()] = rank + 1;
        shown.add(entry, weight);
    }

    private void write() {
        int count = shown.size();
        if (positions.length < count) {
            positions = new int[Math.max(count, positions.length * 2)];
            kept = new int[positions.length];
        }
        numbered.allocate(count, positions);
        copy.run(rows, shown.positions(), null, null, count, kept, numbered, positions);
        long[][] pages = numbered.longs(number);
        for (int i = 0; i < count; i++) {
            int slot = numbered.slot(positions[i]);
            pages[slot >>> Pages.SHIFT][slot & Pages.MASK] = numbers[i];
            output.append(positions[i], shown.weights()[i]);
        }
    }

    private void reserveFormer(long more) {
        int needed = Math.toIntExact(formerCount + more);
        if (needed > former.length) {
            former = Arrays.copyOf(former, Math.max(needed, former.length * 2));
        }
    }
}
