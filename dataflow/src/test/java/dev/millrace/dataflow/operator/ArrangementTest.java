package dev.millrace.dataflow.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.millrace.dataflow.code.CodeCache;
import dev.millrace.dataflow.code.HashTemplate;
import dev.millrace.dataflow.code.MatchTemplate;
import dev.millrace.dataflow.code.RowHash;
import dev.millrace.dataflow.code.RowMatch;
import dev.millrace.dataflow.index.KeyIndex;
import dev.millrace.dataflow.index.Segment;
import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Row;
import dev.millrace.dataflow.store.Batch;
import dev.millrace.dataflow.store.Store;
import dev.millrace.dataflow.zset.ZSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** Until the step has ended, readers of an arrangement find what stood before it and what stands after it. */
class ArrangementTest {
    private static final List<DataType> TYPES = List.of(DataType.INT4, DataType.INT4);
    private static final int KEYS = 3;

    private final CodeCache cache = new CodeCache();
    private final RowHash hash = cache.get(new HashTemplate(TYPES, List.of(0), List.of()));
    private final RowMatch sameKey = cache.get(new MatchTemplate(TYPES, List.of(0), TYPES, List.of(0), false));
    private final Arrangement arrangement = new Arrangement(
            new Feed.Arranged(new Plan.Table("t", TYPES), List.of(0), List.of(0)), null, false, cache, new WorkMeter());
    private final Store changes = Store.scratch(TYPES);

    @Property(tries = 200, shrinking = ShrinkingMode.OFF)
    void old_and_new_state_are_found_until_the_step_has_ended(@ForAll long seed) {
        Random random = new Random(seed);
        // With few values the rows of a key are many and identical, with more they are neither.
        int values = 1 + random.nextInt(30);
        ZSet content = new ZSet();
        for (int step = 0; step < 8; step++) {
            ZSet change = change(random, content, values);
            ZSet after = sum(content, change);
            Batch output = arrangement.apply(new Batch[] {batch(random, change)});
            arrangement.mark();
            DrivenOperator.assertSame(change, output.toZSet());
            DrivenOperator.assertSame(content, found(JoinSide.STOOD));
            DrivenOperator.assertSame(after, found(JoinSide.STANDS));
            arrangement.endStep();
            DrivenOperator.assertSame(after, found(JoinSide.ANY));
            content = after;
        }
        Batch all = batch(random, content.negate());
        arrangement.apply(new Batch[] {all});
        arrangement.endStep();
        assertEquals(0, arrangement.rows().size());
        assertEquals(0, arrangement.index().heads().size());
    }

    @Property(tries = 50, shrinking = ShrinkingMode.OFF)
    void rows_that_match_nothing_are_left_out(@ForAll long seed) {
        Random random = new Random(seed);
        changes.clear();
        Batch batch = new Batch(changes);
        for (int i = 0; i < 10; i++) {
            batch.append(changes.append(Row.of(null, random.nextInt(3))), random.nextBoolean() ? 1 : 2);
        }
        assertEquals(0, arrangement.apply(new Batch[] {batch}).size());
        arrangement.endStep();
        assertEquals(0, arrangement.rows().size());
    }

    private static ZSet change(Random random, ZSet content, int values) {
        ZSet change = new ZSet();
        for (int i = random.nextInt(60); i > 0; i--) {
            change.append(Row.of(random.nextInt(KEYS), random.nextInt(values)), 1 + random.nextInt(3));
        }
        for (int i = 0; i < content.size(); i++) {
            if (random.nextInt(3) == 0) {
                change.append(content.row(i), -1 - random.nextLong(content.weight(i)));
            }
        }
        return change;
    }

    /** The same change in several entries, in any order. */
    private Batch batch(Random random, ZSet change) {
        changes.clear();
        Batch batch = new Batch(changes);
        List<ZSet> entries = new ArrayList<>();
        for (int i = 0; i < change.size(); i++) {
            long weight = change.weight(i);
            long part = random.nextLong(Math.abs(weight)) * Long.signum(weight);
            entries.add(entry(change.row(i), weight - part));
            entries.add(entry(change.row(i), part));
        }
        Collections.shuffle(entries, random);
        for (ZSet entry : entries) {
            if (entry.size() > 0) {
                batch.append(changes.append(entry.row(0)), entry.weight(0));
            }
        }
        return batch;
    }

    private static ZSet entry(Row row, long weight) {
        ZSet entry = new ZSet();
        entry.append(row, weight);
        return entry;
    }

    private ZSet found(int wanted) {
        JoinSide side = new JoinSide(true, arrangement, null, hash, sameKey);
        ZSet found = new ZSet();
        for (int key = 0; key < KEYS; key++) {
            changes.clear();
            int[] probe = {changes.append(Row.of(key, 0))};
            int[] hashed = new int[1];
            hash.hash(changes, probe, 1, hashed);
            KeyIndex index = arrangement.index();
            int head = index.heads().find(hashed[0], sameKey, changes, probe[0], arrangement.rows());
            if (head < 0) {
                continue;
            }
            Segment segment = index.segment(head, false);
            for (int i = 0; segment != null && i < segment.size(); i++) {
                add(side, wanted, segment.position(i), found);
            }
            for (int row = segment == null ? head : -1; row >= 0; row = index.next(row)) {
                add(side, wanted, row, found);
            }
        }
        return found;
    }

    private void add(JoinSide side, int wanted, int position, ZSet found) {
        if (side.is(wanted, position)) {
            found.append(arrangement.rows().row(position), arrangement.rows().weight(position));
        }
    }

    private static ZSet sum(ZSet one, ZSet other) {
        ZSet all = new ZSet();
        all.addAll(one);
        all.addAll(other);
        return all.consolidate();
    }
}
