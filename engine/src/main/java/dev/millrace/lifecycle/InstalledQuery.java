package dev.millrace.lifecycle;

import dev.millrace.delivery.LiveView;
import dev.millrace.delivery.Presentation;
import java.util.List;
import java.util.Map;

/** A query that runs, with what it holds while it does. */
public final class InstalledQuery {
    private final LiveView view;
    private final Presentation presentation;
    private final Map<AttachedSource, List<TableLease>> leases;

    InstalledQuery(LiveView view, Presentation presentation, Map<AttachedSource, List<TableLease>> leases) {
        this.view = view;
        this.presentation = presentation;
        this.leases = Map.copyOf(leases);
    }

    LiveView view() {
        return view;
    }

    public Presentation presentation() {
        return presentation;
    }

    Map<AttachedSource, List<TableLease>> leases() {
        return leases;
    }
}
