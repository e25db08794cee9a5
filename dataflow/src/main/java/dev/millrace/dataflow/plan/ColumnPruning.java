package dev.millrace.dataflow.plan;

import dev.millrace.dataflow.expression.Expression;
import dev.millrace.dataflow.plan.Plan.AggregateCall;
import dev.millrace.dataflow.row.DataType;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Leaves out the columns that nobody reads, so that operators keep narrow rows: an input of a join or an aggregate has just the columns that are
 * used. From the root down each node is told which of its columns are wanted. A plan that stands in several places is told what is wanted in any of them, until nothing is
 * added, so that it stays the same plan in all of them and is computed once. Projections that meet become one if one of them computes
 * nothing; one that changes nothing is dropped.
 *
 * <p>What comes out has the same columns and rows, in the same order of columns. Only an expression that fails and that nobody reads does not fail any
 * more. A top-k and a window keep all columns of their input, since they decide between rows that tie.
 */
public final class ColumnPruning {
    private static final Expression TRUE = new Expression.Literal(true, DataType.BOOL);

    /** For each plan, the columns of it that were wanted so far, wherever it stands. */
    private final Map<Plan, BitSet> demanded = new HashMap<>();

    private boolean isComplete;

    private ColumnPruning() {}

    public static Plan prune(Plan plan) {
        ColumnPruning pruning = new ColumnPruning();
        Plan pruned;
        do {
            pruning.isComplete = true;
            pruned = pruning.whole(plan);
        } while (!pruning.isComplete);
        return pruned;
    }

    /** The columns of a plan that are wanted here or in another place. */
    private BitSet demand(Plan plan, BitSet wanted) {
        BitSet before = demanded.getOrDefault(plan, new BitSet());
        BitSet after = union(before, wanted);
        if (!after.equals(before)) {
            demanded.put(plan, after);
            isComplete = false;
        }
        return after;
    }

    private Plan whole(Plan plan) {
        return exact(plan, all(plan));
    }

    /**
     * A plan with at least the wanted columns, and as many rows as it had, if none is wanted.
     *
     * @param columns for each column of the original, the one in which it is now; any one, if it was not wanted
     */
    private record Pruned(Plan plan, List<Expression.Column> columns) {
        static Pruned unchanged(Plan plan) {
            return new Pruned(plan, identity(plan));
        }
    }

    /** Exactly the wanted columns in their order; one that is TRUE if none is wanted. */
    private Plan exact(Plan plan, BitSet wanted) {
        if (wanted.isEmpty()) {
            return project(pruned(plan, wanted).plan, List.of(TRUE));
        }
        Pruned pruned = pruned(plan, wanted);
        return project(
                pruned.plan,
                wanted.stream().<Expression>mapToObj(pruned.columns::get).toList());
    }

    private Pruned pruned(Plan plan, BitSet wantedHere) {
        BitSet wanted = demand(plan, wantedHere);
        return switch (plan) {
            case Plan.Table table -> Pruned.unchanged(table);
            case Plan.Constant constant -> Pruned.unchanged(constant);
            case Plan.Clock clock -> Pruned.unchanged(clock);
            case Plan.Filter(Plan input, Expression condition) -> {
                Pruned below = pruned(input, union(wanted, ColumnMapping.columnsOf(List.of(condition))));
                yield new Pruned(
                        new Plan.Filter(below.plan, ColumnMapping.replace(condition, below.columns)), below.columns);
            }
            case Plan.Project project -> ofProject(project, wanted);
            case Plan.FlatMap flatMap -> ofFlatMap(flatMap, wanted);
            case Plan.Join join -> ofJoin(join, wanted);
            case Plan.Aggregate aggregate -> ofAggregate(aggregate, wanted);
            case Plan.Distinct distinct -> Pruned.unchanged(new Plan.Distinct(whole(distinct.input())));
            case Plan.TopK topK -> {
                boolean numbered = topK.numbered() && wanted.get(topK.types().size() - 1);
                Plan input = whole(topK.input());
                Plan kept = new Plan.TopK(input, topK.groups(), topK.order(), topK.skip(), topK.take(), numbered);
                int added = input.types().size() - topK.input().types().size();
                yield new Pruned(kept, moved(topK.types(), all(topK), added));
            }
            case Plan.SetOperation(Plan left, Plan right, Plan.SetKind kind, boolean all) ->
                Pruned.unchanged(new Plan.SetOperation(whole(left), whole(right), kind, all));
            case Plan.Window window -> ofWindow(window, wanted);
            case Plan.Timed timed -> Pruned.unchanged(new Plan.Timed(whole(timed.input()), timed.conditions()));
            case Plan.UnionAll union ->
                new Pruned(
                        new Plan.UnionAll(union.inputs().stream()
                                .map(input -> exact(input, wanted))
                                .toList()),
                        moved(union.types(), wanted, 0));
            case Plan.Fixpoint fixpoint ->
                Pruned.unchanged(new Plan.Fixpoint(whole(fixpoint.base()), whole(fixpoint.step()), fixpoint.all()));
            case Plan.Recursion recursion -> Pruned.unchanged(recursion);
        };
    }

