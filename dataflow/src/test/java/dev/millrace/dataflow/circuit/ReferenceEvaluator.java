package dev.millrace.dataflow.circuit;

import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.plan.SortKey;
import dev.millrace.dataflow.row.Row;
import dev.millrace.dataflow.row.Values;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Computes a plan from whole tables, in the plainest way: what the circuit must agree with. */
final class ReferenceEvaluator {
    private final Map<String, List<Row>> tables;

    ReferenceEvaluator(Map<String, List<Row>> tables) {
        this.tables = tables;
    }

    List<Row> evaluate(Plan plan) {
        return switch (plan) {
            case Plan.Table table -> tables.getOrDefault(table.id(), List.of());
            case Plan.Constant constant -> constant.rows();
            case Plan.Filter filter ->
                evaluate(filter.input()).stream()
                        .filter(filter.condition()::isTrue)
                        .toList();
            case Plan.Project project ->
                evaluate(project.input()).stream()
                        .map(row -> project(project, row))
                        .toList();
            case Plan.Join join -> join(join, evaluate(join.left()), evaluate(join.right()));
            case Plan.Aggregate aggregate -> aggregate(aggregate, evaluate(aggregate.input()));
            case Plan.Distinct distinct ->
                groups(evaluate(distinct.input()), allColumns(distinct)).stream()
                        .map(ReferenceEvaluator::first)
                        .toList();
            case Plan.TopK topK ->
                evaluate(topK.input()).stream()
                        .sorted(SortKey.comparator(topK.order()).thenComparing(Row::compareExactly))
                        .skip(topK.offset())
                        .limit(topK.limit())
                        .toList();
            case Plan.UnionAll union ->
                union.inputs().stream()
                        .flatMap(input -> evaluate(input).stream())
                        .toList();
        };
    }

    private static Row project(Plan.Project project, Row row) {
        return Row.owning(project.expressions().stream()
                .map(expression -> expression.evaluate(row))
                .toArray());
    }

    private static List<Row> join(Plan.Join join, List<Row> left, List<Row> right) {
        List<Row> result = new ArrayList<>();
        boolean[] rightMatched = new boolean[right.size()];
        for (Row leftRow : left) {
            boolean matched = false;
            for (int i = 0; i < right.size(); i++) {
                Row pair = leftRow.concat(right.get(i));
                if (keysMatch(join, leftRow, right.get(i))
                        && (join.residual().isEmpty() || join.residual().get().isTrue(pair))) {
                    result.add(pair);
                    matched = true;
                    rightMatched[i] = true;
                }
            }
            if (!matched && (join.kind() == Plan.JoinKind.LEFT || join.kind() == Plan.JoinKind.FULL)) {
                result.add(leftRow.concat(Row.nulls(join.right().types().size())));
            }
        }
        for (int i = 0; i < right.size(); i++) {
            if (!rightMatched[i] && (join.kind() == Plan.JoinKind.RIGHT || join.kind() == Plan.JoinKind.FULL)) {
                result.add(Row.nulls(join.left().types().size()).concat(right.get(i)));
            }
        }
        return result;
    }

    private static boolean keysMatch(Plan.Join join, Row left, Row right) {
        return join.keys().stream().allMatch(key -> {
            Object a = left.get(key.left());
            Object b = right.get(key.right());
            boolean anyNull = a == null || b == null;
            return Values.compare(a, b) == 0 && (key.nullsMatch() || !anyNull);
        });
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
