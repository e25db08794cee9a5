package dev.millrace.bench.circuit;

import dev.millrace.bench.rows.Column;
import dev.millrace.bench.rows.ColumnBatch;
import dev.millrace.bench.rows.Relation;
import dev.millrace.dataflow.row.DataType;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/** Tables of entries of accounts. */
final class Accounts {
    private static final long SEED = 20_261_121;
    private static final int AMOUNTS = 1_000;

    private Accounts() {}

    /**
     * A table of this name, with random amounts.
     *
     * @param rows whose ids count up from 0
     * @param perAccount how many rows in a row are of the same account
     */
    static Relation entries(String name, int rows, int perAccount) {
        SplittableRandom random = new SplittableRandom(SEED);
        return new Relation(
                name,
                List.of(
                        new Relation.Field("id", DataType.INT8),
                        new Relation.Field("account", DataType.INT8),
                        new Relation.Field("amount", DataType.INT8)),
                List.of(0),
                List.of(new ColumnBatch(List.of(
                        new Column.Longs(LongStream.range(0, rows).toArray()),
                        new Column.Longs(LongStream.range(0, rows)
                                .map(row -> row / perAccount)
                                .toArray()),
                        new Column.Longs(random.longs(rows, 0, AMOUNTS).toArray())))));
    }
}
