package dev.millrace.dataflow.circuit;

import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.plan.SortKey;
import dev.millrace.dataflow.plan.TimeCondition;
import dev.millrace.dataflow.row.Interval;
import dev.millrace.dataflow.row.Row;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Computes a plan from whole tables, in the plainest way: what the circuit must agree with. */
public final class ReferenceEvaluator {
    private static final int MAX_ROUNDS = 1000;

    private final Map<String, List<Row>> tables;
    private final long now;
    /** The recursive rows of the steps around what is evaluated, the innermost last. */
    private final List<List<Row>> recursive = new ArrayList<>();

    /** @param tables the rows of each table, by its id */
    public ReferenceEvaluator(Map<String, List<Row>> tables) {
        this(tables, 0);
    }

    /** @param now the time, in microseconds since 1970 */
    public ReferenceEvaluator(Map<String, List<Row>> tables, long now) {
        this.tables = tables;
        this.now = now;
    }

    /** The plan's rows, in no particular order. */
    public List<Row> evaluate(Plan plan) {
        return switch (plan) {
            case Plan.Table table -> tables.getOrDefault(table.id(), List.of());
            case Plan.Constant constant -> constant.rows();
            case Plan.Clock clock -> List.of(Row.of(Math.floorDiv(now, clock.period()) * clock.period()));
            case Plan.Filter filter ->
                evaluate(filter.input()).stream()
                        .filter(filter.condition()::isTrue)
                        .toList();
            case Plan.Project project ->
                evaluate(project.input()).stream()
                        .map(row -> project(project, row))
                        .toList();
            case Plan.FlatMap flatMap -> flatMap(flatMap, evaluate(flatMap.input()));
            case Plan.Join join -> new ReferenceJoin(join).rows(evaluate(join.left()), evaluate(join.right()));
            case Plan.Aggregate aggregate -> aggregate(aggregate, evaluate(aggregate.input()));
            case Plan.Distinct distinct ->
                groups(evaluate(distinct.input()), allColumns(distinct)).stream()
                        .map(ReferenceEvaluator::first)
                        .toList();
            case Plan.TopK topK -> topK(topK, evaluate(topK.input()));
            case Plan.SetOperation operation ->
                setOperation(operation, evaluate(operation.left()), evaluate(operation.right()));
            case Plan.Window window -> {
                int[] columns =
                        window.partition().stream().mapToInt(Integer::intValue).toArray();
                yield groups(evaluate(window.input()), columns).stream()
                        .flatMap(partition -> new ReferenceWindow(window, partition).rows().stream())
                        .toList();
            }
            case Plan.Timed timed ->
                evaluate(timed.input()).stream().map(row -> timed(timed, row)).toList();
            case Plan.UnionAll union ->
                union.inputs().stream()
                        .flatMap(input -> evaluate(input).stream())
                        .toList();
            case Plan.Fixpoint fixpoint when fixpoint.all() -> recursiveUnionAll(fixpoint);
            case Plan.Fixpoint fixpoint -> recursiveUnion(fixpoint);
            case Plan.Recursion ignored -> recursive.getLast();
        };
    }

    /** The base, what the step gives for it, what it gives for that, and so on. */
    private List<Row> recursiveUnionAll(Plan.Fixpoint plan) {
        List<Row> result = new ArrayList<>();
        List<Row> last = evaluate(plan.base());
        for (int round = 0; !last.isEmpty(); round++) {
            if (round == MAX_ROUNDS) {
                throw new MillraceException(ErrorCode.DATA_ERROR, "the recursion does not end");
            }
            result.addAll(last);
            last = step(plan, last);
        }
        return result;
    }

    /** The base and what the step gives for all rows so far, until there are no new ones. */
    private List<Row> recursiveUnion(Plan.Fixpoint plan) {
        Map<String, Row> result = new LinkedHashMap<>();
        List<Row> derived = evaluate(plan.base());
        int before;
        do {
            before = result.size();
            derived.forEach(row -> result.putIfAbsent(row.toString(), row));
            derived = step(plan, List.copyOf(result.values()));
        } while (before < result.size());
        return List.copyOf(result.values());
    }

