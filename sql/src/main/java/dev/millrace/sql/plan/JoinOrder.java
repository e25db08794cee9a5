package dev.millrace.sql.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.util.ImmutableBitSet;
import org.apache.calcite.util.mapping.Mapping;
import org.apache.calcite.util.mapping.MappingType;
import org.apache.calcite.util.mapping.Mappings;

/**
 * Orders inner joins so that each has an equality to join by, as far as the conditions have one:
 *
 * <pre>
 * Join(a.x = c.x AND b.y = c.y)        Project(a, b, c)
 *   Join(true)                           Join(b.y = c.y)
 *     a                          →         Join(a.x = c.x)
 *     b                                      a
 *   c                                        c
 *                                          b
 * </pre>
 *
 * Greedily and in the order of the text: what is joined so far is joined with the first input that an equality ties to it. Joins that all have an equality stay as they were
 * written, since there are no statistics to know better by. What a disjunction over several inputs says of one alone filters that one first.
 */
final class JoinOrder extends RelHomogeneousShuttle {
    private final RelBuilder builder;

    JoinOrder(RelBuilder builder) {
        this.builder = builder;
    }

    @Override
    public RelNode visit(RelNode node) {
        return isInner(node) ? new Joins((LogicalJoin) node).ordered() : super.visit(node);
    }

    private static boolean isInner(RelNode node) {
        return node instanceof LogicalJoin join && join.getJoinType() == JoinRelType.INNER;
    }

    /**
     * Some of the inputs, joined.
     *
     * @param columns of all inputs as they were written, which the node's columns are
     */
    private record Part(RelNode node, List<Integer> columns) {
        ImmutableBitSet set() {
            return ImmutableBitSet.of(columns);
        }
    }

    /** Inner joins that adjoin one another. Conditions are on the columns of all inputs as they were written. */
    private final class Joins {
        private final LogicalJoin top;
        private final RexBuilder rex;
        private final List<Part> inputs = new ArrayList<>();
        private final List<RexNode> conditions = new ArrayList<>();
        private boolean product;

        Joins(LogicalJoin top) {
            this.top = top;
            this.rex = top.getCluster().getRexBuilder();
            collect(top, 0);
        }

        private void collect(RelNode node, int offset) {
            if (!isInner(node)) {
                int width = node.getRowType().getFieldCount();
                inputs.add(new Part(
                        node.accept(JoinOrder.this),
                        ImmutableBitSet.range(offset, offset + width).toList()));
                return;
            }
            LogicalJoin join = (LogicalJoin) node;
            int middle = offset + join.getLeft().getRowType().getFieldCount();
            collect(join.getLeft(), offset);
            collect(join.getRight(), middle);
            List<RexNode> own = RelOptUtil.conjunctions(RexUtil.shift(join.getCondition(), offset));
            ImmutableBitSet left = ImmutableBitSet.range(offset, middle);
            ImmutableBitSet right =
                    ImmutableBitSet.range(middle, offset + node.getRowType().getFieldCount());
            product |= own.stream().noneMatch(condition -> ties(condition, left, right));
            conditions.addAll(own);
        }

        RelNode ordered() {
            inputs.replaceAll(this::filtered);
            return product && inputs.size() > 2 ? reordered() : asWritten(top);
        }

        private RelNode asWritten(RelNode node) {
            if (!isInner(node)) {
                return inputs.removeFirst().node;
            }
            RelNode left = asWritten(((LogicalJoin) node).getLeft());
            RelNode right = asWritten(((LogicalJoin) node).getRight());
            return node.copy(node.getTraitSet(), List.of(left, right));
        }

        private RelNode reordered() {
            List<Part> parts = inputs;
            while (parts.size() > 1) {
                List<Part> joined = joinedByEqualities(parts);
                if (joined.size() == parts.size()) {
                    joined.addFirst(join(joined.removeFirst(), joined.removeFirst()));
                }
                parts = joined;
            }
            Part all = parts.getFirst();
            builder.push(all.node);
            List<RexNode> fields = new ArrayList<>();
            for (int column = 0; column < all.columns.size(); column++) {
                fields.add(builder.field(all.columns.indexOf(column)));
            }
            return builder.project(fields, top.getRowType().getFieldNames()).build();
        }

