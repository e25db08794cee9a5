package dev.millrace.dataflow.operator;

import dev.millrace.dataflow.code.CodeCache;
import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Row;
import dev.millrace.dataflow.zset.ZSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Of the rows that SQL holds equal, the first in exact order is there as long as any of them is. */
class DistinctPropertyTest {
    private static final int STEPS = 8;

    private final CodeCache cache = new CodeCache();

    @Property(tries = 80)
    void the_first_of_equal_rows_is_there_once(@ForAll DataType first, @ForAll DataType second, @ForAll long seed) {
        Random random = new Random(seed);
        List<DataType> types = List.of(first, second);
        Plan.Distinct plan = new Plan.Distinct(new Plan.Table("t", types));
        DrivenOperator operator = new DrivenOperator(new Distinct(plan, cache, new WorkMeter()), types);
        for (int step = 0; step < STEPS; step++) {
            operator.step(RandomChange.of(types, operator.input(), false, random));
            DrivenOperator.assertSame(expected(operator.inputRows()), operator.output());
        }
        operator.step(operator.input().negate());
        DrivenOperator.assertSame(new ZSet(), operator.output());
    }

    private static ZSet expected(List<Row> rows) {
        Map<Row, Row> different = new LinkedHashMap<>();
        rows.forEach(row -> different.merge(
                row.key(IntStream.range(0, row.size()).toArray()),
                row,
                (left, right) -> Row.compareExactly(left, right) <= 0 ? left : right));
        ZSet expected = new ZSet();
        different.values().forEach(row -> expected.append(row, 1));
        return expected;
    }
}
