package dev.millrace.sql.compile;

import dev.millrace.dataflow.expression.Expression;
import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.plan.SortKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexFieldCollation;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;

/**
 * Compiles row numbers that a filter bounds from above: the first rows of each partition.
 *
 * <pre>
 * Filter(n &lt;= k, and others)                          Project(expressions)
 *   Project(expressions, ROW_NUMBER() OVER (w) AS n)  →    Filter(others)
 *     input                                                 TopK(w, k, numbered)
 *                                                             input
 * </pre>
 */
final class RowNumberCompiler {
    private final Project project;
    private final RexBuilder builder;
    private final RexOver number;
    private final Plan input;
    private final ExpressionCompiler expressions;
    /** The columns of the top-k's input: those of the project's input that are read, then partition and order keys that are computed. */
    private final List<Expression> columns = new ArrayList<>();

    /** Whether this is a filter over row numbers and no other window functions. */
    static boolean applies(Filter filter) {
        return filter.getInput() instanceof Project project
                && onlyNumber(project).isPresent();
    }

    /** @param input the plan of the project's input */
    RowNumberCompiler(Project project, Plan input) {
        this.project = project;
        this.builder = project.getCluster().getRexBuilder();
        this.input = input;
        this.number = onlyNumber(project).orElseThrow();
        this.expressions = new ExpressionCompiler(
                input.types(), project.getInput().getRowType().getFieldNames(), builder);
    }

    /** The plan of the filter with this condition, unless it does not bound the numbers from above. */
    Optional<Plan> compile(RexNode condition) {
        RowNumberBounds bounds = RowNumberBounds.ANY;
        List<RexNode> others = new ArrayList<>();
        RexNode expanded = RexUtil.expandSearch(builder, null, RelOptUtil.pushPastProject(condition, project));
        for (RexNode conjunct : RelOptUtil.conjunctions(expanded)) {
            RowNumberBounds implied = RowNumberBounds.of(conjunct, number, expressions);
            bounds = bounds.and(implied);
            if (!implied.exact()) {
                others.add(conjunct);
            }
        }
        if (bounds.last() == Long.MAX_VALUE) {
            return Optional.empty();
        }
        List<RexNode> read = new ArrayList<>(project.getProjects());
        read.addAll(others);
        RelOptUtil.InputFinder.bits(read, null)
                .forEach(column -> columns.add(expressions.compile(
                        RexInputRef.of(column, project.getInput().getRowType()))));
        int width = columns.size();
        List<Integer> groups =
                number.getWindow().partitionKeys.stream().map(this::keyColumn).toList();
        List<SortKey> order =
                number.getWindow().orderKeys.stream().map(this::sortKey).toList();
        Plan top =
                new Plan.TopK(new Plan.Project(input, columns), groups, order, bounds.offset(), bounds.limit(), true);
        return Optional.of(above(top, width, others));
    }

    /** The filter and the projection over the numbered rows, which have other columns than the project's input. */
    private Plan above(Plan top, int width, List<RexNode> others) {
        List<String> names = new ArrayList<>();
        List<RexNode> numbered = new ArrayList<>();
        for (Expression column : columns.subList(0, width)) {
            names.add(project.getInput().getRowType().getFieldNames().get(((Expression.Column) column).index()));
        }
        while (names.size() < top.types().size()) {
            names.add("computed");
        }
        RexShuttle renumbering = new RexShuttle() {
            @Override
            public RexNode visitOver(RexOver over) {
                return builder.makeInputRef(over.getType(), top.types().size() - 1);
            }

            @Override
            public RexNode visitInputRef(RexInputRef column) {
                return builder.makeInputRef(column.getType(), columns.indexOf(inputColumn(column.getIndex())));
            }
        };
        project.getProjects().forEach(expression -> numbered.add(expression.accept(renumbering)));
        ExpressionCompiler compiler = new ExpressionCompiler(top.types(), names, builder);
        List<Expression> conditions = others.stream()
                .map(other -> compiler.compile(other.accept(renumbering)))
                .toList();
        Plan filtered = switch (conditions.size()) {
            case 0 -> top;
            case 1 -> new Plan.Filter(top, conditions.getFirst());
            default -> new Plan.Filter(top, new Expression.And(conditions));
        };
        return new Plan.Project(filtered, compiler.compileAll(numbered));
    }

    private Expression inputColumn(int index) {
        return new Expression.Column(index, input.types().get(index));
    }

    private int keyColumn(RexNode key) {
        Expression compiled = expressions.compile(key);
        if (!columns.contains(compiled)) {
            columns.add(compiled);
        }
        return columns.indexOf(compiled);
    }

    private SortKey sortKey(RexFieldCollation key) {
        boolean nullsFirst = switch (key.getNullDirection()) {
            case FIRST -> true;
            case LAST -> false;
            case UNSPECIFIED -> key.getDirection().isDescending();
        };
        return new SortKey(keyColumn(key.left), key.getDirection().isDescending(), nullsFirst);
    }

    private static Optional<RexOver> onlyNumber(Project project) {
        Set<RexOver> found = WindowCompiler.overs(project.getProjects());
        return found.size() == 1
                ? found.stream()
                        .filter(over -> over.getKind() == SqlKind.ROW_NUMBER)
                        .findFirst()
                : Optional.empty();
    }
}
