package dev.millrace.dataflow.code;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.dataflow.plan.SortKey;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Decimal;
import dev.millrace.dataflow.row.Row;
import dev.millrace.dataflow.row.SampleValues;
import dev.millrace.dataflow.store.RowReader;
import dev.millrace.dataflow.store.RowWriter;
import dev.millrace.dataflow.store.Store;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

/** Generated hashes, matches, orders and codecs against rows as objects. */
class RowTemplatesPropertyTest {
    private static final int ROWS = 60;
    private static final CodeCache CACHE = new CodeCache();

    @Property(tries = 120)
    void rows_with_equal_keys_have_equal_hashes_and_those_that_match_nothing_have_none(@ForAll long seed) {
        Random random = new Random(seed);
        List<DataType> layout = SampleValues.layout(random, 1, 4);
        List<Integer> columns = columns(random, layout.size());
        List<Integer> rejecting =
                columns.stream().filter(column -> random.nextInt(3) == 0).toList();
        Store rows = rows(layout, random);
        int[] positions = positions(rows);
        int[] hashes = new int[ROWS];
        CACHE.get(new HashTemplate(layout, columns, rejecting)).hash(rows, positions, ROWS, hashes);
        for (int i = 0; i < ROWS; i++) {
            Row row = rows.row(positions[i]);
            boolean isRejected = rejecting.stream().anyMatch(column -> row.get(column) == null);
            assertEquals(isRejected, hashes[i] == RowHash.UNMATCHED);
            for (int j = 0; j < i && !isRejected; j++) {
                if (key(row, columns).equals(key(rows.row(positions[j]), columns))) {
                    assertEquals(hashes[i], hashes[j]);
                }
            }
        }
    }

