package dev.millrace.dataflow.circuit;

import dev.millrace.dataflow.zset.ZSet;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An operator that threw in a step, and what depends on it. All of them are discarded at once. At the end of the step their views are made anew from what the healthy nodes above hold;
 * a view for which that fails too, or of which something was not kept, fails for good.
 */
final class Breakdown {
    private final Graph graph;
    private final Node origin;
    private final Throwable cause;
    private final List<Node> discarded;
    private final List<Lost> lost = new ArrayList<>();
    /** What the operator was given when it threw, if it takes that to know what its output was before. */
    private List<ZSet> given = List.of();

    /** @param before its rows before the step; null if they are the operator's own, which are no longer what they were */
    private record Lost(View view, @Nullable ZSet before) {}

    Breakdown(Graph graph, Node origin, Throwable cause) {
        this.graph = graph;
        this.origin = origin;
        this.cause = cause;
        this.discarded = graph.discard(origin);
        for (Node node : discarded) {
            View view = node.view();
            if (view != null) {
                boolean own = node.equals(origin)
                        || (node.inputs().contains(origin) && !node.operator().hasState());
                given = own ? origin.given() : given;
                lost.add(new Lost(view, own || !view.isKept() ? null : node.rows()));
            }
        }
    }

    /** Makes the views anew, when the step has ended for all others. */
    void repair(List<RebuiltView> rebuilt, List<View> failed) {
        for (Lost each : lost) {
            View view = each.view;
            try {
                if (!view.isKept() || !Graph.isKept(origin)) {
                    throw new IllegalStateException("what came before was not kept");
                }
                ZSet before = each.before == null ? before(view) : each.before;
                graph.show(view);
                ZSet differences = before.negate();
                differences.addAll(graph.output(view).rows());
                rebuilt.add(new RebuiltView(view, cause, differences.consolidate()));
            } catch (RuntimeException | Error again) {
                if (!again.equals(cause)) {
                    cause.addSuppressed(again);
                }
                graph.remove(view);
                view.fail(cause);
                failed.add(view);
            }
        }
        graph.prune(discarded);
    }

    /** The rows before the step: what the current ones are without what the operator was given. */
    private ZSet before(View view) {
        if (view.equals(origin.view())) {
            Node source = origin.inputs().getFirst();
            ZSet rows = source.rows();
            rows.addAll(given.getFirst().negate());
            return rows;
        }
        return graph.anew(origin).rowsWithout(given);
    }
}