    private List<Row> step(Plan.Fixpoint plan, List<Row> rows) {
        recursive.add(rows);
        List<Row> derived = evaluate(plan.step());
        recursive.removeLast();
        return derived;
    }

    private static Row project(Plan.Project project, Row row) {
        return Row.owning(project.expressions().stream()
                .map(expression -> expression.evaluate(row))
                .toArray());
    }

    private Row timed(Plan.Timed plan, Row row) {
        List<@Nullable Object> told = new ArrayList<>();
        long until = Long.MAX_VALUE;
        for (TimeCondition condition : plan.conditions()) {
            Long moment = (Long) row.get(condition.moment());
            Interval shift = condition.shift().isEmpty()
                    ? Interval.ZERO
                    : (Interval) row.get(condition.shift().get());
            if (moment == null || shift == null) {
                told.add(null);
            } else {
                told.add(condition.holds(now, moment, shift));
                until = Math.min(until, condition.changes(now, moment, shift));
            }
        }
        told.add(until);
        return row.concat(Row.owning(told.toArray()));
    }

    private static List<Row> flatMap(Plan.FlatMap plan, List<Row> input) {
        List<Row> result = new ArrayList<>();
        for (Row row : input) {
            Object[] arguments = plan.arguments().stream()
                    .map(argument -> argument.evaluate(row))
                    .toArray();
            plan.function().expand(arguments, produced -> result.add(row.concat(produced)));
        }
        return result;
    }

    private static List<Row> topK(Plan.TopK plan, List<Row> input) {
        int[] columns = plan.groups().stream().mapToInt(Integer::intValue).toArray();
        List<Row> result = new ArrayList<>();
        for (List<Row> group : groups(input, columns)) {
            List<Row> ordered = group.stream()
                    .sorted(SortKey.comparator(plan.order()).thenComparing(Row::compareExactly))
                    .toList();
            for (int i = 0; i < ordered.size(); i++) {
                if (i >= plan.offset() && i - plan.offset() < plan.limit()) {
                    result.add(plan.numbered() ? ordered.get(i).concat(Row.of(i + 1L)) : ordered.get(i));
                }
            }
        }
        return result;
    }

    private static List<Row> aggregate(Plan.Aggregate plan, List<Row> input) {
        int[] keys = plan.keys().stream().mapToInt(Integer::intValue).toArray();
        Collection<List<Row>> groups = keys.length == 0 ? List.of(input) : groups(input, keys);
        List<Row> result = new ArrayList<>();
        for (List<Row> group : groups) {
            Row key = keys.length == 0
                    ? Row.EMPTY
                    : first(group.stream().map(row -> row.project(keys)).toList());
            Object[] values = plan.calls().stream()
                    .map(call -> ReferenceAggregate.compute(call, plan.input().types(), group))
                    .toArray();
            result.add(key.concat(Row.owning(values)));
        }
        return result;
    }

    private static List<Row> setOperation(Plan.SetOperation plan, List<Row> left, List<Row> right) {
        int[] all = allColumns(plan);
        List<Row> result = new ArrayList<>();
        for (List<Row> equals : groups(left, all)) {
            Row shown = first(equals);
            long others = right.stream()
                    .filter(row -> row.key(all).equals(shown.key(all)))
                    .count();
            long counted = plan.kind() == Plan.SetKind.INTERSECT
                    ? Math.min(equals.size(), others)
                    : plan.all() ? Math.max(equals.size() - others, 0) : others == 0 ? 1 : 0;
            for (long i = 0; i < (plan.all() ? counted : Math.min(counted, 1)); i++) {
                result.add(shown);
            }
        }
        return result;
    }

    private static Collection<List<Row>> groups(List<Row> rows, int[] keys) {
        Map<Row, List<Row>> groups = new LinkedHashMap<>();
        rows.forEach(row ->
                groups.computeIfAbsent(row.key(keys), key -> new ArrayList<>()).add(row));
        return groups.values();
    }

    private static int[] allColumns(Plan plan) {
        return IntStream.range(0, plan.types().size()).toArray();
    }

    private static Row first(List<Row> equals) {
        return equals.stream().min(Comparator.nullsLast(Row::compareExactly)).orElseThrow();
    }
}
