package dev.millrace.dataflow.operator;

import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.zset.Relation;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Which operator does a plan node's work. */
public final class Operators {
    private static final Set<DataType> TEXTS = EnumSet.of(DataType.TEXT, DataType.CHAR);

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
            case Plan.Join join -> join(join, meter);
            case Plan.Aggregate aggregate -> new Aggregate(aggregate, meter);
            case Plan.Distinct distinct -> new Distinct(distinct.types().size(), meter);
            case Plan.TopK topK -> topK(topK, meter);
            case Plan.FlatMap flatMap -> throw new IllegalArgumentException("no operator for a flat-map yet");
            case Plan.UnionAll union -> new UnionAll(inputs, meter);
        };
    }

    private static TopK topK(Plan.TopK topK, WorkMeter meter) {
        if (topK.numbered() || !topK.groups().isEmpty()) {
            throw new IllegalArgumentException("no operator for a top-k by groups yet");
        }
        return new TopK(topK.order(), topK.offset(), topK.limit(), meter);
    }

    private static Join join(Plan.Join join, WorkMeter meter) {
        if (join.kind().isLeftAlone()) {
            throw new IllegalArgumentException("no operator for a semi or anti join yet");
        }
        List<DataType> left = join.left().types();
        List<DataType> right = join.right().types();
        for (Plan.JoinKey key : join.keys()) {
            if (!areComparable(left.get(key.left()), right.get(key.right()))) {
                throw new IllegalArgumentException("join key " + key + " compares " + left.get(key.left()) + " with "
                        + right.get(key.right()) + ": cast one of them");
            }
        }
        return new Join(join.kind(), join.keys(), join.residual().orElse(null), left.size(), right.size(), meter);
    }

    /** Whether values that are equal in SQL are equal objects; the blanks that a char(n) ends with are not in its value. */
    private static boolean areComparable(DataType left, DataType right) {
        return left == right || (TEXTS.contains(left) && TEXTS.contains(right));
    }
}
