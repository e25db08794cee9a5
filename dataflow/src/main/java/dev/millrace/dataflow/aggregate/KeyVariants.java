package dev.millrace.dataflow.aggregate;

import dev.millrace.dataflow.code.CodeCache;
import dev.millrace.dataflow.code.MatchTemplate;
import dev.millrace.dataflow.code.OrderTemplate;
import dev.millrace.dataflow.code.RowCode;
import dev.millrace.dataflow.code.RowMatch;
import dev.millrace.dataflow.code.RowOrder;
import dev.millrace.dataflow.code.RowProgram;
import dev.millrace.dataflow.code.Template;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.store.Batch;
import dev.millrace.dataflow.store.Pages;
import dev.millrace.dataflow.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The keys of a group that are equal to the one it shows but not identical, 1.00 beside 1.0 or 0.0 beside -0.0, each with its number of rows, as a chain from the
 * group's row; nearly always there are none. The group shows the first in exact order of all that it has rows of.
 *
 * <p>A link is the position in the chain's store plus one, so that 0 ends a chain. The rows of the shown key are those of the group that are in no link.
 */
final class KeyVariants {
    private final int keyCount;
    private final Store groups;
    private final Store store;
    private final RowMatch hasKey;
    private final RowOrder order;
    private final RowCode fromInput;
    private final RowCode between;
    private final List<Template<?>> code = new ArrayList<>();
    private final int[] from = new int[1];
    private final int[] to = new int[1];
    private final int[] kept = new int[1];

    KeyVariants(List<DataType> input, List<Integer> keys, Store groups, CodeCache cache) {
        this.groups = groups;
        keyCount = keys.size();
        List<Integer> own = IntStream.range(0, keyCount).boxed().toList();
        List<DataType> types = groups.types().subList(0, keyCount);
        List<DataType> layout = new ArrayList<>(types);
        layout.add(DataType.INT8);
        layout.add(DataType.INT4);
        store = new Store(layout);
        hasKey = generated(new MatchTemplate(input, keys, types, own, true), cache);
        order = generated(new OrderTemplate(types, List.of(), true), cache);
        fromInput = generated(RowProgram.copy(input, keys), cache);
        between = generated(RowProgram.copy(types, own), cache);
    }

    /** Whether keys of these types may be equal and differ. */
    static boolean exist(List<DataType> types) {
        return types.stream().anyMatch(DataType::hasSeveralForms);
    }

    /** Counts the rows of a change whose key is not the shown one; the groups were touched. */
    void add(Batch change, int[] groupOf) {
        for (int i = 0; i < change.size(); i++) {
            if (!hasKey.matches(change.store(), change.position(i), groups, groupOf[i])) {
                add(change.store(), change.position(i), change.weight(i), groupOf[i]);
            }
        }
    }

    /** Sees to it that each of these groups shows the first of its keys, and drops those without rows. */
    void choose(int[] touched, int count) {
        for (int i = 0; i < count; i++) {
            if (head(touched[i]) != 0) {
                choose(touched[i]);
            }
        }
    }

    long memoryBytes() {
        return store.memoryBytes();
    }

    List<Template<?>> code() {
        return List.copyOf(code);
    }

    void validate() {
        int linked = 0;
        for (int slot = groups.nextLive(0); slot < groups.limit(); slot = groups.nextLive(slot + 1)) {
            int group = groups.position(slot);
            long rows = 0;
            for (int link = head(group); link != 0; link = next(link - 1)) {
                linked++;
                rows += copies(link - 1);
                Validation.require(copies(link - 1) > 0, "a variant of a key has rows");
                Validation.require(order.compare(groups, group, store, link - 1) < 0, "a group shows its first key");
            }
            Validation.require(rows == 0 || rows < rows(group), "a key that is shown before others has rows");
        }
        Validation.require(linked == store.size(), "each variant of a key is in a chain");
    }

    private void add(Store rows, int position, long weight, int group) {
        for (int link = head(group); link != 0; link = next(link - 1)) {
            if (hasKey.matches(rows, position, store, link - 1)) {
                copies(link - 1, Math.addExact(copies(link - 1), weight));
                return;
            }
        }
        int variant = copy(fromInput, rows, position, store, store.allocate());
        link(group, variant, weight);
    }

    private void choose(int group) {
        long others = 0;
        int first = -1;
        int link = head(group);
        head(group, 0);
        while (link != 0) {
            int variant = link - 1;
            link = next(variant);
            if (copies(variant) == 0) {
                store.free(variant);
                continue;
            }
            Validation.require(copies(variant) > 0, "more rows of a key were retracted than were there");
            others += copies(variant);
            link(group, variant, copies(variant));
            if (first < 0 || order.compare(store, variant, store, first) < 0) {
                first = variant;
            }
        }
        long shown = rows(group) - others;
        Validation.require(shown >= 0, "more rows of a key were retracted than were there");
        if (first < 0 || (shown > 0 && order.compare(groups, group, store, first) < 0)) {
            return;
        }
        unlink(group, first);
        if (shown > 0) {
            int variant = copy(between, groups, group, store, store.allocate());
            link(group, variant, shown);
        }
        copy(between, store, first, groups, group);
        store.free(first);
    }

    private void link(int group, int variant, long rows) {
        copies(variant, rows);
        next(variant, head(group));
        head(group, variant + 1);
    }

    private void unlink(int group, int variant) {
        if (head(group) == variant + 1) {
            head(group, next(variant));
            return;
        }
        int before = head(group) - 1;
        while (next(before) != variant + 1) {
            before = next(before) - 1;
        }
        next(before, next(variant));
    }

    private int copy(RowCode copying, Store source, int position, Store target, int copied) {
        from[0] = position;
        to[0] = copied;
        copying.run(source, from, null, null, 1, kept, target, to);
        return copied;
    }

    private long rows(int group) {
        int slot = groups.slot(group);
        return groups.longs(keyCount)[slot >>> Pages.SHIFT][slot & Pages.MASK];
    }

    private int head(int group) {
        int slot = groups.slot(group);
        return groups.ints(keyCount + 1)[slot >>> Pages.SHIFT][slot & Pages.MASK];
    }

    private void head(int group, int link) {
        int slot = groups.slot(group);
        groups.ints(keyCount + 1)[slot >>> Pages.SHIFT][slot & Pages.MASK] = link;
    }

    private long copies(int variant) {
        int slot = store.slot(variant);
        return store.longs(keyCount)[slot >>> Pages.SHIFT][slot & Pages.MASK];
    }

    private void copies(int variant, long rows) {
        store.touch(variant);
        int slot = store.slot(variant);
        store.longs(keyCount)[slot >>> Pages.SHIFT][slot & Pages.MASK] = rows;
    }

    private int next(int variant) {
        int slot = store.slot(variant);
        return store.ints(keyCount + 1)[slot >>> Pages.SHIFT][slot & Pages.MASK];
    }

    private void next(int variant, int link) {
        store.touch(variant);
        int slot = store.slot(variant);
        store.ints(keyCount + 1)[slot >>> Pages.SHIFT][slot & Pages.MASK] = link;
    }

    private <T> T generated(Template<T> template, CodeCache cache) {
        code.add(template);
        return cache.get(template);
    }
}
