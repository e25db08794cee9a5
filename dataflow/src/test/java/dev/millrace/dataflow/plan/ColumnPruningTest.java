package dev.millrace.dataflow.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.millrace.dataflow.circuit.RandomPlans;
import dev.millrace.dataflow.circuit.ReferenceEvaluator;
import dev.millrace.dataflow.expression.Expression;
import dev.millrace.dataflow.plan.Plan.JoinKey;
import dev.millrace.dataflow.plan.Plan.JoinKind;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Row;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

class ColumnPruningTest {
    private static final Plan.Table T = new Plan.Table("t", List.of(DataType.INT4, DataType.TEXT, DataType.INT4));
    private static final Plan.Table U = new Plan.Table("u", List.of(DataType.INT4, DataType.FLOAT8));

    @Property(tries = 3000, shrinking = ShrinkingMode.OFF)
    void pruned_plan_has_the_same_columns_and_rows(@ForAll RandomPlans.Root root, @ForAll long seed) {
        Random random = new Random(seed);
        Plan plan = new RandomPlans(random, false).plan(root);
        Plan pruned = ColumnPruning.prune(plan);
        assertEquals(plan.types(), pruned.types(), plan::toString);
        for (int i = 0; i < 3; i++) {
            Map<String, List<Row>> tables = RandomPlans.tables(random);
            assertEquals(shown(tables, plan), shown(tables, pruned), () -> plan + "\npruned: " + pruned);
        }
    }

    @Property(tries = 1000, shrinking = ShrinkingMode.OFF)
    void pruning_twice_is_pruning_once(@ForAll long seed) {
        Plan pruned = ColumnPruning.prune(new RandomPlans(new Random(seed), true).plan());
        assertEquals(pruned, ColumnPruning.prune(pruned));
    }

    @Example
    void join_gets_only_its_keys_and_what_is_read_above() {
        Plan join = new Plan.Join(T, U, JoinKind.INNER, List.of(new JoinKey(2, 0, false)), Optional.empty());
        Plan plan = new Plan.Project(join, List.of(column(1, DataType.TEXT)));
        Plan left = new Plan.Project(T, List.of(column(1, DataType.TEXT), column(2, DataType.INT4)));
        Plan right = new Plan.Project(U, List.of(column(0, DataType.INT4)));
        assertEquals(
                new Plan.Project(
                        new Plan.Join(left, right, JoinKind.INNER, List.of(new JoinKey(1, 0, false)), Optional.empty()),
                        List.of(column(0, DataType.TEXT))),
                ColumnPruning.prune(plan));
    }

    @Example
    void plan_in_two_places_stays_one_with_what_is_read_in_either() {
        Plan join = new Plan.Join(T, U, JoinKind.INNER, List.of(new JoinKey(2, 0, false)), Optional.empty());
        Plan byText = new Plan.Aggregate(join, List.of(1), List.of());
        Plan byNumber = new Plan.Aggregate(join, List.of(4), List.of());
        Plan pruned = ColumnPruning.prune(new Plan.Join(byText, byNumber, JoinKind.INNER, List.of(), Optional.empty()));
        Plan left = new Plan.Project(T, List.of(column(1, DataType.TEXT), column(2, DataType.INT4)));
        Plan narrow = new Plan.Join(left, U, JoinKind.INNER, List.of(new JoinKey(1, 0, false)), Optional.empty());
        assertEquals(
                new Plan.Join(
                        new Plan.Aggregate(
                                new Plan.Project(narrow, List.of(column(0, DataType.TEXT))), List.of(0), List.of()),
                        new Plan.Aggregate(
                                new Plan.Project(narrow, List.of(column(3, DataType.FLOAT8))), List.of(0), List.of()),
                        JoinKind.INNER,
                        List.of(),
                        Optional.empty()),
                pruned);
    }

    @Example
    void column_that_only_a_filter_reads_ends_at_the_filter() {
        Expression flag = new Expression.Call(new IsNull(), List.of(column(1, DataType.TEXT)), DataType.BOOL);
        Plan filter = new Plan.Filter(T, flag);
        Plan plan = new Plan.Aggregate(filter, List.of(2), List.of());
        assertEquals(
                new Plan.Aggregate(new Plan.Project(filter, List.of(column(2, DataType.INT4))), List.of(0), List.of()),
                ColumnPruning.prune(plan));
    }

    @Example
    void side_of_a_join_that_is_only_counted_is_one_constant_column() {
        Plan join = new Plan.Join(T, U, JoinKind.INNER, List.of(), Optional.empty());
        Plan plan = new Plan.Project(join, List.of(column(0, DataType.INT4)));
        Plan right = new Plan.Project(U, List.of(new Expression.Literal(true, DataType.BOOL)));
        Plan left = new Plan.Project(T, List.of(column(0, DataType.INT4)));
        assertEquals(
                new Plan.Project(
                        new Plan.Join(left, right, JoinKind.INNER, List.of(), Optional.empty()),
                        List.of(column(0, DataType.INT4))),
                ColumnPruning.prune(plan));
    }

    @Example
    void row_number_that_nobody_reads_is_not_there() {
        Plan top = new Plan.TopK(U, List.of(0), List.of(new SortKey(1, false, false)), 0, 2, true);
        assertEquals(
                new Plan.TopK(U, List.of(0), List.of(new SortKey(1, false, false)), 0, 2, false),
                ColumnPruning.prune(
                        new Plan.Project(top, List.of(column(0, DataType.INT4), column(1, DataType.FLOAT8)))));
        assertEquals(top, ColumnPruning.prune(top));
    }

    private static List<String> shown(Map<String, List<Row>> tables, Plan plan) {
        return new ReferenceEvaluator(tables)
                .evaluate(plan).stream().map(Row::toString).sorted().toList();
    }

    private static Expression column(int index, DataType type) {
        return new Expression.Column(index, type);
    }

    private record IsNull() implements dev.millrace.dataflow.expression.Function {
        @Override
        public String name() {
            return "is_null";
        }

        @Override
        public Object apply(Object[] arguments) {
            return arguments[0] == null;
        }

        @Override
        public boolean strict() {
            return false;
        }
    }
}