    @Example
    void hashes_of_different_keys_are_spread() {
        Store rows = new Store(List.of(DataType.INT4, DataType.INT4));
        int[] positions = new int[10_000];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = rows.append(Row.of(i / 100, i % 100));
        }
        int[] hashes = new int[positions.length];
        CACHE.get(new HashTemplate(rows.types(), List.of(0, 1), List.of()))
                .hash(rows, positions, positions.length, hashes);
        assertTrue(IntStream.of(hashes).distinct().count() > 9_990);
        assertTrue(IntStream.of(hashes).map(hash -> hash & 0xFFF).distinct().count() > 3_500);
        assertTrue(IntStream.of(hashes).map(hash -> hash >>> 20).distinct().count() > 3_500);
    }

    @Property(tries = 120)
    void columns_match_when_their_values_are_equal_or_identical(@ForAll long seed) {
        Random random = new Random(seed);
        List<DataType> left = SampleValues.layout(random, 1, 4);
        List<Integer> leftColumns = columns(random, left.size());
        // The right layout is the key after one more column.
        List<DataType> right = new ArrayList<>(List.of(SampleValues.type(random)));
        leftColumns.forEach(column -> right.add(left.get(column)));
        List<Integer> rightColumns =
                IntStream.rangeClosed(1, leftColumns.size()).boxed().toList();
        Store leftRows = rows(left, random);
        Store rightRows = rows(right, random);
        int[] leftPositions = positions(leftRows);
        int[] rightPositions = positions(rightRows);
        for (boolean identical : new boolean[] {false, true}) {
            RowMatch match = CACHE.get(new MatchTemplate(left, leftColumns, right, rightColumns, identical));
            for (int leftPosition : leftPositions) {
                Row leftKey = key(leftRows.row(leftPosition), leftColumns, identical);
                for (int rightPosition : rightPositions) {
                    Row rightKey = key(rightRows.row(rightPosition), rightColumns, identical);
                    assertEquals(
                            identical ? Row.identical(leftKey, rightKey) : leftKey.equals(rightKey),
                            match.matches(leftRows, leftPosition, rightRows, rightPosition),
                            () -> leftKey + " and " + rightKey);
                }
            }
        }
    }

    @Property(tries = 120)
    void an_order_is_that_of_the_rows_and_prefixes_go_with_it(@ForAll long seed) {
        Random random = new Random(seed);
        List<DataType> layout = SampleValues.layout(random, 1, 4);
        List<SortKey> keys = columns(random, layout.size()).stream()
                .map(column -> new SortKey(column, random.nextBoolean(), random.nextBoolean()))
                .toList();
        Store rows = rows(layout, random);
        int[] positions = positions(rows);
        for (boolean exact : new boolean[] {false, true}) {
            RowOrder order = CACHE.get(new OrderTemplate(layout, keys, exact));
            Comparator<Row> byKeys = SortKey.comparator(keys);
            Comparator<Row> expected = exact ? byKeys.thenComparing(Row::compareExactly) : byKeys;
            for (int left : positions) {
                for (int right : positions) {
                    int comparison = order.compare(rows, left, rows, right);
                    assertEquals(
                            Integer.signum(expected.compare(rows.row(left), rows.row(right))),
                            Integer.signum(comparison),
                            () -> keys + ": " + rows.row(left) + " and " + rows.row(right));
                    if (order.prefix(rows, left) < order.prefix(rows, right)) {
                        assertTrue(comparison < 0, () -> keys + ": " + rows.row(left) + " and " + rows.row(right));
                    }
                }
            }
        }
    }

    @Example
    void a_prefix_tells_most_values_apart() {
        Store rows = new Store(List.of(DataType.TEXT));
        RowOrder order = CACHE.get(new OrderTemplate(rows.types(), List.of(new SortKey(0, false, false)), false));
        int low = rows.append(Row.of("abca"));
        int high = rows.append(Row.of("abcb"));
        assertTrue(order.prefix(rows, low) < order.prefix(rows, high));
    }

    @Property(tries = 120)
    void what_was_encoded_is_decoded(@ForAll long seed) {
        Random random = new Random(seed);
        List<DataType> layout = SampleValues.layout(random, 0, 6);
        RowCodec codec = CACHE.get(new CodecTemplate(layout));
        Store rows = rows(layout, random);
        RowWriter writer = new RowWriter();
        for (int position : positions(rows)) {
            codec.encode(rows, position, writer);
        }
        RowReader reader = new RowReader(writer.toByteArray());
        Store decoded = new Store(layout);
        for (int position : positions(rows)) {
            int copy = decoded.allocate();
            codec.decode(reader, decoded, copy);
            assertTrue(
                    Row.identical(rows.row(position), decoded.row(copy)),
                    () -> rows.row(position) + " became " + decoded.row(copy));
        }
        assertTrue(reader.isAtEnd());
    }

    @Example
    void small_values_are_encoded_in_few_bytes() {
        assertEquals(1, size(DataType.INT8, null));
        assertEquals(2, size(DataType.INT8, -64L));
        assertEquals(3, size(DataType.INT4, 8191));
        assertEquals(11, size(DataType.TIMESTAMP, Long.MIN_VALUE));
        assertEquals(2, size(DataType.BOOL, true));
        assertEquals(9, size(DataType.FLOAT8, -0.0));
        assertEquals(5, size(DataType.TEXT, "abc"));
        assertEquals(4, size(DataType.NUMERIC, Decimal.of(7)));
    }

    private static int size(DataType type, @Nullable Object value) {
        Store rows = new Store(List.of(type));
        RowWriter writer = new RowWriter();
        int position = rows.append(Row.of(new Object[] {value}));
        CACHE.get(new CodecTemplate(List.of(type))).encode(rows, position, writer);
        return writer.size();
    }

    private static List<Integer> columns(Random random, int count) {
        return random.ints(random.nextInt(count + 1), 0, count)
                .distinct()
                .boxed()
                .toList();
    }

    private static Row key(Row row, List<Integer> columns) {
        return key(row, columns, false);
    }

    private static Row key(Row row, List<Integer> columns, boolean identical) {
        int[] indexes = columns.stream().mapToInt(column -> column).toArray();
        return identical ? row.project(indexes) : row.key(indexes);
    }

    private static Store rows(List<DataType> layout, Random random) {
        Store rows = new Store(layout);
        for (int i = 0; i < ROWS; i++) {
            rows.append(SampleValues.row(layout, random));
        }
        return rows;
    }

    private static int[] positions(Store rows) {
        return IntStream.range(0, ROWS).map(rows::position).toArray();
    }
}
