package dev.millrace.sql.plan;

import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptPlanner;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.hep.HepMatchOrder;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.RelFactories;
import org.apache.calcite.rel.rules.CoreRules;
import org.apache.calcite.rel.rules.FilterAggregateTransposeRule;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * The rewriting programs, each run until nothing changes. They are heuristic: a live query has no statistics to choose by, but
 * an early filter and narrow rows always make state smaller. What they leave is the query's canonical form, by which equal
 * queries find each other.
 */
final class Rewriting {
    /** A grouping with an empty set has a row also where the filter leaves none, so there the filter stays above. */
    private static final RelOptRule FILTER_BELOW_GROUPS = FilterAggregateTransposeRule.Config.DEFAULT
            .withOperandSupplier(filter -> filter.operand(Filter.class)
                    .oneInput(input -> input.operand(Aggregate.class)
                            .predicate(aggregate -> !aggregate.getGroupSets().contains(ImmutableBitSet.of()))
                            .anyInputs()))
            .toRule();

    /** Brings filters down to where their columns come from and merges what adjoins. */
    private static final HepProgram PUSH_DOWN = HepProgram.builder()
            .addMatchOrder(HepMatchOrder.TOP_DOWN)
            .addRuleInstance(CoreRules.FILTER_INTO_JOIN)
            .addRuleInstance(CoreRules.JOIN_CONDITION_PUSH)
            .addRuleInstance(CoreRules.JOIN_PUSH_EXPRESSIONS)
            .addRuleInstance(CoreRules.FILTER_PROJECT_TRANSPOSE)
            .addRuleInstance(FILTER_BELOW_GROUPS)
            .addRuleInstance(CoreRules.FILTER_SET_OP_TRANSPOSE)
            .addRuleInstance(CoreRules.FILTER_MERGE)
            .addRuleInstance(CoreRules.PROJECT_MERGE)
            .addRuleInstance(CoreRules.PROJECT_REMOVE)
            .addRuleInstance(CoreRules.UNION_MERGE)
            .addRuleInstance(CoreRules.AGGREGATE_PROJECT_MERGE)
            .build();

    private Rewriting() {}

    /** A planner that rules and builders find through the tree; it computes no constants, for which its types are too coarse. */
    static RelOptPlanner planner() {
        HepPlanner planner = new HepPlanner(HepProgram.builder().build());
        planner.setExecutor((builder, constants, reduced) -> reduced.addAll(constants));
        return planner;
    }

    static RelNode run(HepProgram program, RelNode root) {
        HepPlanner planner = new HepPlanner(program);
        planner.setRoot(root);
        return planner.findBestExp();
    }

    /** Brings filters down to where their columns come from, below table functions too, and merges what adjoins. */
    static RelNode pushDown(RelNode root, RelBuilder builder) {
        RelNode pushed = run(PUSH_DOWN, root);
        while (true) {
            FlatMapFilters filters = new FlatMapFilters(builder);
            RelNode below = pushed.accept(filters);
            if (!filters.hasMoved()) {
                return pushed;
            }
            pushed = run(PUSH_DOWN, below);
        }
    }

    static RelBuilder builder(RelOptCluster cluster) {
        return RelFactories.LOGICAL_BUILDER.create(cluster, null);
    }
}
