package dev.millrace.lifecycle;

import dev.millrace.delivery.LiveView;
import dev.millrace.delivery.Presentation;
import java.util.List;
import java.util.Map;

/** A query that runs, with what it holds while it does. */
public final class InstalledQuery {
    private final LiveView view;
    private final Preparation prepared;
    private final Presentation presentation;
    private final Map<AttachedSource, List<TableLease>> leases;

    InstalledQuery(
            LiveView view,
            Preparation prepared,
            Presentation presentation,
            Map<AttachedSource, List<TableLease>> leases) {
        this.view = view;
        this.prepared = prepared;
        this.presentation = presentation;
        this.leases = Map.copyOf(leases);
    }

    LiveView view() {
        return view;
    }

    /** What it was installed as. */
    Preparation prepared() {
        return prepared;
    }

    public Presentation presentation() {
        return presentation;
    }

    Map<AttachedSource, List<TableLease>> leases() {
        return leases;
    }
}