    private Pruned ofProject(Plan.Project project, BitSet wanted) {
        if (wanted.isEmpty()) {
            return new Pruned(pruned(project.input(), wanted).plan, moved(project.types(), wanted, 0));
        }
        List<Expression> expressions =
                wanted.stream().mapToObj(project.expressions()::get).toList();
        Pruned below = pruned(project.input(), ColumnMapping.columnsOf(expressions));
        return new Pruned(
                project(below.plan, ColumnMapping.replaceAll(expressions, below.columns)),
                moved(project.types(), wanted, 0));
    }

    private Pruned ofWindow(Plan.Window window, BitSet wanted) {
        int width = window.input().types().size();
        BitSet kept = (BitSet) wanted.clone();
        kept.set(0, width);
        List<WindowCall> calls = kept.stream()
                .filter(column -> column >= width)
                .mapToObj(column -> window.calls().get(column - width))
                .toList();
        if (calls.isEmpty()) {
            Pruned below = pruned(window.input(), wanted.get(0, width));
            List<Expression.Column> columns = new ArrayList<>(below.columns);
            window.calls().forEach(call -> columns.add(new Expression.Column(0, call.type())));
            return new Pruned(below.plan, columns);
        }
        Plan input = whole(window.input());
        Plan narrow = new Plan.Window(input, window.partition(), window.order(), calls);
        // Rows without columns have become rows of one.
        return new Pruned(narrow, moved(window.types(), kept, input.types().size() - width));
    }

    private Pruned ofFlatMap(Plan.FlatMap flatMap, BitSet wanted) {
        int width = flatMap.input().types().size();
        Pruned below =
                pruned(flatMap.input(), union(wanted.get(0, width), ColumnMapping.columnsOf(flatMap.arguments())));
        Plan kept = new Plan.FlatMap(
                below.plan,
                flatMap.function(),
                ColumnMapping.replaceAll(flatMap.arguments(), below.columns),
                flatMap.produced());
        List<Expression.Column> columns = new ArrayList<>(below.columns);
        int shift = below.plan.types().size();
        for (int i = 0; i < flatMap.produced().size(); i++) {
            columns.add(new Expression.Column(shift + i, flatMap.produced().get(i)));
        }
        return new Pruned(kept, columns);
    }

