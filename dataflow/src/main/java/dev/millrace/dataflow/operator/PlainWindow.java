package dev.millrace.dataflow.operator;

import dev.millrace.dataflow.index.OrderedIndex;
import dev.millrace.dataflow.store.Batch;
import dev.millrace.dataflow.store.Store;

/**
 * A window whose rows are shown as they are. When {@code k} copies come at rank {@code p}, then {@code j = min(k, m − p)} of them are among the first {@code m} copies and
 * push the last {@code j} of these out, whose ranks are those from {@code m + k − j} to {@code m + k} afterwards. When {@code k} copies go, as many of them as were
 * among the first {@code m} are followed by those of the ranks from {@code m − j} to {@code m} afterwards. The window is what the first {@code to} have more than the
 * first {@code from}. So a change costs the entries that enter and leave.
 */
final class PlainWindow extends Window {
    private static final int ENUMERATED = 4096;

    private final Entries changed = new Entries();
    private final Batch output;
    private final SlotSums sums = new SlotSums();

    PlainWindow(Store rows, OrderedIndex order, long from, long to) {
        super(order, from, to);
        this.output = new Batch(rows);
    }

    @Override
    void begin(int group, long lowest) {}

    @Override
    void change(int group, long rank, int entry, long weight) {
        long copies = Math.abs(weight);
        long before = Math.clamp(from - rank, 0, copies);
        long within = Math.clamp(to - rank, 0, copies);
        int sign = weight > 0 ? 1 : -1;
        if (within == 0) {
            return;
        }
        if (within > before) {
            changed.add(entry, sign * (within - before));
        }
        // What would both enter and leave is left out.
        if (weight > 0) {
            long firstOut = to < order.count(group) ? to + copies - within : Long.MAX_VALUE;
            if (firstOut < Long.MAX_VALUE) {
                show(group, Math.max(firstOut, from + copies), to + copies, -1);
            }
            show(group, from + copies - before, Math.min(from + copies, firstOut), 1);
        } else {
            show(group, Math.max(from, to - within), to, 1);
            show(group, from - before, Math.min(from, to - within), -1);
        }
    }

    @Override
    void end(int group) {}

    @Override
    Batch changes() {
        int count = changed.size();
        int[] positions = changed.positions();
        Store rows = output.store();
        sums.reset(count);
        for (int i = 0; i < count; i++) {
            sums.add(rows.slot(positions[i]), changed.weights()[i]);
        }
        for (int i = 0; i < count; i++) {
            output.append(positions[i], sums.take(rows.slot(positions[i])));
        }
        return output;
    }

    @Override
    void clear() {
        changed.clear();
        output.reset(output.store());
    }

    @Override
    void enumerate(int group, BatchConsumer consumer) {
        copies(group, from, to, (entry, rank, copies) -> {
            output.append(entry, copies);
            if (output.size() == ENUMERATED) {
                finish(consumer);
            }
        });
    }

    @Override
    void finish(BatchConsumer consumer) {
        if (!output.isEmpty()) {
            consumer.accept(output);
            clear();
        }
    }

    private void show(int group, long first, long end, int sign) {
        copies(group, first, end, (entry, rank, copies) -> changed.add(entry, sign * copies));
    }
}
