package dev.millrace.dataflow.operator;

import dev.millrace.dataflow.code.CodeCache;
import dev.millrace.dataflow.code.RowProgram.Step;
import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes the operator of a plan. */
public final class Operators {
    private Operators() {}

    /**
     * What feeds an operator. Filters and projections in a row are one operator, so what feeds it is what feeds the first of them.
     */
    public static List<Feed> inputs(Feed feed) {
        return switch (feed) {
            case Feed.Arranged arranged -> List.of(new Feed.Rows(arranged.plan()));
            case Feed.Rows(Plan.Join join) -> Join.inputs(join);
            case Feed.Rows(Plan.Fixpoint fixpoint) -> RecursiveStep.inputs(fixpoint);
            case Feed.Rows(Plan plan) -> {
                Plan chained = plan;
                while (chained instanceof Plan.Filter || chained instanceof Plan.Project) {
                    chained = chained.inputs().getFirst();
                }
                yield chained.equals(plan)
                        ? plan.inputs().stream().<Feed>map(Feed.Rows::new).toList()
                        : List.of(new Feed.Rows(chained));
            }
        };
    }

    /** By which columns of its first input an operator's input may be partitioned, the other's key following from it; empty if by none. */
    public static List<Integer> partitioning(Feed feed) {
        return Shards.partitioning(feed);
    }

    /** The number of shards that an operator's state is split into. */
    public static int shards(Operator operator) {
        return operator instanceof Sharded sharded ? sharded.count() : 1;
    }

    /**
     * An operator without state so far, in shards if its input can be partitioned.
     *
     * @param inputs one for each of {@link #inputs(Feed)}, made for the same sharding
     * @param tables of those inputs that are tables, the stores of their rows
     * @param alarms the time of the circuit
     * @throws IllegalArgumentException if the plan is not valid
     */
    public static Operator create(
            Feed feed,
            List<Operator> inputs,
            List<@Nullable Store> tables,
            Sharding sharding,
            CodeCache cache,
            Alarms alarms,
            WorkMeter meter) {
        if (feed instanceof Feed.Rows(Plan.Timed timed)) {
            return new Timed(timed, inputs.getFirst(), cache, alarms, meter);
        }
        if (feed instanceof Feed.Rows(Plan.Clock clock)) {
            return new Clock(clock, alarms);
        }
        Optional<Operator> sharded =
                sharding.shards() == 1 ? Optional.empty() : Shards.of(feed, inputs, tables, sharding, cache, meter);
        return sharded.orElseGet(() -> create(feed, inputs, tables, cache, meter));
    }

    /**
     * An operator without state so far, in one piece, that does not depend on the time.
     *
     * @param inputs one for each of {@link #inputs(Feed)}
     * @param tables of those inputs that are tables, the stores of their rows
     * @throws IllegalArgumentException if the plan is not valid
     */
    public static Operator create(
            Feed feed, List<Operator> inputs, List<@Nullable Store> tables, CodeCache cache, WorkMeter meter) {
        return switch (feed) {
            case Feed.Arranged arranged ->
                new Arrangement(arranged, tables.getFirst(), inputs.getFirst().isAppendOnly(), cache, meter);
            case Feed.Rows(Plan plan) -> create(plan, inputs, tables, cache, meter);
        };
    }

    private static Operator create(
            Plan plan, List<Operator> inputs, List<@Nullable Store> tables, CodeCache cache, WorkMeter meter) {
        return switch (plan) {
            case Plan.Table table -> throw new IllegalArgumentException("not an operator: " + table);
            case Plan.Constant constant -> new Constant(constant, meter);
            case Plan.Filter filter -> new Chain(inputs.getFirst(), steps(filter), cache, meter);
            case Plan.Project project -> new Chain(inputs.getFirst(), steps(project), cache, meter);
            case Plan.Join join -> new Join(join, inputs, cache, meter);
            case Plan.Aggregate aggregate ->
                new Aggregate(aggregate, inputs.getFirst().isAppendOnly(), cache, meter);
            case Plan.Distinct distinct -> new Distinct(distinct, cache, meter);
            case Plan.TopK topK
            when FirstRow.does(topK, inputs.getFirst().isAppendOnly()) -> new FirstRow(topK, cache, meter);
            case Plan.TopK topK -> new TopK(topK, inputs.getFirst().isAppendOnly(), cache, meter);
            case Plan.Window window -> new WindowFunctions(window, cache, meter);
            case Plan.FlatMap flatMap -> new FlatMap(flatMap, inputs.getFirst(), cache, meter);
            case Plan.SetOperation operation -> new SetOperation(operation, cache, meter);
            case Plan.UnionAll ignored -> new UnionAll(inputs, cache, meter);
            case Plan.Fixpoint fixpoint
            when fixpoint.all() -> new RecursiveUnionAll(fixpoint, inputs, tables, cache, meter);
            case Plan.Fixpoint fixpoint -> new RecursiveUnion(fixpoint, inputs, tables, cache, meter);
            case Plan.Timed _, Plan.Clock _ -> throw new IllegalArgumentException("without a time: " + plan);
            case Plan.Recursion recursion -> throw new IllegalArgumentException("not within a step: " + recursion);
        };
    }

    /**
     * What shows an operator's output: it passes on changes without what cancels out in them.
     *
     * @param kept whether it also enumerates the output at the cost of its rows
     * @param key if it enumerates the rows with given values of some columns at their cost too, these columns
     */
    public static Operator output(
            Operator operator, boolean kept, List<Integer> key, Sharding sharding, CodeCache cache, WorkMeter meter) {
        if (kept && !key.isEmpty()) {
            return new Output(operator.types(), key, cache, meter);
        }
        if (!kept || operator.isMaterialized()) {
            return new Consolidation(operator, cache);
        }
        return sharding.shards() == 1
                ? new Output(operator.types(), cache, meter)
                : Shards.output(operator.types(), sharding, cache, meter);
    }

    private static List<Step> steps(Plan plan) {
        return switch (plan) {
            case Plan.Filter filter -> with(steps(filter.input()), new Step.Condition(filter.condition()));
            case Plan.Project project -> with(steps(project.input()), new Step.Projection(project.expressions()));
            default -> List.of();
        };
    }

    private static List<Step> with(List<Step> steps, Step last) {
        List<Step> all = new ArrayList<>(steps);
        all.add(last);
        return all;
    }
}
