package dev.millrace.bench.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.millrace.bench.dataflow.query.Queries;
import dev.millrace.bench.rows.Column;
import dev.millrace.bench.rows.ColumnBatch;
import dev.millrace.bench.rows.Query;
import dev.millrace.bench.rows.Relation;
import dev.millrace.dataflow.row.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LiveSqlTest {
    private static final int ROWS = 25_000;

    @Test
    void group_by_counts_and_sums_each_account() {
        Query query = Queries.groupBy(ROWS, 1_000);
        Map<Long, long[]> expected = new HashMap<>();
        for (ColumnBatch batch : query.stream().batches()) {
            for (int row = 0; row < batch.size(); row++) {
                long[] sums = expected.computeIfAbsent(batch.longs(0)[row], account -> new long[2]);
                sums[0]++;
                sums[1] += batch.ints(1)[row];
            }
        }
        assertEquals(
                expected.entrySet().stream()
                        .map(group -> Row.of(group.getKey(), group.getValue()[0], group.getValue()[1]))
                        .collect(Collectors.toSet()),
                result(query));
    }

    @Test
    void join_sum_adds_up_the_sales_of_each_category() {
        Query query = Queries.joinSum(ROWS, 500);
        ColumnBatch products = query.dimensions().getFirst().batches().getFirst();
        Map<String, Long> expected = new HashMap<>();
        for (ColumnBatch batch : query.stream().batches()) {
            for (int row = 0; row < batch.size(); row++) {
                String category = products.texts(1)[(int) batch.longs(0)[row]];
                expected.merge(category, (long) batch.ints(1)[row], Long::sum);
            }
        }
        assertEquals(
                expected.entrySet().stream()
                        .map(sum -> Row.of(sum.getKey(), sum.getValue()))
                        .collect(Collectors.toSet()),
                result(query));
    }

    @Test
    void stateless_keeps_what_passes_both_filters() {
        Query query = Queries.stateless(ROWS);
        long passing = 0;
        for (ColumnBatch batch : query.stream().batches()) {
            for (int row = 0; row < batch.size(); row++) {
                passing += batch.longs(2)[row] > 0 && batch.longs(1)[row] * batch.longs(2)[row] > 600 ? 1 : 0;
            }
        }
        assertEquals(passing, rows(query).size());
    }

    @Test
    void join_index_finds_the_lines_of_an_order_that_comes_late() {
        Query query = Queries.joinIndex(ROWS);
        Relation orders = query.dimensions().getFirst();
        LiveSql live = new LiveSql(List.of(orders, query.stream()));
        LiveSql.Query result = live.install(query.sql());
        long order = query.stream().batches().getFirst().longs(0)[0];
        long lines = 0;
        for (ColumnBatch batch : query.stream().batches()) {
            lines += Arrays.stream(batch.longs(0)).filter(id -> id == order).count();
            live.input(query.stream()).append(batch);
            live.step();
        }
        assertEquals(0, result.size());
        live.input(orders).append(new ColumnBatch(List.of(new Column.Longs(new long[] {order}))));
        live.step();
        assertEquals(lines, result.size());
    }

    private static Set<Row> result(Query query) {
        List<Row> rows = rows(query);
        Set<Row> different = new HashSet<>(rows);
        assertEquals(different.size(), rows.size());
        return different;
    }

    private static List<Row> rows(Query query) {
        List<Relation> relations = new ArrayList<>(query.dimensions());
        relations.add(query.stream());
        LiveSql live = new LiveSql(relations);
        LiveSql.Query result = live.install(query.sql());
        for (Relation relation : relations) {
            for (ColumnBatch batch : relation.batches()) {
                // Split, to see that positions are kept apart.
                live.input(relation).append(batch, 0, 7);
                live.input(relation).append(batch, 7, batch.size());
                live.step();
            }
        }
        return result.rows();
    }
}
