package dev.millrace.bench.dataflow.query;

import dev.millrace.bench.rows.Column;
import dev.millrace.bench.rows.ColumnBatch;
import dev.millrace.bench.rows.Query;
import dev.millrace.bench.rows.Relation;
import dev.millrace.dataflow.row.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;

/** The queries over large inputs. Their rows are random, and the same every time. */
public final class Queries {
    private static final long SEED = 20_261_120;
    private static final int CATEGORIES = 100;
    private static final int BEST = 10;
    private static final int NOTES = 1_000;
    private static final int LINES_PER_ORDER = 10;

    private Queries() {}

    /** The queries that are measured beside other engines, which make their rows by themselves, in processes of their own. */
    public enum Shape {
        GROUP_BY,
        JOIN_SUM,
        TOP_N;

        /**
         * The query with its rows.
         *
         * @param rows of the stream
         * @param keys how many accounts, products, games there are
         */
        public Query.Recipe sized(int rows, int keys) {
            return new Sized(this, rows, keys);
        }
    }

    private record Sized(Shape shape, int rows, int keys) implements Query.Recipe {
        @Override
        public Query query() {
            return switch (shape) {
                case GROUP_BY -> groupBy(rows, keys);
                case JOIN_SUM -> joinSum(rows, keys);
                case TOP_N -> topN(rows, keys);
            };
        }
    }

    /** Count and sum of every account's payments. */
    public static Query groupBy(int rows, int accounts) {
        SplittableRandom random = new SplittableRandom(SEED);
        Relation payments = new Relation(
                "payments",
                List.of(new Relation.Field("account", DataType.INT8), new Relation.Field("amount", DataType.INT4)),
                List.of(),
                batches(
                        rows,
                        size -> new ColumnBatch(List.of(
                                new Column.Longs(random.longs(size, 0, accounts).toArray()),
                                new Column.Ints(random.ints(size, 0, 1_000).toArray())))));
        return new Query(
                "group-by",
                "SELECT account, COUNT(*) AS payments, SUM(amount) AS total FROM payments GROUP BY account",
                List.of(),
                payments);
    }

    /** What was sold of each category, where a sale knows its product and a product its category. */
    public static Query joinSum(int rows, int products) {
        SplittableRandom random = new SplittableRandom(SEED);
        long[] ids = new long[products];
        String[] categories = new String[products];
        for (int product = 0; product < products; product++) {
            ids[product] = product;
            categories[product] = "category " + random.nextInt(CATEGORIES);
        }
        Relation dimension = new Relation(
                "products",
                List.of(new Relation.Field("id", DataType.INT8), new Relation.Field("category", DataType.TEXT)),
                List.of(0),
                List.of(new ColumnBatch(List.of(new Column.Longs(ids), new Column.Texts(categories)))));
        Relation sales = new Relation(
                "sales",
                List.of(new Relation.Field("product", DataType.INT8), new Relation.Field("amount", DataType.INT4)),
                List.of(),
                batches(
                        rows,
                        size -> new ColumnBatch(List.of(
                                new Column.Longs(random.longs(size, 0, products).toArray()),
                                new Column.Ints(random.ints(size, 0, 1_000).toArray())))));
        return new Query(
                "join-sum",
                "SELECT p.category, SUM(s.amount) AS total FROM sales AS s JOIN products AS p ON s.product = p.id"
                        + " GROUP BY p.category",
                List.of(dimension),
                sales);
    }

    /** The ten best results of each game. */
    public static Query topN(int rows, int games) {
        SplittableRandom random = new SplittableRandom(SEED);
        Relation results = new Relation(
                "results",
                List.of(
                        new Relation.Field("game", DataType.INT8),
                        new Relation.Field("player", DataType.INT8),
                        new Relation.Field("score", DataType.INT8)),
                List.of(),
                batches(
                        rows,
                        size -> new ColumnBatch(List.of(
                                new Column.Longs(random.longs(size, 0, games).toArray()),
                                new Column.Longs(random.longs(size, 0, rows).toArray()),
                                new Column.Longs(
                                        random.longs(size, 0, Long.MAX_VALUE).toArray())))));
        return new Query(
                "top-n",
                "SELECT game, player, score FROM (SELECT game, player, score,"
                        + " ROW_NUMBER() OVER (PARTITION BY game ORDER BY score DESC) AS place FROM results) AS ranked"
                        + " WHERE place <= " + BEST,
                List.of(),
                results);
    }

    /** Three operators without state: a filter, a computed column, a filter over it. Half of the rows pass. */
    public static Query stateless(int rows) {
        SplittableRandom random = new SplittableRandom(SEED);
        Relation lines = new Relation(
                "lines",
                List.of(
                        new Relation.Field("id", DataType.INT8),
                        new Relation.Field("price", DataType.INT8),
                        new Relation.Field("quantity", DataType.INT8)),
                List.of(),
                batches(
                        rows,
                        size -> new ColumnBatch(List.of(
                                new Column.Longs(random.longs(size, 0, rows).toArray()),
                                new Column.Longs(random.longs(size, 1, 1_001).toArray()),
                                new Column.Longs(random.longs(size, 0, 4).toArray())))));
        return new Query(
                "stateless",
                "SELECT id, total FROM (SELECT id, price * quantity AS total FROM lines WHERE quantity > 0) AS priced"
                        + " WHERE total > 600",
                List.of(),
                lines);
    }

    /** The lines of known orders, ten to an order in random order, with a note each; the notes are few, and shared. */
    public static Query joinIndex(int rows) {
        SplittableRandom random = new SplittableRandom(SEED);
        String[] notes = new String[NOTES];
        Arrays.setAll(notes, note -> "note " + note);
        Relation orders =
                new Relation("orders", List.of(new Relation.Field("id", DataType.INT8)), List.of(0), List.of());
        Relation lines = new Relation(
                "order_lines",
                List.of(
                        new Relation.Field("order_id", DataType.INT8),
                        new Relation.Field("product", DataType.INT4),
                        new Relation.Field("amount", DataType.INT8),
                        new Relation.Field("note", DataType.TEXT)),
                List.of(),
                batches(
                        rows,
                        size -> new ColumnBatch(List.of(
                                new Column.Longs(random.longs(size, 0, rows / LINES_PER_ORDER)
                                        .toArray()),
                                new Column.Ints(random.ints(size).toArray()),
                                new Column.Longs(random.longs(size).toArray()),
                                new Column.Texts(random.ints(size, 0, NOTES)
                                        .mapToObj(note -> notes[note])
                                        .toArray(String[]::new))))));
        return new Query(
                "join-index",
                "SELECT o.id, l.product, l.amount, l.note FROM orders AS o JOIN order_lines AS l ON o.id = l.order_id",
                List.of(orders),
                lines);
    }

    private static List<ColumnBatch> batches(int rows, Function<Integer, ColumnBatch> batch) {
        List<ColumnBatch> batches = new ArrayList<>();
        for (int made = 0; made < rows; made += Relation.BATCH_ROWS) {
            batches.add(batch.apply(Math.min(Relation.BATCH_ROWS, rows - made)));
        }
        return batches;
    }
}
