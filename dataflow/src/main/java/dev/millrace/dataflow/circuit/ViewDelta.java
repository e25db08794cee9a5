package dev.millrace.dataflow.circuit;

import dev.millrace.dataflow.store.Parts;
import dev.millrace.dataflow.zset.ZSet;
import org.jspecify.annotations.Nullable;

/** What a step did to a view's rows: at least one entry, and none that another undoes. Holds until the circuit is used again. */
public final class ViewDelta {
    private final View view;
    private final Parts change;
    private @Nullable ZSet copy;

    ViewDelta(View view, Parts change) {
        this.view = view;
        this.change = change;
    }

    public View view() {
        return view;
    }

    /** The change as row objects, which hold for good, with one entry for each row whose weight is another than before. */
    public ZSet delta() {
        return copy == null ? change.toZSet().consolidate() : copy;
    }

    /** Makes it hold for good. */
    void keep() {
        copy = delta();
    }
}
