package dev.millrace.dataflow.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Row;
import dev.millrace.dataflow.zset.ZSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BatchTest {
    private final Store store = new Store(List.of(DataType.INT4));

    @Property
    void entries_stand_in_the_order_in_which_they_came_without_those_of_weight_0(
            @ForAll long seed, @ForAll @IntRange(max = 200) int count) {
        Random random = new Random(seed);
        Batch batch = new Batch(store);
        List<Integer> positions = new ArrayList<>();
        List<Long> weights = new ArrayList<>();
        ZSet expected = new ZSet();
        for (int i = 0; i < count; i++) {
            int position = store.append(Row.of(random.nextInt(3)));
            long weight = random.nextLong(-2, 3);
            batch.append(position, weight);
            if (weight != 0) {
                positions.add(position);
                weights.add(weight);
                expected.append(store.row(position), weight);
            }
        }
        assertEquals(positions.size(), batch.size());
        assertEquals(positions.isEmpty(), batch.isEmpty());
        for (int i = 0; i < positions.size(); i++) {
            assertEquals(positions.get(i), batch.position(i));
            assertEquals(weights.get(i), batch.weight(i));
        }
        assertEquals(expected.toString(), batch.toZSet().toString());
    }

    @Test
    void reset_turns_a_batch_to_another_store() {
        Batch batch = new Batch(store);
        batch.append(store.append(Row.of(1)), 1);
        Store other = new Store(List.of(DataType.TEXT));
        batch.reset(other);
        assertTrue(batch.isEmpty());
        batch.append(other.append(Row.of("x")), -1);
        assertSame(other, batch.store());
        assertEquals(Row.of("x"), other.row(batch.position(0)));
    }

    @Test
    void what_is_written_to_the_arrays_counts_once_its_size_is_said() {
        Batch batch = new Batch(store);
        batch.append(store.append(Row.of(1)), 2);
        batch.reserve(1000);
        batch.positions()[1] = store.append(Row.of(2));
        batch.weights()[1] = -1;
        batch.size(2);
        assertEquals(2, batch.size());
        assertEquals(2, batch.weight(0));
        assertEquals(Row.of(2), store.row(batch.position(1)));
    }
}
