package dev.millrace.dataflow.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.millrace.dataflow.circuit.RandomPlans;
import dev.millrace.dataflow.expression.Expression;
import dev.millrace.dataflow.plan.Plan.AggregateCall;
import dev.millrace.dataflow.plan.Plan.JoinKey;
import dev.millrace.dataflow.plan.Plan.JoinKind;
import dev.millrace.dataflow.row.DataType;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

class PlanTextTest {
    private static final Plan.Table ITEM = new Plan.Table("item", List.of(DataType.INT4, DataType.INT4, DataType.BOOL));
    private static final Plan.Table LINE = new Plan.Table("line", List.of(DataType.INT4));

    @Example
    void each_operator_is_a_line_with_its_inputs_below_it() {
        Plan semi = new Plan.Join(
                ITEM, new Plan.Distinct(LINE), JoinKind.SEMI, List.of(new JoinKey(0, 0, false)), Optional.empty());
        Plan sums = new Plan.Aggregate(
                new Plan.Filter(semi, new Expression.Column(2, DataType.BOOL)),
                List.of(1),
                List.of(
                        new AggregateCall(
                                AggregateKind.COUNT, Optional.empty(), false, Optional.empty(), DataType.INT8),
                        new AggregateCall(AggregateKind.SUM, Optional.of(0), true, Optional.of(2), DataType.INT8)));
        Plan top = new Plan.TopK(sums, List.of(0), List.of(new SortKey(2, true, false)), 1, 3, true);
        assertEquals("""
                top-k by x order by sum(distinct id) filter (where flag) desc nulls last limit 3 offset 1, numbered
                  aggregate by x: count(*), sum(distinct id) filter (where flag)
                    filter flag
                      semi join on id = item_id
                        table item
                        distinct
                          table line""", String.join("\n", PlanText.of(top, id -> names(id))));
    }

    @Example
    void recursive_rows_have_the_columns_of_the_base() {
        Plan reached = new Plan.Project(ITEM, List.of(new Expression.Column(1, DataType.INT4)));
        Plan joined = new Plan.Join(
                new Plan.Recursion(LINE.types()),
                ITEM,
                JoinKind.INNER,
                List.of(new JoinKey(0, 0, false)),
                Optional.empty());
        Plan step = new Plan.Project(joined, List.of(new Expression.Column(2, DataType.INT4)));
        assertEquals("""
                recursive union
                  project x
                    table item
                  project x
                    inner join on left.x = id
                      rows so far
                      table item""", String.join("\n", PlanText.of(new Plan.Fixpoint(reached, step, false), id -> names(id))));
    }

    @Example
    void column_without_a_name_is_shown_by_its_ordinal() {
        Plan plan = new Plan.Project(ITEM, List.of(new Expression.Column(1, DataType.INT4)));
        assertEquals(List.of("project #1", "  table item"), PlanText.of(plan, id -> List.of()));
    }

    @Property(tries = 1000, shrinking = ShrinkingMode.OFF)
    void any_plan_has_a_line_for_each_node(@ForAll long seed) {
        Plan plan = new RandomPlans(new Random(seed), true).plan();
        assertEquals(size(plan), PlanText.of(plan, id -> List.of()).size());
    }

    private static int size(Plan plan) {
        return 1 + plan.inputs().stream().mapToInt(PlanTextTest::size).sum();
    }

    private static List<String> names(String table) {
        return table.equals("item") ? List.of("id", "x", "flag") : List.of("item_id");
    }
}
