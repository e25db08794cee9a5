package dev.millrace.dataflow.operator;

import dev.millrace.dataflow.plan.Plan;
import java.util.List;

/** What an operator reads of a plan: its rows as they come, or arranged by a key. In a circuit, equal feeds are one operator that all their readers share. */
public sealed interface Feed {
    Plan plan();

    /** The rows of a plan. */
    record Rows(Plan plan) implements Feed {}

    /**
     * The rows of a plan, found by a key ({@link Arrangement}).
     *
     * @param key the columns of the key
     * @param rejecting those of them in which a row with NULL matches nothing; such rows are left out
     */
    record Arranged(Plan plan, List<Integer> key, List<Integer> rejecting) implements Feed {
        public Arranged {
            key = List.copyOf(key);
            rejecting = List.copyOf(rejecting);
        }
    }
}
