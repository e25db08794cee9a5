package dev.millrace.sql.compile;

import static dev.millrace.sql.compile.Refusal.unsupported;

import dev.millrace.dataflow.expression.Expression;
import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.sql.function.Functions;
import dev.millrace.sql.type.TypeMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Splits a join's condition: equalities between an expression of the left and one of the right become keys, the rest the
 * residual. A key that is no plain column, or whose sides differ in type, is computed into a column beside the input first and
 * taken away again above the join.
 */
final class JoinCompiler {
    private static final Expression TRUE = new Expression.Literal(true, DataType.BOOL);

    private final Join join;
    private final Plan left;
    private Plan right;
    private final ExpressionCompiler leftExpressions;
    private final ExpressionCompiler rightExpressions;
    private final List<Expression> leftColumns;
    private final List<Expression> rightColumns;
    private final List<Plan.JoinKey> keys = new ArrayList<>();
    private final List<RexNode> residual = new ArrayList<>();

    private final UniqueKeys uniqueKeys;

    JoinCompiler(Join join, Plan left, Plan right, UniqueKeys uniqueKeys) {
        this.join = join;
        this.left = left;
        this.right = right;
        this.uniqueKeys = uniqueKeys;
        this.leftExpressions = compilerOver(left, join.getLeft().getRowType().getFieldNames());
        this.rightExpressions = compilerOver(right, join.getRight().getRowType().getFieldNames());
        this.leftColumns = new ArrayList<>(identity(left.types()));
        this.rightColumns = new ArrayList<>(identity(right.types()));
    }

    Plan compile() {
        Plan.JoinKind kind = switch (join.getJoinType()) {
            case INNER -> Plan.JoinKind.INNER;
            case LEFT -> Plan.JoinKind.LEFT;
            case RIGHT -> Plan.JoinKind.RIGHT;
            case FULL -> Plan.JoinKind.FULL;
            case SEMI -> Plan.JoinKind.SEMI;
            case ANTI -> Plan.JoinKind.ANTI;
            default -> throw unsupported(join.getJoinType().lowerName.toUpperCase(Locale.ROOT) + " JOIN");
        };
        for (RexNode conjunct : RelOptUtil.conjunctions(join.getCondition())) {
            RexNode expanded = RexUtil.expandSearch(join.getCluster().getRexBuilder(), null, conjunct);
            if (!addKey(expanded) && !(kind.isLeftAlone() && addOfOneSide(expanded))) {
                residual.add(expanded);
            }
        }
        int leftWidth = left.types().size();
        int shift = leftColumns.size() - leftWidth;
        Optional<Expression> condition = residual(leftWidth, shift);
        Plan extendedLeft = extended(left, leftColumns);
        Plan joined = LateProjections.above(
                kind.isLeftAlone() && condition.isEmpty()
                        ? new Plan.Join(extendedLeft, distinctKeys(), kind, keysOfDistinct(), condition)
                        : new Plan.Join(extendedLeft, extended(right, rightColumns), kind, keys, condition));
        boolean leftComplete = leftColumns.size() == leftWidth;
        boolean rightComplete =
                kind.isLeftAlone() || rightColumns.size() == right.types().size();
        if (leftComplete && rightComplete) {
            return joined;
        }
        List<Expression> visible = new ArrayList<>(identity(joined.types()).subList(0, leftWidth));
        if (!kind.isLeftAlone()) {
            visible.addAll(identity(joined.types())
                    .subList(
                            leftColumns.size(),
                            leftColumns.size() + right.types().size()));
        }
        return new Plan.Project(joined, visible);
    }

    /** The different keys of the right side: what a semi or anti join asks for, so that it is told only when one comes or goes. */
    private Plan distinctKeys() {
        List<Expression> columns = keys.stream()
                .map(key -> rightColumns.get(key.right()))
                .distinct()
                .toList();
        Plan projected = new Plan.Project(right, columns.isEmpty() ? List.of(TRUE) : columns);
        return uniqueKeys.of(projected).isEmpty() ? new Plan.Distinct(projected) : projected;
    }

    private List<Plan.JoinKey> keysOfDistinct() {
        List<Integer> columns =
                keys.stream().map(Plan.JoinKey::right).distinct().toList();
        return keys.stream()
                .map(key -> new Plan.JoinKey(key.left(), columns.indexOf(key.right()), key.nullsMatch()))
                .toList();
    }

