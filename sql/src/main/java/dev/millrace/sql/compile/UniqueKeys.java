package dev.millrace.sql.compile;

import dev.millrace.dataflow.expression.Expression;
import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.plan.WindowCall;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.sql.catalog.CatalogTable;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Which sets of columns no two rows of a plan agree in (nulls agreeing with nulls). The empty set is such a key if there is never more than
 * one row. Found from the leaves up; what is found is true, but not all that is true is found.
 */
final class UniqueKeys {
    /** A plan of many joins could have exponentially many. */
    private static final int MAX_KEYS = 16;

    private final Map<String, CatalogTable> tables;

    /** @param tables the tables that the plan reads, by id */
    UniqueKeys(Map<String, CatalogTable> tables) {
        this.tables = tables;
    }

    Set<Set<Integer>> of(Plan plan) {
        Set<Set<Integer>> keys = switch (plan) {
            case Plan.Table table -> ofTable(table);
            case Plan.Constant constant -> constant.rows().size() <= 1 ? Set.of(Set.<Integer>of()) : Set.of();
            case Plan.Filter filter -> of(filter.input());
            case Plan.Project project -> ofProject(project);
            case Plan.FlatMap ignored -> Set.of();
            case Plan.Join join when join.kind().isLeftAlone() -> of(join.left());
            case Plan.Join join -> ofJoin(join);
            case Plan.Aggregate aggregate ->
                Set.of(firstColumns(aggregate.keys().size()));
            case Plan.Distinct distinct -> ofDistinct(distinct);
            case Plan.TopK topK -> ofTopK(topK);
            case Plan.SetOperation operation -> ofSetOperation(operation);
            case Plan.Window window -> ofWindow(window);
            case Plan.Timed timed -> of(timed.input());
            case Plan.Clock ignored -> Set.of(Set.<Integer>of());
            case Plan.UnionAll ignored -> Set.of();
            case Plan.Fixpoint fixpoint -> ofFixpoint(fixpoint);
            case Plan.Recursion ignored -> Set.of();
        };
        return minimal(keys);
    }

    private Set<Set<Integer>> ofTable(Plan.Table table) {
        CatalogTable described = tables.get(table.id());
        List<Integer> key = described == null ? List.of() : described.key();
        return key.isEmpty() ? Set.of() : Set.of(new TreeSet<>(key));
    }

    /** A key stays one if all of its columns are still there. */
    private Set<Set<Integer>> ofProject(Plan.Project project) {
        Set<Set<Integer>> kept = new LinkedHashSet<>();
        for (Set<Integer> key : of(project.input())) {
            Set<Integer> columns = new TreeSet<>();
            for (int column : key) {
                int index = indexOf(project, column);
                if (index >= 0) {
                    columns.add(index);
                }
            }
            if (columns.size() == key.size()) {
                kept.add(columns);
            }
        }
        return kept;
    }

    private static int indexOf(Plan.Project project, int column) {
        return IntStream.range(0, project.expressions().size())
                .filter(i -> project.expressions().get(i) instanceof Expression.Column(int index, var ignored)
                        && index == column)
                .findFirst()
                .orElse(-1);
    }

    /** Where each left row has at most one partner the left keys stay keys, and the other way round; both together always are one. */
    private Set<Set<Integer>> ofJoin(Plan.Join join) {
        if (join.kind() == Plan.JoinKind.FULL) {
            // A left row without a partner and a right one without could agree in a key of nulls.
            return Set.of();
        }
        int width = join.left().types().size();
        Set<Set<Integer>> left = of(join.left());
        Set<Set<Integer>> right = new LinkedHashSet<>();
        for (Set<Integer> key : of(join.right())) {
            right.add(new TreeSet<>(key.stream().map(column -> column + width).toList()));
        }
        Set<Integer> leftJoined = new HashSet<>();
        Set<Integer> rightJoined = new HashSet<>();
        join.keys().forEach(key -> {
            leftJoined.add(key.left());
            rightJoined.add(key.right() + width);
        });
        Set<Set<Integer>> keys = new LinkedHashSet<>();
        if (join.kind() != Plan.JoinKind.RIGHT && right.stream().anyMatch(rightJoined::containsAll)) {
            keys.addAll(left);
        }
        if (join.kind() != Plan.JoinKind.LEFT && left.stream().anyMatch(leftJoined::containsAll)) {
            keys.addAll(right);
        }
        for (Set<Integer> leftKey : left) {
            for (Set<Integer> rightKey : right) {
                Set<Integer> both = new TreeSet<>(leftKey);
                both.addAll(rightKey);
                keys.add(both);
            }
        }
        return keys;
    }

    /** The input's keys stay; where there is at most one row of each group, the group is one, and the group with the number always is. */
    private Set<Set<Integer>> ofTopK(Plan.TopK topK) {
        Set<Set<Integer>> keys = new LinkedHashSet<>(of(topK.input()));
        Set<Integer> group = new TreeSet<>(topK.groups());
        if (topK.isSettled() && topK.limit() <= 1) {
            keys.add(group);
        } else if (topK.numbered()) {
            group.add(topK.types().size() - 1);
            keys.add(group);
        }
        return keys;
    }

    /** The input's keys stay, and the partition with a row's number is one. */
    private Set<Set<Integer>> ofWindow(Plan.Window window) {
        Set<Set<Integer>> keys = new LinkedHashSet<>(of(window.input()));
        int number = window.calls().indexOf(new WindowCall.Ranking(WindowCall.Ranking.Kind.ROW_NUMBER));
        if (number >= 0) {
            Set<Integer> numbered = new TreeSet<>(window.partition());
            numbered.add(window.input().types().size() + number);
            keys.add(numbered);
        }
        return keys;
    }

    private Set<Set<Integer>> ofDistinct(Plan.Distinct distinct) {
        Set<Set<Integer>> keys = new LinkedHashSet<>(of(distinct.input()));
        keys.add(firstColumns(distinct.types().size()));
        return keys;
    }

    /** No two rows are identical, but they may be equal. */
    private static Set<Set<Integer>> ofFixpoint(Plan.Fixpoint fixpoint) {
        boolean isSet = !fixpoint.all() && fixpoint.types().stream().noneMatch(DataType::hasSeveralForms);
        return isSet ? Set.of(firstColumns(fixpoint.types().size())) : Set.of();
    }

    /** No row comes oftener than it stands on the left, nor one of an intersection oftener than on the right. */
    private Set<Set<Integer>> ofSetOperation(Plan.SetOperation operation) {
        Set<Set<Integer>> keys = new LinkedHashSet<>(of(operation.left()));
        if (operation.kind() == Plan.SetKind.INTERSECT) {
            keys.addAll(of(operation.right()));
        }
        if (!operation.all()) {
            keys.add(firstColumns(operation.types().size()));
        }
        return keys;
    }

    private static Set<Integer> firstColumns(int count) {
        return new TreeSet<>(IntStream.range(0, count).boxed().toList());
    }

    /** Those keys of which no other is a part. */
    private static Set<Set<Integer>> minimal(Set<Set<Integer>> keys) {
        Set<Set<Integer>> minimal = new LinkedHashSet<>();
        for (Set<Integer> key : keys) {
            boolean larger = keys.stream().anyMatch(other -> !other.equals(key) && key.containsAll(other));
            if (!larger && minimal.size() < MAX_KEYS) {
                minimal.add(key);
            }
        }
        return minimal;
    }
}
