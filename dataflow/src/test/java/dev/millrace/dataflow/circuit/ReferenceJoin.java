package dev.millrace.dataflow.circuit;

import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.row.Row;
import dev.millrace.dataflow.row.Values;
import java.util.ArrayList;
import java.util.List;

/** Tries every pair of rows. */
final class ReferenceJoin {
    private final Plan.Join join;

    ReferenceJoin(Plan.Join join) {
        this.join = join;
    }

    List<Row> rows(List<Row> left, List<Row> right) {
        List<Row> result = new ArrayList<>();
        boolean[] rightMatched = new boolean[right.size()];
        for (Row row : left) {
            List<Row> pairs = new ArrayList<>();
            for (int i = 0; i < right.size(); i++) {
                Row pair = row.concat(right.get(i));
                if (keysMatch(row, right.get(i))
                        && join.residual().stream().allMatch(residual -> residual.isTrue(pair))) {
                    pairs.add(pair);
                    rightMatched[i] = true;
                }
            }
            result.addAll(ofLeft(row, pairs));
        }
        if (join.kind() == Plan.JoinKind.RIGHT || join.kind() == Plan.JoinKind.FULL) {
            for (int i = 0; i < right.size(); i++) {
                if (!rightMatched[i]) {
                    result.add(Row.nulls(join.left().types().size()).concat(right.get(i)));
                }
            }
        }
        return result;
    }

    /** What comes out for a row of the left that forms these pairs. */
    private List<Row> ofLeft(Row row, List<Row> pairs) {
        return switch (join.kind()) {
            case INNER, RIGHT -> pairs;
            case LEFT, FULL ->
                pairs.isEmpty()
                        ? List.of(row.concat(Row.nulls(join.right().types().size())))
                        : pairs;
            case SEMI -> pairs.isEmpty() ? List.of() : List.of(row);
            case ANTI -> pairs.isEmpty() ? List.of(row) : List.of();
        };
    }

    private boolean keysMatch(Row left, Row right) {
        return join.keys().stream().allMatch(key -> {
            Object a = left.get(key.left());
            Object b = right.get(key.right());
            boolean anyNull = a == null || b == null;
            return Values.compare(a, b) == 0 && (key.nullsMatch() || !anyNull);
        });
    }
}
