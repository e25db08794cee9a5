package dev.millrace.dataflow.circuit;

import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Window functions over partitions of many rows, of which a step changes few or many, hold at every step what they would be if they were computed anew. */
class WindowPropertyTest {
    private static final List<DataType> TYPES =
            List.of(DataType.INT4, DataType.INT4, DataType.NUMERIC, DataType.FLOAT8, DataType.BOOL, DataType.INT8);
    private static final Plan T = new Plan.Table("t", TYPES);

    static LongStream seeds() {
        return LongStream.range(0, 250);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void changes_of_large_partitions_are_followed(long seed) {
        Random random = new Random(seed);
        RandomRows values = new RandomRows(random);
        Plan.Window plan = new RandomWindows(random, false).over(T);
        Circuit circuit = new Circuit();
        TableInput input = circuit.createTable("t", TYPES, List.of());
        List<Row> rows = new ArrayList<>();
        boolean late = random.nextBoolean();
        View view = late ? null : circuit.install(plan);
        int spread = 1 + random.nextInt(40);
        for (int step = 0; step < 25; step++) {
            int most = step == 0 ? 80 : 1 + random.nextInt(random.nextInt(4) == 0 ? 20 : 3);
            for (int i = 0; i < most; i++) {
                if (step > 0 && !rows.isEmpty() && random.nextInt(5) < 2) {
                    input.delete(rows.remove(random.nextInt(rows.size())));
                } else {
                    Row row = row(random, values, spread);
                    for (int copies = random.nextInt(6) == 0 ? 2 : 1; copies > 0; copies--) {
                        rows.add(row);
                        input.insert(row);
                    }
                }
            }
            circuit.step();
            view = view == null ? circuit.install(plan) : view;
            Rows.assertSame(new ReferenceEvaluator(Map.of("t", rows)).evaluate(plan), view.rows(), plan);
            circuit.validate();
        }
    }

    private static Row row(Random random, RandomRows values, int spread) {
        return Row.owning(new Object[] {
            random.nextInt(8) == 0 ? null : random.nextInt(2),
            random.nextInt(10) == 0 ? null : random.nextInt(spread),
            random.nextInt(8) == 0 ? null : values.value(DataType.NUMERIC),
            random.nextInt(8) == 0 ? null : values.value(DataType.FLOAT8),
            random.nextInt(6) == 0 ? null : random.nextBoolean(),
            random.nextInt(6) == 0 ? null : (long) random.nextInt(100)
        });
    }
}
