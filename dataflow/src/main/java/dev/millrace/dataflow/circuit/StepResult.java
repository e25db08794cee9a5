package dev.millrace.dataflow.circuit;

import java.util.List;

/**
 * What a step did.
 *
 * @param deltas of the views that changed, and of no other; to be read before the circuit is used again
 * @param turned the views that have an {@link View#error} since this step, or have none any more, for all keys or for {@linkplain View#turnedKeys some}
 * @param rebuilt the views that an operator was made anew for, as it threw; none of them is among the {@code deltas}
 * @param failed the views that this step stopped, each with its {@link View#failure}
 */
public record StepResult(List<ViewDelta> deltas, List<View> turned, List<RebuiltView> rebuilt, List<View> failed) {
    static final StepResult NOTHING = new StepResult(List.of(), List.of(), List.of(), List.of());

    public StepResult {
        deltas = List.copyOf(deltas);
        turned = List.copyOf(turned);
        rebuilt = List.copyOf(rebuilt);
        failed = List.copyOf(failed);
    }
}
