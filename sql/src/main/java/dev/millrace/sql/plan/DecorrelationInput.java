package dev.millrace.sql.plan;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalTableScan;
import org.apache.calcite.rel.logical.LogicalValues;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.tools.RelBuilder;

/**
 * Brings a tree into the form that the planner's decorrelation is right for.
 *
 * <p>Each table scan and each list of values becomes an object of its own. Elsewhere equal ones are one, but the decorrelation notes by object
 * where the outer columns are: of a table that is read inside and outside of a nested correlation it would take one's columns for the other's.
 *
 * <p>Below each grouping stands a projection. Its columns are where they were also after outer columns have been added, as those of a join are
 * not; the decorrelation looks for the keys where they were.
 *
 * <p>A grouping that has a row over no input, correlated and read by more than projections, counts its rows. The decorrelation otherwise takes it that such a row
 * of NULLs may as well be missing, which a condition, another grouping or a join sees; it knows better of a count.
 */
final class DecorrelationInput extends RelHomogeneousShuttle {
    private final RelBuilder builder;
    /** Whether it shows above if a row of NULLs is missing. */
    private boolean observed;

    DecorrelationInput(RelBuilder builder) {
        this.builder = builder;
    }

    @Override
    public RelNode visit(RelNode node) {
        if (node instanceof TableScan scan) {
            return LogicalTableScan.create(scan.getCluster(), scan.getTable(), scan.getHints());
        }
        if (node instanceof LogicalValues values) {
            return LogicalValues.create(values.getCluster(), values.getRowType(), values.getTuples());
        }
        boolean above = observed;
        List<RelNode> inputs = new ArrayList<>();
        for (int i = 0; i < node.getInputs().size(); i++) {
            observed = isObserved(node, i, above);
            inputs.add(node.getInput(i).accept(this));
        }
        observed = above;
        RelNode visited = inputs.isEmpty() ? node : node.copy(node.getTraitSet(), inputs);
        return visited instanceof Aggregate aggregate ? grouping(aggregate) : visited;
    }

    private static boolean isObserved(RelNode parent, int input, boolean above) {
        return switch (parent) {
            case Correlate correlate -> input == 0 || correlate.getJoinType() != JoinRelType.LEFT;
            case Project _, Sort _ -> above;
            default -> true;
        };
    }

    private RelNode grouping(Aggregate aggregate) {
        RelNode input = projected(aggregate.getInput());
        boolean vanishing = aggregate.getGroupSets().stream().anyMatch(set -> set.isEmpty())
                && !RelOptUtil.getVariablesUsed(aggregate).isEmpty();
        if (vanishing && has(aggregate, SqlKind.GROUPING)) {
            throw new MillraceException(
                    ErrorCode.UNSUPPORTED_SQL,
                    "GROUPING() in a correlated subquery with an empty grouping set cannot be kept live yet");
        }
        return vanishing && observed && !has(aggregate, SqlKind.COUNT)
                ? counted(aggregate, input)
                : aggregate.copy(aggregate.getTraitSet(), ImmutableList.of(input));
    }

    private static boolean has(Aggregate aggregate, SqlKind kind) {
        return aggregate.getAggCallList().stream()
                .anyMatch(call -> call.getAggregation().getKind() == kind);
    }

    private static RelNode projected(RelNode input) {
        return input instanceof Project
                ? input
                : LogicalProject.create(
                        input,
                        ImmutableList.of(),
                        input.getCluster().getRexBuilder().identityProjects(input.getRowType()),
                        input.getRowType().getFieldNames(),
                        ImmutableSet.of());
    }

    private RelNode counted(Aggregate aggregate, RelNode input) {
        List<AggregateCall> calls = new ArrayList<>(aggregate.getAggCallList());
        calls.add(AggregateCall.create(
                SqlStdOperatorTable.COUNT,
                false,
                false,
                false,
                ImmutableList.of(),
                ImmutableList.of(),
                -1,
                null,
                RelCollations.EMPTY,
                aggregate.hasEmptyGroup(),
                input,
                null,
                null));
        RelNode counting = aggregate.copy(
                aggregate.getTraitSet(), input, aggregate.getGroupSet(), aggregate.getGroupSets(), calls);
        List<String> names = aggregate.getRowType().getFieldNames();
        return builder.push(counting)
                .project(builder.fields().subList(0, names.size()), names)
                .build();
    }
}
