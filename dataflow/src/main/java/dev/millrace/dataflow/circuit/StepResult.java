package dev.millrace.dataflow.circuit;

import java.util.List;

/**
 * What a step did.
 *
 * @param deltas of the views that changed, and of no other; to be read before the circuit is used again
 * @param failed the views that this step stopped, each with its {@link View#failure}
 */
public record StepResult(List<ViewDelta> deltas, List<View> failed) {
    public StepResult {
        deltas = List.copyOf(deltas);
        failed = List.copyOf(failed);
    }
}
