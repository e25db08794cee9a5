package dev.millrace.sql.binding;

import dev.millrace.dataflow.expression.Expression;
import dev.millrace.dataflow.plan.AggregateKind;
import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.plan.Plan.JoinKey;
import dev.millrace.dataflow.plan.Plan.JoinKind;
import dev.millrace.dataflow.plan.PlanExpressions;
import dev.millrace.dataflow.plan.StepPath;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.sql.function.Logic;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Turns a plan with parameters into one plan for all bindings: {@code bindings, LATERAL (the plan)}, decorrelated from the leaves up.
 *
 * <pre>
 *   filter c = $1 and rest (A)     →  A ⋈ bindings on c = $1, residual rest        where A has no parameters
 *   filter rest (A)                →  filter rest (A')                             rest over the values that A' carries
 *   project, flat-map, distinct    →  the same, with the binding beside the columns
 *   A join B                       →  the same join of A' or B', or of both with equal bindings
 *   A semi join B'                 →  A ⋈ distinct keys and bindings of B'
 *   aggregate by k (A)             →  aggregate by k, binding (A')
 *   aggregate by nothing (A)       →  bindings ⟕ aggregate by binding (A'), since it has a row for no rows, too
 *   top-k, window by g (A)         →  the same by g, binding (A')
 *   A union all, intersect, except B  →  the same of A' and B'
 *   recursive union of A and step  →  the same of A' and of the step over rows with their binding
 * </pre>
 *
 * <p>So there is state only for what is bound, and the index of {@code A} by {@code c} is that of every join which looks up A by c. A change of A costs what the bindings
 * that have its {@code c} cost; a new binding costs the rows of A that have it.
 *
 * <p>A data error of a row that says which binding it is for is that binding's alone. One of a part that is the same for all is everybody's, as it is of the plan with any values. Only the
 * rows of a recursion's step do not say so, so there nothing may fail.
 *
 * <p>A plan that cannot be so carried (no equality selects, or a part that is the same for all would have to be repeated for each binding) is not: then a binding has a circuit
 * of its own.
 */
public final class PlanBinder {
    private static final SortedSet<Integer> NONE = new TreeSet<>();

    private final Plan.Table bindings;
    /** Within the step of a recursion for all bindings, its rows so far. */
    private @Nullable Carried rowsSoFar;

    private PlanBinder(Plan.Table bindings) {
        this.bindings = bindings;
    }

    /**
     * The plan for all bindings.
     *
     * @param plan with parameters of these types
     * @param table the id of the table of bindings
     */
    public static BoundPlan bind(Plan plan, List<DataType> types, String table) {
        PlanBinder binder = new PlanBinder(BoundPlan.bindings(table, types));
        try {
            return new BoundPlan.Shared(
                    binder.carried(plan, NONE).exact(plan, NONE).plan(), binder.bindings);
        } catch (Unbindable e) {
            return new BoundPlan.Apart(String.valueOf(e.getMessage()));
        }
    }

    /** @param above the parameters that are read above this */
    private Carried carried(Plan plan, SortedSet<Integer> above) {
        if (isFree(plan)) {
            return Carried.free(plan);
        }
        return switch (plan) {
            case Plan.Table table -> Carried.free(table);
            case Plan.Constant constant -> Carried.free(constant);
            case Plan.Clock clock -> Carried.free(clock);
            case Plan.Filter filter -> ofFilter(filter, above);
            case Plan.Project project ->
                bound(project.input(), ReadParameters.with(above, project)).projected(project.expressions(), above);
            case Plan.FlatMap flatMap -> ofFlatMap(flatMap, above);
            case Plan.Join join -> ofJoin(join, above);
            case Plan.Aggregate aggregate -> ofAggregate(aggregate, above);
            case Plan.Distinct distinct -> {
                Carried input = carried(distinct.input(), above).exact(distinct.input(), above);
                yield input.in(new Plan.Distinct(input.plan()), 0);
            }
            case Plan.TopK topK -> ofTopK(topK, above);
            case Plan.Window window -> ofWindow(window, above);
            case Plan.Timed timed -> {
                Carried input = carried(timed.input(), above).exact(timed.input(), above);
                yield input.followed(new Plan.Timed(input.plan(), timed.conditions()));
            }
            case Plan.SetOperation set -> {
                List<Carried> inputs = alike(set, above);
                Carried left = inputs.getFirst();
                Plan same = new Plan.SetOperation(left.plan(), inputs.getLast().plan(), set.kind(), set.all());
                yield left.in(same, 0);
            }
            case Plan.UnionAll union -> {
                List<Carried> inputs = alike(union, above);
                yield inputs.getFirst()
                        .in(new Plan.UnionAll(inputs.stream().map(Carried::plan).toList()), 0);
            }
            case Plan.Fixpoint fixpoint -> ofFixpoint(fixpoint, above);
            case Plan.Recursion recursion -> Objects.requireNonNullElseGet(rowsSoFar, () -> Carried.free(recursion));
        };
    }

    private static void requireTotal(Plan step) {
        boolean function =
                step instanceof Plan.FlatMap flatMap && flatMap.function().mayFail();
        if (function || PlanExpressions.of(step).stream().anyMatch(Expression::mayFail)) {
            throw new Unbindable("within a recursion an expression may be a data error, of one binding alone");
        }
        step.inputs().forEach(PlanBinder::requireTotal);
    }

    /** Whether its rows are the same for all bindings. */
    private boolean isFree(Plan plan) {
        return !PlanExpressions.haveParameters(plan) && (rowsSoFar == null || !StepPath.isOpen(plan));
    }

    /** As {@link #carried}, of an input to whose rows the operator above needs the values. */
    private Carried bound(Plan input, SortedSet<Integer> above) {
        Carried carried = carried(input, above);
        if (!carried.isBound()) {
            throw new Unbindable("a parameter is read where no condition has bound it");
        }
        return carried;
    }

    private Carried ofFilter(Plan.Filter filter, SortedSet<Integer> above) {
        if (!isFree(filter.input())) {
            Carried input = carried(filter.input(), ReadParameters.with(above, filter));
            return input.in(new Plan.Filter(input.plan(), input.mapped(filter.condition())), 0);
        }
        Optional<Plan> below = Selection.belowGroups(filter);
        if (below.isPresent()) {
            return carried(below.get(), above);
        }
        return selected(Selection.of(filter));
    }

    /** The join with the bindings. */
    private Carried selected(Selection selection) {
        Plan input = selection.input();
        int width = input.types().size();
        List<JoinKey> keys = selection.keys().stream()
                .map(key -> new JoinKey(key.column(), 1 + key.parameter(), key.nullsMatch()))
                .toList();
        List<DataType> types =
                Stream.concat(input.types().stream(), bindings.types().stream()).toList();
        Plan joined = new Plan.Join(
                input,
                bindings,
                JoinKind.INNER,
                keys,
                selection
                        .rest()
                        .map(rest -> rest.replacingLeaves(leaf -> leaf instanceof Expression.Parameter parameter
                                ? new Expression.Column(
                                        width + 1 + parameter.index(), types.get(width + 1 + parameter.index()))
                                : leaf)));
        return ofBindings(
                joined, width, IntStream.range(0, selection.width()).boxed().toList());
    }

    /** A plan in which the columns of the bindings stand from here on. */
    private Carried ofBindings(Plan plan, int first, List<Integer> columns) {
        SortedMap<Integer, Integer> parameters = new TreeMap<>();
        for (int i = 1; i < bindings.types().size(); i++) {
            parameters.put(i - 1, first + i);
        }
        return new Carried(plan, columns, first, parameters);
    }

    private Carried ofFlatMap(Plan.FlatMap flatMap, SortedSet<Integer> above) {
        Carried input = bound(flatMap.input(), ReadParameters.with(above, flatMap));
        Plan mapped = new Plan.FlatMap(
                input.plan(),
                flatMap.function(),
                flatMap.arguments().stream().map(input::mapped).toList(),
                flatMap.produced());
        List<Integer> columns = new ArrayList<>(input.columns());
        for (int i = 0; i < flatMap.produced().size(); i++) {
            columns.add(input.plan().types().size() + i);
        }
        return new Carried(mapped, columns, input.binding(), input.parameters());
    }

    private Carried ofJoin(Plan.Join join, SortedSet<Integer> above) {
        SortedSet<Integer> wanted = ReadParameters.with(above, join);
        Carried left = carried(join.left(), wanted);
        Carried right = carried(join.right(), wanted);
        if (!left.isBound() && !right.isBound()) {
            return ofCondition(join, above);
        }
        return switch (join.kind()) {
            case INNER -> joined(join, left, right);
            case LEFT, ANTI -> {
                require(left.isBound(), join, "right");
                yield joined(join, left, right);
            }
            case RIGHT -> {
                require(right.isBound(), join, "left");
                yield joined(join, left, right);
            }
            case SEMI -> left.isBound() ? joined(join, left, right) : ofSemiJoin(join, left, right, above);
            case FULL -> throw new Unbindable("a full join depends on a parameter");
        };
    }

    private static void require(boolean bound, Plan.Join join, String other) {
        if (!bound) {
            throw new Unbindable("of the " + join.kind().name().toLowerCase(Locale.ROOT) + " join only the " + other
                    + " side depends on a parameter");
        }
    }

    /** An inner join whose residual condition alone has parameters is the filter of a join without one. */
    private Carried ofCondition(Plan.Join join, SortedSet<Integer> above) {
        if (join.kind() != JoinKind.INNER) {
            throw new Unbindable("a parameter is read in the condition of an outer or semi join alone");
        }
        Plan without = new Plan.Join(join.left(), join.right(), join.kind(), join.keys(), Optional.empty());
        return carried(new Plan.Filter(without, join.residual().orElseThrow()), above);
    }

    private static Carried joined(Plan.Join join, Carried left, Carried right) {
        int shift = left.plan().types().size();
        List<JoinKey> keys = new ArrayList<>();
        for (JoinKey key : join.keys()) {
            keys.add(new JoinKey(left.columns().get(key.left()), right.columns().get(key.right()), key.nullsMatch()));
        }
        if (left.isBound() && right.isBound()) {
            keys.add(new JoinKey(left.binding(), right.binding(), false));
        }
        Plan pairs = new Plan.Join(left.plan(), right.plan(), JoinKind.INNER, keys, Optional.empty());
        Carried ofLeft = left.in(pairs, 0);
        Carried ofRight = right.in(pairs, shift);
        boolean fromRight = !left.isBound() || join.kind() == JoinKind.RIGHT;
        Carried binding = fromRight ? ofRight : ofLeft;
        List<Integer> both = new ArrayList<>(ofLeft.columns());
        both.addAll(ofRight.columns());
        Carried pair = new Carried(pairs, both, binding.binding(), binding.parameters());
        Plan result = new Plan.Join(
                left.plan(), right.plan(), join.kind(), keys, join.residual().map(pair::mapped));
        return join.kind().isLeftAlone()
                ? left.in(result, 0)
                : new Carried(result, both, binding.binding(), binding.parameters());
    }

    /** The left rows that have a partner for a binding: each once for each such binding. */
    private static Carried ofSemiJoin(Plan.Join join, Carried left, Carried right, SortedSet<Integer> above) {
        if (join.residual().isPresent()) {
            throw new Unbindable("of a semi join with a condition only the right side depends on a parameter");
        }
        List<Integer> asked =
                join.keys().stream().map(JoinKey::right).distinct().toList();
        List<Expression> columns = asked.stream()
                .<Expression>map(column ->
                        new Expression.Column(column, join.right().types().get(column)))
                .toList();
        Carried partners = right.projected(columns, above);
        Plan distinct = join.right() instanceof Plan.Distinct && columns.equals(Carried.identity(join.right()))
                ? partners.plan()
                : new Plan.Distinct(partners.plan());
        List<JoinKey> keys = join.keys().stream()
                .map(key -> new JoinKey(left.columns().get(key.left()), asked.indexOf(key.right()), key.nullsMatch()))
                .toList();
        Plan joined = new Plan.Join(left.plan(), distinct, JoinKind.INNER, keys, Optional.empty());
        Carried ofPartners = partners.in(joined, left.plan().types().size());
        return new Carried(joined, left.columns(), ofPartners.binding(), ofPartners.parameters());
    }

    private Carried ofAggregate(Plan.Aggregate aggregate, SortedSet<Integer> above) {
        boolean global = aggregate.keys().isEmpty();
        SortedSet<Integer> asKeys = global ? NONE : above;
        Carried input = carried(aggregate.input(), asKeys).exact(aggregate.input(), asKeys);
        List<Integer> keys = new ArrayList<>(aggregate.keys());
        int own = keys.size();
        keys.add(input.binding());
        keys.addAll(input.parameters().values());
        Plan.Aggregate grouped = new Plan.Aggregate(input.plan(), keys, aggregate.calls());
        if (global) {
            return withEmptyGroups(grouped);
        }
        List<Integer> columns = new ArrayList<>();
        for (int i = 0; i < aggregate.types().size(); i++) {
            columns.add(i < own ? i : i - own + keys.size());
        }
        SortedMap<Integer, Integer> parameters = new TreeMap<>();
        int next = own + 1;
        for (int parameter : input.parameters().keySet()) {
            parameters.put(parameter, next++);
        }
        return new Carried(grouped, columns, own, parameters);
    }

    /** An aggregate by the binding alone, with a row for each binding that has no rows: a count is 0 there, all else NULL. */
    private Carried withEmptyGroups(Plan.Aggregate grouped) {
        int width = bindings.types().size();
        Plan joined =
                new Plan.Join(bindings, grouped, JoinKind.LEFT, List.of(new JoinKey(0, 0, false)), Optional.empty());
        boolean counts = grouped.calls().stream().anyMatch(PlanBinder::isCount);
        List<Integer> columns = IntStream.range(0, grouped.calls().size())
                .mapToObj(i -> width + 1 + i)
                .toList();
        if (!counts) {
            return ofBindings(joined, 0, columns);
        }
        List<Expression> expressions = new ArrayList<>(Carried.identity(joined));
        for (int i = 0; i < columns.size(); i++) {
            if (isCount(grouped.calls().get(i))) {
                expressions.set(columns.get(i), orZero(expressions.get(columns.get(i))));
            }
        }
        return ofBindings(new Plan.Project(joined, expressions), 0, columns);
    }

    private static boolean isCount(Plan.AggregateCall call) {
        return call.kind() == AggregateKind.COUNT || call.kind() == AggregateKind.REGR_COUNT;
    }

    private static Expression orZero(Expression count) {
        Expression counted = new Expression.Call(Logic.IS_NOT_NULL, List.of(count), DataType.BOOL);
        return new Expression.Case(
                List.of(counted), List.of(count), new Expression.Literal(0L, DataType.INT8), DataType.INT8);
    }

    /** Rows that tie are ordered by all of their columns, so those come first and as they were. */
    private Carried ofTopK(Plan.TopK topK, SortedSet<Integer> above) {
        if (!topK.isSettled()) {
            throw new Unbindable("how many rows there are depends on a parameter");
        }
        Carried input = carried(topK.input(), above).exact(topK.input(), above);
        List<Integer> groups = new ArrayList<>(topK.groups());
        groups.add(input.binding());
        Plan carried = new Plan.TopK(input.plan(), groups, topK.order(), topK.skip(), topK.take(), topK.numbered());
        List<Integer> columns = new ArrayList<>(input.columns());
        if (topK.numbered()) {
            columns.add(carried.types().size() - 1);
        }
        return new Carried(carried, columns, input.binding(), input.parameters());
    }

    private Carried ofWindow(Plan.Window window, SortedSet<Integer> above) {
        Carried input = carried(window.input(), above).exact(window.input(), above);
        List<Integer> partition = new ArrayList<>(window.partition());
        partition.add(input.binding());
        Plan carried = new Plan.Window(input.plan(), partition, window.order(), window.calls());
        return input.followed(carried);
    }

    /** The inputs of a union or set operation, with the same columns. */
    private List<Carried> alike(Plan union, SortedSet<Integer> above) {
        List<Carried> inputs = new ArrayList<>();
        for (Plan input : union.inputs()) {
            Carried carried = carried(input, above).exact(input, above);
            if (!carried.isBound()) {
                throw new Unbindable("a part of a union does not depend on the parameters");
            }
            if (!carried.parameters().keySet().containsAll(above)) {
                throw new Unbindable("a parameter is read where not all parts of a union have bound it");
            }
            inputs.add(carried);
        }
        return inputs;
    }

    private Carried ofFixpoint(Plan.Fixpoint fixpoint, SortedSet<Integer> above) {
        requireTotal(fixpoint.step());
        SortedSet<Integer> wanted = ReadParameters.withAll(above, fixpoint.step());
        Carried base = carried(fixpoint.base(), wanted).exact(fixpoint.base(), wanted);
        if (!base.isBound()) {
            throw new Unbindable("the rows that a recursion begins with do not depend on the parameters");
        }
        SortedSet<Integer> kept = new TreeSet<>(base.parameters().keySet());
        Carried around = rowsSoFar;
        rowsSoFar = base.in(new Plan.Recursion(base.plan().types()), 0);
        Carried step = carried(fixpoint.step(), kept).exact(fixpoint.step(), kept);
        rowsSoFar = around;
        return base.in(new Plan.Fixpoint(base.plan(), step.plan(), fixpoint.all()), 0);
    }
}
