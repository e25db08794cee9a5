package dev.millrace.bench.dataflow.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.millrace.bench.rows.Column;
import dev.millrace.bench.rows.ColumnBatch;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class GroupByLoopTest {
    private record Group(long key, long count, long sum) {}

    @Property(tries = 200)
    void changes_add_up_to_the_result_and_take_back_what_was_said(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 500) int keys,
            @ForAll @IntRange(min = 1, max = 8) int batches) {
        SplittableRandom random = new SplittableRandom(seed);
        long[] known = random.longs(keys).toArray();
        GroupByLoop loop = new GroupByLoop(keys);
        Map<Long, Group> expected = new HashMap<>();
        Map<Group, Integer> result = new HashMap<>();
        for (int batch = 0; batch < batches; batch++) {
            ColumnBatch rows = batch(random, known);
            for (int row = 0; row < rows.size(); row++) {
                expected.merge(
                        rows.longs(0)[row],
                        new Group(rows.longs(0)[row], 1, rows.ints(1)[row]),
                        (group, one) -> new Group(group.key, group.count + 1, group.sum + one.sum));
            }
            loop.step(rows);
            apply(loop.change(), result);
            assertEquals(ones(expected), result);
            assertEquals(expected.size(), loop.size());
        }
    }

    private static ColumnBatch batch(SplittableRandom random, long[] known) {
        int size = random.nextInt(1, 300);
        long[] keys = new long[size];
        int[] amounts = new int[size];
        for (int row = 0; row < size; row++) {
            keys[row] = known[random.nextInt(known.length)];
            amounts[row] = random.nextInt(-5, 6);
        }
        return new ColumnBatch(List.of(new Column.Longs(keys), new Column.Ints(amounts)));
    }

    private static void apply(GroupChange change, Map<Group, Integer> result) {
        for (int position = 0; position < change.size(); position++) {
            Group group = new Group(change.keys[position], change.counts[position], change.sums[position]);
            int weight = result.getOrDefault(group, 0) + change.weights[position];
            if (weight == 0) {
                result.remove(group);
            } else {
                result.put(group, weight);
            }
        }
    }

    private static Map<Group, Integer> ones(Map<Long, Group> groups) {
        Map<Group, Integer> ones = new HashMap<>();
        groups.values().forEach(group -> ones.put(group, 1));
        return ones;
    }
}
