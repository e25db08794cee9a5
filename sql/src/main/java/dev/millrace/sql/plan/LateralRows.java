package dev.millrace.sql.plan;

import dev.millrace.sql.tablefunction.TableOperator;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.TableFunctionScan;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.jspecify.annotations.Nullable;

/**
 * Rows that are computed from values of one outer row alone: an array that is unnested, a list of VALUES, a table function.
 *
 * @param call of a {@link TableOperator}
 * @param produced the columns that it gives
 * @param conditions over these, that are to hold
 * @param columns over these
 */
record LateralRows(RexCall call, RelDataType produced, List<RexNode> conditions, List<RexNode> columns) {
    /** The parts, or null if the node is nothing of the kind. */
    static @Nullable LateralRows of(RelNode node) {
        return switch (node) {
            case Project project
            when isPlain(project.getProjects()) && !(project.getInput() instanceof Values) -> {
                LateralRows rows = of(project.getInput());
                yield rows == null
                        ? null
                        : new LateralRows(rows.call, rows.produced, rows.conditions, rows.over(project.getProjects()));
            }
            case Filter filter
            when isPlain(List.of(filter.getCondition())) -> {
                LateralRows rows = of(filter.getInput());
                yield rows == null ? null : rows.filtered(filter.getCondition());
            }
            case Union union when union.all -> ofList(union, union.getInputs());
            case Project project when isOneRow(project.getInput()) -> ofList(project, List.of(project));
            case TableFunctionScan scan
            when scan.getInputs().isEmpty()
                    && scan.getCall() instanceof RexCall call
                    && call.getOperator() instanceof TableOperator
                    && isPlain(call.getOperands()) -> of(call, scan.getRowType());
            default -> null;
        };
    }

    /** Whether there is a row whatever the outer row. */
    boolean alwaysGivesARow() {
        boolean listed = call.getOperator().equals(TableOperator.ROWS);
        List<RexNode> values = call.getOperands();
        boolean constructed = isUnnest()
                && values.getFirst() instanceof RexCall array
                && array.getKind() == SqlKind.ARRAY_VALUE_CONSTRUCTOR;
        List<RexNode> elements = constructed ? ((RexCall) values.getFirst()).getOperands() : values;
        return conditions.isEmpty() && (listed || constructed) && !elements.isEmpty();
    }

    private boolean isUnnest() {
        return call.getOperator().getName().equals("unnest");
    }

    /** The same with a row of NULLs where there is none; null if that row would not stay one of NULLs. */
    @Nullable
    LateralRows orNulls(RexBuilder builder) {
        boolean passed = conditions.isEmpty() && columns.stream().allMatch(RexInputRef.class::isInstance);
        return passed && call.getOperator() instanceof TableOperator function
                ? new LateralRows(
                        (RexCall) builder.makeCall(call.getType(), function.orNulls(), call.getOperands()),
                        produced,
                        conditions,
                        columns)
                : null;
    }

    private static @Nullable LateralRows ofList(RelNode list, List<RelNode> rows) {
        List<RexNode> values = new ArrayList<>();
        for (RelNode row : rows) {
            if (!(row instanceof Project project) || !isOneRow(project.getInput()) || !isPlain(project.getProjects())) {
                return null;
            }
            values.addAll(project.getProjects());
        }
        return all(values, list);
    }

    private static LateralRows all(List<RexNode> values, RelNode node) {
        RexBuilder builder = node.getCluster().getRexBuilder();
        RexNode call = builder.makeCall(node.getRowType(), TableOperator.ROWS, values);
        return of((RexCall) call, node.getRowType());
    }

    private static LateralRows of(RexCall call, RelDataType produced) {
        List<RexNode> columns = IntStream.range(0, produced.getFieldCount())
                .<RexNode>mapToObj(i -> RexInputRef.of(i, produced))
                .toList();
        return new LateralRows(call, produced, List.of(), columns);
    }

    private LateralRows filtered(RexNode condition) {
        List<RexNode> all = new ArrayList<>(conditions);
        all.addAll(over(RelOptUtil.conjunctions(condition)));
        return new LateralRows(call, produced, all, columns);
    }

    private List<RexNode> over(List<RexNode> expressions) {
        return expressions.stream()
                .map(expression -> ColumnSubstitution.apply(columns, expression))
                .toList();
    }

    private static boolean isPlain(List<RexNode> expressions) {
        return expressions.stream()
                .allMatch(each -> RexUtil.SubQueryFinder.find(each) == null && !RexOver.containsOver(each));
    }

    private static boolean isOneRow(RelNode node) {
        return node instanceof Values values && values.getTuples().size() == 1;
    }
}
