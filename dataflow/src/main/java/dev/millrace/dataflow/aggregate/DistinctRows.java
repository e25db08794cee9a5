package dev.millrace.dataflow.aggregate;

import dev.millrace.dataflow.code.CodeCache;
import dev.millrace.dataflow.code.Template;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.store.Batch;
import dev.millrace.dataflow.store.Store;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * The different rows of a multiset: a grouping by all columns. Of rows that are equal but not identical the first in exact order is there. Where no such rows can
 * be, only those that come or go are copied.
 */
public final class DistinctRows {
    private final Groups groups;
    private final GroupChange change;
    private final Batch output;
    private boolean[] wasThere = new boolean[0];
    private int[] changed = new int[0];
    private int[] written = new int[0];

    /** No rows, of this layout. */
    public DistinctRows(List<DataType> types, CodeCache cache) {
        List<Integer> all = IntStream.range(0, types.size()).boxed().toList();
        groups = new Groups(types, all, false, List.of(), cache);
        change = new GroupChange(groups, List.of(), List.of(), types, cache);
        output = new Batch(Store.scratch(types));
    }

    /** Adds a change of the multiset and returns that of its different rows; it holds until the next. */
    public Batch add(Batch rows) {
        groups.find(rows);
        Batch difference;
        if (groups.hasVariants()) {
            change.begin();
            change.retract();
            groups.count(rows);
            groups.settle();
            change.replace();
            difference = change.change();
        } else {
            difference = countComingAndGoing(rows);
        }
        groups.finish();
        return difference;
    }

    /** Gives the different rows in batches; a batch holds until the consumer returns. */
    public void enumerate(Consumer<Batch> consumer) {
        change.rows().enumerate(consumer);
    }

    public long memoryBytes() {
        return groups.memoryBytes() + change.memoryBytes() + output.store().memoryBytes();
    }

    /** The generated code that it runs. */
    public List<Template<?>> code() {
        return change.code();
    }

    /** Checks its state between changes; an {@link IllegalStateException} says what is wrong. */
    public void validate() {
        groups.validate();
    }

    private Batch countComingAndGoing(Batch rows) {
        int count = groups.touchedCount();
        int[] touched = groups.touched();
        if (wasThere.length < count) {
            int capacity = Math.max(count, wasThere.length * 2);
            wasThere = new boolean[capacity];
            changed = new int[capacity];
            written = new int[capacity];
        }
        for (int i = 0; i < count; i++) {
            wasThere[i] = groups.isThere(touched[i]);
        }
        groups.count(rows);
        groups.settle();
        output.store().clear();
        output.reset(output.store());
        int changes = 0;
        for (int i = 0; i < count; i++) {
            if (wasThere[i] != groups.isThere(touched[i])) {
                wasThere[changes] = wasThere[i];
                changed[changes++] = touched[i];
            }
        }
        change.rows().write(changed, changes, output.store(), written);
        for (int i = 0; i < changes; i++) {
            output.append(written[i], wasThere[i] ? -1 : 1);
        }
        return output;
    }
}
