package dev.millrace.sql.plan;

import dev.millrace.dataflow.row.DataType;
import dev.millrace.sql.type.TypeMapping;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.SqlKind;

/**
 * What a subquery names of its outer row: a column, or a column as a wider number.
 *
 * @param wider the type that it is converted to, if so
 */
record OuterValue(int column, Optional<RelDataType> wider) {
    private static final List<DataType> WIDTHS =
            List.of(DataType.INT2, DataType.INT4, DataType.INT8, DataType.NUMERIC, DataType.FLOAT8);

    /** The value that an expression is; nothing if it is something else. */
    static Optional<OuterValue> of(RexNode expression, Set<CorrelationId> outer) {
        if (expression instanceof RexFieldAccess access) {
            return access.getReferenceExpr() instanceof RexCorrelVariable variable && outer.contains(variable.id)
                    ? Optional.of(new OuterValue(access.getField().getIndex(), Optional.empty()))
                    : Optional.empty();
        }
        return expression instanceof RexCall call
                        && call.isA(SqlKind.CAST)
                        && call.getOperands().getFirst() instanceof RexFieldAccess access
                        && widens(access.getType(), call.getType())
                ? of(access, outer).map(value -> new OuterValue(value.column, Optional.of(call.getType())))
                : Optional.empty();
    }

    /** Whether there is just one number of the other type for each of the one, without an error. */
    private static boolean widens(RelDataType from, RelDataType to) {
        int narrow = WIDTHS.indexOf(TypeMapping.toEngine(from));
        int wide = WIDTHS.indexOf(TypeMapping.toEngine(to));
        boolean exact = narrow <= WIDTHS.indexOf(DataType.INT8) && to.getScale() <= 0;
        return narrow >= 0 && narrow < wide && exact;
    }

    /** How often a tree names which values, in the order in which it does. */
    static Map<OuterValue, Integer> in(RelNode tree, Set<CorrelationId> outer) {
        Counting counting = new Counting(outer);
        counting.visit(tree);
        return counting.found;
    }

    /** The same of expressions. */
    static Map<OuterValue, Integer> in(List<? extends RexNode> expressions, Set<CorrelationId> outer) {
        Counting counting = new Counting(outer);
        expressions.forEach(expression -> expression.accept(counting));
        return counting.found;
    }

    /** The column itself. */
    OuterValue plain() {
        return new OuterValue(column, Optional.empty());
    }

    /** The value of a row of which this is the column. */
    RexNode of(RexNode column, RexBuilder builder) {
        return wider.<RexNode>map(type -> builder.makeAbstractCast(
                        builder.getTypeFactory()
                                .createTypeWithNullability(
                                        type, column.getType().isNullable()),
                        column,
                        false))
                .orElse(column);
    }

    /** The value of a row of this type. */
    RexNode of(RelDataType row, RexBuilder builder) {
        return of(RexInputRef.of(column, row), builder);
    }

    private static final class Counting extends RexShuttle {
        private final Set<CorrelationId> outer;
        private final Map<OuterValue, Integer> found = new LinkedHashMap<>();

        Counting(Set<CorrelationId> outer) {
            this.outer = outer;
        }

        private void visit(RelNode node) {
            node.accept(this);
            node.getInputs().forEach(this::visit);
        }

        private boolean count(RexNode expression) {
            Optional<OuterValue> value = of(expression, outer);
            value.ifPresent(named -> found.merge(named, 1, Integer::sum));
            return value.isPresent();
        }

        @Override
        public RexNode visitFieldAccess(RexFieldAccess access) {
            return count(access) ? access : super.visitFieldAccess(access);
        }

        @Override
        public RexNode visitCall(RexCall call) {
            return count(call) ? call : super.visitCall(call);
        }
    }
}