        private List<Part> joinedByEqualities(List<Part> parts) {
            List<Part> left = new ArrayList<>(parts);
            List<Part> result = new ArrayList<>();
            while (!left.isEmpty()) {
                Part part = left.removeFirst();
                for (Optional<Part> next = tied(part, left); next.isPresent(); next = tied(part, left)) {
                    left.remove(next.get());
                    part = join(part, next.get());
                }
                result.add(part);
            }
            return result;
        }

        private Optional<Part> tied(Part part, List<Part> others) {
            ImmutableBitSet columns = part.set();
            return others.stream()
                    .filter(other -> conditions.stream().anyMatch(condition -> ties(condition, columns, other.set())))
                    .findFirst();
        }

        /** With all conditions that can be told of the two. */
        private Part join(Part left, Part right) {
            List<Integer> columns = new ArrayList<>(left.columns);
            columns.addAll(right.columns);
            ImmutableBitSet both = ImmutableBitSet.of(columns);
            List<RexNode> own = conditions.stream()
                    .filter(condition -> both.contains(RelOptUtil.InputFinder.bits(condition)))
                    .toList();
            conditions.removeAll(own);
            RelNode node = LogicalJoin.create(
                    left.node,
                    right.node,
                    List.of(),
                    placed(RexUtil.composeConjunction(rex, own), columns),
                    Set.of(),
                    JoinRelType.INNER);
            return new Part(node, columns);
        }

        /** The input without the rows of which each disjunction says by itself that they are in no result. */
        private Part filtered(Part input) {
            List<RexNode> implied = new ArrayList<>();
            for (RexNode condition : conditions) {
                if (condition.getKind() == SqlKind.OR
                        && !input.set().contains(RelOptUtil.InputFinder.bits(condition))) {
                    implied(condition, input.set()).ifPresent(implied::add);
                }
            }
            return implied.isEmpty()
                    ? input
                    : new Part(
                            LogicalFilter.create(
                                    input.node, placed(RexUtil.composeConjunction(rex, implied), input.columns)),
                            input.columns);
        }

        private Optional<RexNode> implied(RexNode disjunction, ImmutableBitSet columns) {
            List<RexNode> alternatives = new ArrayList<>();
            for (RexNode alternative : RelOptUtil.disjunctions(disjunction)) {
                List<RexNode> own = RelOptUtil.conjunctions(alternative).stream()
                        .filter(condition -> columns.contains(RelOptUtil.InputFinder.bits(condition)))
                        .toList();
                if (own.isEmpty()) {
                    return Optional.empty();
                }
                alternatives.add(RexUtil.composeConjunction(rex, own));
            }
            return Optional.of(RexUtil.composeDisjunction(rex, alternatives));
        }

        private RexNode placed(RexNode condition, List<Integer> columns) {
            Mapping mapping = Mappings.create(
                    MappingType.INVERSE_SURJECTION, top.getRowType().getFieldCount(), columns.size());
            for (int i = 0; i < columns.size(); i++) {
                mapping.set(columns.get(i), i);
            }
            return RexUtil.apply(mapping, condition);
        }
    }

    /** Whether the condition is an equality of something of one side and something of the other. */
    private static boolean ties(RexNode condition, ImmutableBitSet left, ImmutableBitSet right) {
        if (condition.getKind() != SqlKind.EQUALS && condition.getKind() != SqlKind.IS_NOT_DISTINCT_FROM) {
            return false;
        }
        ImmutableBitSet first =
                RelOptUtil.InputFinder.bits(((RexCall) condition).getOperands().get(0));
        ImmutableBitSet second =
                RelOptUtil.InputFinder.bits(((RexCall) condition).getOperands().get(1));
        return !first.isEmpty()
                && !second.isEmpty()
                && ((left.contains(first) && right.contains(second))
                        || (left.contains(second) && right.contains(first)));
    }
}