    /**
     * A condition on the right row alone filters the right side; one on the left row alone is an equality with TRUE beside the right row, so that its
     * rows need not be tried one by one.
     */
    private boolean addOfOneSide(RexNode conjunct) {
        if (isOfRight(conjunct)) {
            right = new Plan.Filter(
                    right,
                    rightExpressions.compile(shifted(conjunct, -left.types().size())));
            return true;
        }
        if (!isOfLeft(conjunct)) {
            return false;
        }
        keys.add(new Plan.JoinKey(
                column(leftExpressions.compile(conjunct), leftColumns), column(TRUE, rightColumns), false));
        return true;
    }

    private boolean addKey(RexNode conjunct) {
        boolean equality = conjunct.getKind() == SqlKind.EQUALS || conjunct.getKind() == SqlKind.IS_NOT_DISTINCT_FROM;
        if (!equality) {
            return false;
        }
        RexNode first = ((RexCall) conjunct).getOperands().get(0);
        RexNode second = ((RexCall) conjunct).getOperands().get(1);
        boolean nullsMatch = conjunct.getKind() == SqlKind.IS_NOT_DISTINCT_FROM;
        if (isOfLeft(first) && isOfRight(second)) {
            return addKey(first, second, nullsMatch);
        }
        return isOfRight(first) && isOfLeft(second) && addKey(second, first, nullsMatch);
    }

    private boolean addKey(RexNode ofLeft, RexNode ofRight, boolean nullsMatch) {
        Expression leftKey = leftExpressions.compile(ofLeft);
        Expression rightKey =
                rightExpressions.compile(shifted(ofRight, -left.types().size()));
        Optional<DataType> common = Functions.comparable(leftKey.type(), rightKey.type());
        boolean sameLabels = TypeMapping.labels(ofLeft.getType()).equals(TypeMapping.labels(ofRight.getType()));
        if (common.isEmpty() || !sameLabels) {
            return false;
        }
        keys.add(new Plan.JoinKey(
                column(ExpressionCompiler.convert(leftKey, common.get()), leftColumns),
                column(ExpressionCompiler.convert(rightKey, common.get()), rightColumns),
                nullsMatch));
        return true;
    }

    /** The ordinal of a column with this value, which is added if there is none. */
    private static int column(Expression expression, List<Expression> columns) {
        int index = columns.indexOf(expression);
        if (index < 0) {
            columns.add(expression);
            return columns.size() - 1;
        }
        return index;
    }

    private Optional<Expression> residual(int leftWidth, int shift) {
        if (residual.isEmpty()) {
            return Optional.empty();
        }
        List<DataType> types = new ArrayList<>();
        leftColumns.forEach(column -> types.add(column.type()));
        rightColumns.forEach(column -> types.add(column.type()));
        List<String> names = new ArrayList<>(join.getLeft().getRowType().getFieldNames());
        names.addAll(join.getRight().getRowType().getFieldNames());
        while (names.size() < types.size()) {
            names.add("computed");
        }
        ExpressionCompiler compiler =
                new ExpressionCompiler(types, names, join.getCluster().getRexBuilder());
        List<Expression> conditions = residual.stream()
                .map(condition -> condition.accept(new RexShuttle() {
                    @Override
                    public RexNode visitInputRef(RexInputRef column) {
                        return column.getIndex() < leftWidth
                                ? column
                                : new RexInputRef(column.getIndex() + shift, column.getType());
                    }
                }))
                .map(compiler::compile)
                .toList();
        return Optional.of(conditions.size() == 1 ? conditions.getFirst() : new Expression.And(conditions));
    }

    private boolean isOfLeft(RexNode node) {
        ImmutableBitSet columns = RelOptUtil.InputFinder.bits(node);
        return !columns.isEmpty() && columns.length() <= left.types().size();
    }

    private boolean isOfRight(RexNode node) {
        ImmutableBitSet columns = RelOptUtil.InputFinder.bits(node);
        return !columns.isEmpty() && columns.nth(0) >= left.types().size();
    }

    private static RexNode shifted(RexNode node, int offset) {
        return RexUtil.shift(node, offset);
    }

    private static Plan extended(Plan input, List<Expression> columns) {
        return columns.size() == input.types().size() ? input : new Plan.Project(input, columns);
    }

    private static List<Expression> identity(List<DataType> types) {
        return IntStream.range(0, types.size())
                .<Expression>mapToObj(i -> new Expression.Column(i, types.get(i)))
                .toList();
    }

    private ExpressionCompiler compilerOver(Plan input, List<String> names) {
        return new ExpressionCompiler(input.types(), names, join.getCluster().getRexBuilder());
    }
}
