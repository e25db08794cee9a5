package dev.millrace.dataflow.circuit;

import dev.millrace.dataflow.expression.Expression;
import dev.millrace.dataflow.operator.Feed;
import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.plan.Plan.JoinKey;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.function.Predicate;

/**
 * Of which nodes that a view depends on a row, and so an error, is for one key of the view: the key's columns are followed from the view down, through whatever passes them on as they are, to either
 * side of a join that holds them equal. What a row without them comes to is for all keys.
 */
final class ErrorKeys {
    private static final int NONE = -1;

    private final Map<Node, int[]> columns = new LinkedHashMap<>();

    private ErrorKeys() {}

    /** These nodes, each with the columns of the key in the rows that its errors are about. */
    static Map<Node, int[]> of(Node view, List<Integer> key) {
        ErrorKeys keys = new ErrorKeys();
        if (!key.isEmpty()) {
            keys.follow(
                    view.inputs().getFirst(),
                    key.stream().mapToInt(Integer::intValue).toArray());
        }
        return keys.columns;
    }

    /** @param key where it is in the node's rows */
    private void follow(Node node, int[] key) {
        if (Arrays.stream(key).anyMatch(column -> column == NONE) || columns.containsKey(node)) {
            return;
        }
        switch (node.feed()) {
            case Feed.Arranged _ -> follow(node.inputs().getFirst(), key);
            case Feed.Rows(Plan plan) -> follow(node, plan, key);
        }
    }

    private void follow(Node node, Plan plan, int[] key) {
        switch (plan) {
            case Plan.Filter _, Plan.Project _ -> {
                Plan chained = plan;
                int[] below = key;
                while (chained instanceof Plan.Filter || chained instanceof Plan.Project) {
                    below = chained instanceof Plan.Project project ? below(project, below) : below;
                    chained = chained.inputs().getFirst();
                }
                passOn(node, below, below);
            }
            case Plan.Join join -> ofJoin(node, join, key);
            case Plan.Aggregate(Plan _, List<Integer> groups, List<Plan.AggregateCall> _) -> {
                if (within(key, groups.size())) {
                    passOn(node, key, mapped(key, groups::get));
                }
            }
            case Plan.FlatMap flatMap -> passOnWithin(node, flatMap.input(), key);
            case Plan.Window window -> passOnWithin(node, window.input(), key);
            case Plan.Timed timed -> passOnWithin(node, timed.input(), key);
            case Plan.TopK topK -> passOnWithin(node, topK.input(), key);
            case Plan.Distinct _, Plan.SetOperation _, Plan.UnionAll _ -> passOn(node, key, key);
            case Plan.Fixpoint _ -> follow(node.inputs().getLast(), key);
            case Plan.Table _, Plan.Constant _, Plan.Clock _, Plan.Recursion _ -> {}
        }
    }

    private void ofJoin(Node node, Plan.Join join, int[] key) {
        int width = join.left().types().size();
        columns.put(node, key);
        follow(
                node.inputs().getFirst(),
                mapped(
                        key,
                        column -> column < width
                                ? column
                                : equal(join, each -> each.right() == column - width)
                                        .left()));
        follow(
                node.inputs().getLast(),
                mapped(
                        key,
                        column -> column >= width
                                ? column - width
                                : equal(join, each -> each.left() == column).right()));
    }

    private static JoinKey equal(Plan.Join join, Predicate<JoinKey> side) {
        return join.keys().stream().filter(side).findFirst().orElse(new JoinKey(NONE, NONE, false));
    }

    private void passOnWithin(Node node, Plan input, int[] key) {
        if (within(key, input.types().size())) {
            passOn(node, key, key);
        }
    }

    private void passOn(Node node, int[] key, int[] below) {
        if (Arrays.stream(key).noneMatch(column -> column == NONE)) {
            columns.put(node, key);
            node.inputs().forEach(input -> follow(input, below));
        }
    }

    private static int[] below(Plan.Project project, int[] key) {
        return mapped(
                key,
                column -> column != NONE
                                && project.expressions().get(column) instanceof Expression.Column(int index, var _)
                        ? index
                        : NONE);
    }

    private static boolean within(int[] key, int width) {
        return Arrays.stream(key).allMatch(column -> column < width);
    }

    private static int[] mapped(int[] key, IntUnaryOperator mapping) {
        return Arrays.stream(key).map(mapping).toArray();
    }
}
