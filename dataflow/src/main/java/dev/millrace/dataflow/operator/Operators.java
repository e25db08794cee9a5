package dev.millrace.dataflow.operator;

import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.zset.Relation;
import java.util.List;

/** Which operator does a plan node's work. */
public final class Operators {
    private Operators() {}

    /**
     * A new operator over these inputs, without their rows yet.
     *
     * @throws IllegalArgumentException if the plan node is not valid, or is a table, which has no operator
     */
    public static Operator create(Plan plan, List<? extends Relation> inputs, WorkMeter meter) {
        return switch (plan) {
            case Plan.Table table -> throw new IllegalArgumentException("no table '" + table.id() + "'");
            case Plan.Constant constant -> new Constant(constant.rows(), meter);
            case Plan.Filter filter -> new Filter(inputs.getFirst(), filter.condition(), meter);
            case Plan.Project project -> new Project(inputs.getFirst(), project.expressions(), meter);
            case Plan.Join join ->
                new Join(
                        join.kind(),
                        join.keys(),
                        join.residual().orElse(null),
                        join.left().types().size(),
                        join.right().types().size(),
                        meter);
            case Plan.Aggregate aggregate -> new Aggregate(aggregate, meter);
            case Plan.Distinct distinct -> new Distinct(distinct.types().size(), meter);
            case Plan.TopK topK -> new TopK(topK.order(), topK.offset(), topK.limit(), meter);
            case Plan.UnionAll union -> new UnionAll(inputs, meter);
        };
    }
}
