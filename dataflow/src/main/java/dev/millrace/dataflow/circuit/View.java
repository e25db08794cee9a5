package dev.millrace.dataflow.circuit;

import dev.millrace.dataflow.operator.Operator;
import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.row.Row;
import dev.millrace.dataflow.store.Batch;
import dev.millrace.dataflow.store.Parts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The live result of an installed plan. One that failed has no rows any more. */
public final class View {
    private final Plan plan;
    /** Gone once the view failed, and its state with it. */
    private @Nullable Operator output;

    private final boolean kept;
    private final Runnable settle;
    private long size;
    private int uses;
    private @Nullable Throwable failure;

    /** @param settle ends the last step, whose changes may still be read until then */
    View(Plan plan, Operator output, boolean kept, Runnable settle) {
        this.plan = plan;
        this.output = output;
        this.kept = kept;
        this.settle = settle;
    }

    public Plan plan() {
        return plan;
    }

    /** How many times it was installed and not yet released. */
    public int uses() {
        return uses;
    }

    /** The number of rows, each counted as often as it is there; if they are not kept, of those that have come and not gone since it was installed. */
    public long size() {
        return size;
    }

    /**
     * The current rows, each as often as it is there, in no order. The changes of the last step cannot be read any more after this.
     *
     * @throws IllegalStateException if the view failed, or its rows are not kept
     */
    public List<Row> rows() {
        if (!kept) {
            throw new IllegalStateException("the rows of this view are not kept");
        }
        Operator rowsHolder = output;
        if (rowsHolder == null) {
            throw new IllegalStateException("the view failed", failure);
        }
        settle.run();
        List<Row> rows = new ArrayList<>();
        rowsHolder.enumerate(batch -> {
            for (int i = 0; i < batch.size(); i++) {
                rows.addAll(Collections.nCopies(
                        Math.toIntExact(batch.weight(i)), batch.store().row(batch.position(i))));
            }
        });
        return rows;
    }

    /** Why the view stopped, once it did. */
    public @Nullable Throwable failure() {
        return failure;
    }

    boolean isKept() {
        return kept;
    }

    /** Counts the rows as they are when the view is made. */
    void start(Operator rows) {
        if (kept) {
            rows.enumerate(this::add);
        } else if (rows.isMaterialized()) {
            // Only to see that every row has a value.
            rows.enumerate(batch -> {});
        }
    }

    /** Counts a change. */
    void add(Parts change) {
        for (int part = 0; part < change.count(); part++) {
            add(change.part(part));
        }
    }

    private void add(Batch change) {
        for (int i = 0; i < change.size(); i++) {
            size += change.weight(i);
        }
    }

    void use() {
        uses++;
    }

    /** Takes one use back and returns whether it was the last. */
    boolean unuse() {
        if (uses == 0) {
            throw new IllegalStateException("view released more often than installed: " + plan);
        }
        return --uses == 0;
    }

    void fail(Throwable cause) {
        failure = cause;
        output = null;
    }
}