    private Pruned ofJoin(Plan.Join join, BitSet wanted) {
        List<DataType> leftTypes = join.left().types();
        List<DataType> rightTypes = join.right().types();
        int width = leftTypes.size();
        BitSet read =
                union(wanted, ColumnMapping.columnsOf(join.residual().stream().toList()));
        BitSet leftRead = read.get(0, width);
        BitSet rightRead = read.get(width, width + rightTypes.size());
        join.keys().forEach(key -> {
            leftRead.set(key.left());
            rightRead.set(key.right());
        });
        List<Expression.Column> left = moved(leftTypes, leftRead, 0);
        List<Expression.Column> right = moved(rightTypes, rightRead, 0);
        List<Expression.Column> both = new ArrayList<>(left);
        both.addAll(moved(rightTypes, rightRead, Math.max(1, leftRead.cardinality())));
        boolean onlyAsked = join.kind().isLeftAlone() && rightRead.isEmpty();
        Plan kept = new Plan.Join(
                exact(join.left(), leftRead),
                onlyAsked ? whole(join.right()) : exact(join.right(), rightRead),
                join.kind(),
                join.keys().stream()
                        .map(key -> new Plan.JoinKey(
                                left.get(key.left()).index(),
                                right.get(key.right()).index(),
                                key.nullsMatch()))
                        .toList(),
                join.residual().map(residual -> ColumnMapping.replace(residual, both)));
        return new Pruned(kept, join.kind().isLeftAlone() ? left : both);
    }

    private Pruned ofAggregate(Plan.Aggregate aggregate, BitSet wanted) {
        int keys = aggregate.keys().size();
        BitSet kept = union(wanted, new BitSet());
        kept.set(0, keys);
        if (kept.isEmpty() && !aggregate.calls().isEmpty()) {
            kept.set(0);
        }
        List<AggregateCall> calls = kept.stream()
                .filter(column -> column >= keys)
                .mapToObj(column -> aggregate.calls().get(column - keys))
                .toList();
        BitSet read = new BitSet();
        aggregate.keys().forEach(read::set);
        calls.forEach(call -> {
            call.read().forEach(read::set);
            call.filter().ifPresent(read::set);
        });
        List<Expression.Column> columns = moved(aggregate.input().types(), read, 0);
        Plan narrow = new Plan.Aggregate(
                read.isEmpty() ? pruned(aggregate.input(), read).plan : exact(aggregate.input(), read),
                aggregate.keys().stream().map(key -> columns.get(key).index()).toList(),
                calls.stream().map(call -> moved(call, columns)).toList());
        return new Pruned(narrow, moved(aggregate.types(), kept, 0));
    }

    private static AggregateCall moved(AggregateCall call, List<Expression.Column> columns) {
        return new AggregateCall(
                call.kind(),
                call.column().map(index -> columns.get(index).index()),
                call.distinct(),
                call.filter().map(index -> columns.get(index).index()),
                call.type(),
                call.second().map(index -> columns.get(index).index()),
                call.order().stream()
                        .map(key -> new SortKey(columns.get(key.column()).index(), key.descending(), key.nullsFirst()))
                        .toList(),
                call.fraction());
    }

    /** Where columns are when only those that are kept stand there, from an ordinal on. */
    private static List<Expression.Column> moved(List<DataType> types, BitSet kept, int first) {
        return IntStream.range(0, types.size())
                .mapToObj(i -> new Expression.Column(first + kept.get(0, i).cardinality(), types.get(i)))
                .toList();
    }

    private static Plan project(Plan input, List<Expression> expressions) {
        if (expressions.equals(identity(input))) {
            return input;
        }
        if (input instanceof Plan.Project inner) {
            boolean selects = expressions.stream().allMatch(Expression.Column.class::isInstance);
            boolean selected = ColumnMapping.columnsOf(expressions).stream()
                    .mapToObj(inner.expressions()::get)
                    .noneMatch(ColumnPruning::isComputed);
            if (selects || selected) {
                return project(inner.input(), ColumnMapping.replaceAll(expressions, inner.expressions()));
            }
        }
        return new Plan.Project(input, expressions);
    }

    private static boolean isComputed(Expression expression) {
        return !(expression instanceof Expression.Column || expression instanceof Expression.Literal);
    }

    private static List<Expression.Column> identity(Plan plan) {
        return moved(plan.types(), all(plan), 0);
    }

    private static BitSet all(Plan plan) {
        BitSet all = new BitSet();
        all.set(0, plan.types().size());
        return all;
    }

    private static BitSet union(BitSet left, BitSet right) {
        BitSet both = (BitSet) left.clone();
        both.or(right);
        return both;
    }
}
