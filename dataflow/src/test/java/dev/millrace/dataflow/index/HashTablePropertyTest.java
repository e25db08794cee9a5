package dev.millrace.dataflow.index;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.dataflow.code.CodeCache;
import dev.millrace.dataflow.code.MatchTemplate;
import dev.millrace.dataflow.code.RowHash;
import dev.millrace.dataflow.code.RowMatch;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Row;
import dev.millrace.dataflow.store.Store;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.BeforeTry;

/** Hash tables, under good and bad hashes, against a map. */
class HashTablePropertyTest {
    private static final List<DataType> LAYOUT = List.of(DataType.INT8);

    private static final RowMatch MATCH = new CodeCache().get(MatchTemplate.identity(LAYOUT));

    private Store store = new Store(LAYOUT);
    private HashTable table = new HashTable();
    private Map<Long, Integer> model = new HashMap<>();

    @BeforeTry
    void start_with_an_empty_table() {
        store = new Store(LAYOUT);
        table = new HashTable();
        model = new HashMap<>();
    }

    /** Hashes that are spread, or alike in all bits, in the upper ones or in the lower ones. */
    enum Hashing {
        SPREAD,
        CONSTANT,
        FEW,
        UPPER_BITS,
        LOWER_BITS;

        int hash(long key) {
            int mixed = (int) ((key * 0x9E3779B97F4A7C15L) >>> 32);
            int hash = switch (this) {
                case SPREAD -> mixed;
                case CONSTANT -> -1;
                case FEW -> mixed % 5;
                case UPPER_BITS -> mixed << 20;
                case LOWER_BITS -> mixed >>> 20;
            };
            return hash == RowHash.UNMATCHED ? 1 : hash;
        }
    }

    @Property(tries = 100)
    void a_table_finds_what_a_map_finds(@ForAll long seed, @ForAll Hashing hashing) {
        Random random = new Random(seed);
        int keys = 1 + random.nextInt(400);
        for (int i = 0; i < keys * 4; i++) {
            boolean growing = i < keys || (i > keys * 2 && i < keys * 3);
            long key = random.nextInt(keys);
            if (!model.containsKey(key)) {
                if (random.nextInt(10) < (growing ? 9 : 3)) {
                    add(key, hashing);
                }
            } else if (random.nextInt(10) < (growing ? 1 : 7)) {
                remove(key, hashing);
            } else if (random.nextInt(5) == 0) {
                replace(key, hashing);
            }
        }
        verify(keys, hashing);
    }

    @Property(tries = 3)
    void segments_split_and_shrink_to_nothing(@ForAll long seed) {
        Random random = new Random(seed);
        int keys = 60_000 + random.nextInt(20_000);
        for (long key = 0; key < keys; key++) {
            add(key, Hashing.SPREAD);
        }
        verify(keys + 1000, Hashing.SPREAD);
        assertTrue(table.memoryBytes() < keys * 32L, "a key takes 11 to 22 bytes");
        for (long key = 0; key < keys; key++) {
            remove(key, Hashing.SPREAD);
        }
        assertEquals(0, table.size());
        verify(1000, Hashing.SPREAD);
    }

    @Example
    void thousands_of_keys_of_one_hash_take_room_in_proportion() {
        for (long key = 0; key < 10_000; key++) {
            add(key, Hashing.CONSTANT);
        }
        for (long key = 0; key < 5000; key++) {
            add(-1 - key, Hashing.SPREAD);
        }
        assertTrue(table.memoryBytes() < 2_000_000, () -> table.memoryBytes() + " bytes");
        for (long key = 0; key < 10_000; key += 501) {
            assertEquals(model.get(key), find(key, Hashing.CONSTANT));
            assertEquals(model.get(-1 - key / 2), find(-1 - key / 2, Hashing.SPREAD));
        }
        for (long key = 0; key < 10_000; key++) {
            remove(key, Hashing.CONSTANT);
        }
        assertEquals(5000, table.size());
        assertEquals(-1, find(3, Hashing.CONSTANT));
    }

    @Example
    void a_key_that_is_not_there_cannot_be_removed() {
        add(1, Hashing.CONSTANT);
        assertThrows(IllegalStateException.class, () -> table.remove(-1, 1000));
    }

    @Example
    void the_hash_that_matches_nothing_finds_nothing() {
        int position = store.append(Row.of(1L));
        assertEquals(-1, table.find(RowHash.UNMATCHED, MATCH, store, position, store));
        int[] found = {7};
        MATCH.find(store, new int[] {position}, new int[] {RowHash.UNMATCHED}, 1, table, store, found);
        assertEquals(-1, found[0]);
    }

    private void add(long key, Hashing hashing) {
        int position = store.append(Row.of(key));
        table.add(hashing.hash(key), position);
        model.put(key, position);
    }

    private void remove(long key, Hashing hashing) {
        int position = Objects.requireNonNull(model.remove(key));
        table.remove(hashing.hash(key), position);
        store.free(position);
    }

    private void replace(long key, Hashing hashing) {
        int replacement = store.append(Row.of(key));
        int position = Objects.requireNonNull(model.put(key, replacement));
        table.replace(hashing.hash(key), position, replacement);
        store.free(position);
    }

    private int find(long key, Hashing hashing) {
        Store probe = new Store(LAYOUT);
        return table.find(hashing.hash(key), MATCH, probe, probe.append(Row.of(key)), store);
    }

    private void verify(int keys, Hashing hashing) {
        assertEquals(model.size(), table.size());
        Store probes = new Store(LAYOUT);
        int[] positions = new int[keys];
        int[] hashes = new int[keys];
        int[] expected = new int[keys];
        List<Integer> single = new ArrayList<>();
        for (int key = 0; key < keys; key++) {
            positions[key] = probes.append(Row.of((long) key));
            hashes[key] = hashing.hash(key);
            expected[key] = model.getOrDefault((long) key, -1);
            single.add(table.find(hashes[key], MATCH, probes, positions[key], store));
        }
        int[] found = new int[keys];
        MATCH.find(probes, positions, hashes, keys, table, store, found);
        assertArrayEquals(expected, found);
        assertArrayEquals(expected, single.stream().mapToInt(i -> i).toArray());
    }
}
