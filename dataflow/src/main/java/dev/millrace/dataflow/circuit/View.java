package dev.millrace.dataflow.circuit;

import dev.millrace.dataflow.operator.Output;
import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.row.Row;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The live result of an installed plan. Of one that failed, the rows are those before the step in which it did. */
public final class View {
    private final Plan plan;
    private final Output output;
    private int uses;
    private @Nullable Throwable failure;

    View(Plan plan, Output output) {
        this.plan = plan;
        this.output = output;
    }

    public Plan plan() {
        return plan;
    }

    /** How many times it was installed and not yet released. */
    public int uses() {
        return uses;
    }

    /** The number of rows, each counted as often as it is there. */
    public long size() {
        return output.size();
    }

    /** The current rows, each as often as it is there, in no order. */
    public List<Row> rows() {
        return output.rows();
    }

    /** Why the view stopped, once it did. */
    public @Nullable Throwable failure() {
        return failure;
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
    }
}
