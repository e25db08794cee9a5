package dev.millrace.dataflow.operator;

import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Row;
import dev.millrace.dataflow.zset.ZSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Changes as circuits give them to operators: not consolidated, but no more goes than was there before the step. */
final class RandomChange {
    private static final int MOST_ENTRIES = 12;

    private RandomChange() {}

    static ZSet of(List<DataType> types, ZSet present, boolean finite, Random random) {
        List<ZSet> entries = new ArrayList<>();
        for (int i = 0; i < present.size(); i++) {
            long left = present.weight(i);
            while (left > 0 && random.nextInt(3) == 0) {
                long gone = random.nextBoolean() ? left : 1 + random.nextLong(left);
                entries.add(entry(present.row(i), -gone));
                left -= gone;
                if (random.nextInt(4) == 0) {
                    entries.add(entry(present.row(i), 1));
                }
            }
        }
        for (int i = random.nextInt(MOST_ENTRIES); i > 0; i--) {
            @Nullable
            Object[] values = types.stream()
                    .map(type -> RandomValues.of(type, finite, random))
                    .toArray();
            entries.add(
                    entry(Row.of(values), random.nextInt(5) == 0 ? 1 + random.nextInt(1200) : 1 + random.nextInt(2)));
        }
        Collections.shuffle(entries, random);
        ZSet change = new ZSet();
        entries.forEach(change::addAll);
        return change;
    }

    private static ZSet entry(Row row, long weight) {
        ZSet entry = new ZSet(1);
        entry.append(row, weight);
        return entry;
    }
}
