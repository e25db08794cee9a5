package dev.millrace.bench.rows;

import dev.millrace.dataflow.row.DataType;
import java.util.List;

/**
 * A named relation whose rows were made beforehand, so that producing them costs no contestant anything.
 *
 * @param key the columns that identify a row; with none it is a stream of rows that are only ever added
 * @param batches its rows in the order of their arrival
 */
public record Relation(String name, List<Field> fields, List<Integer> key, List<ColumnBatch> batches) {
    /** How many rows arrive together, in all benchmarks of large inputs. */
    public static final int BATCH_ROWS = 10_000;

    public Relation {
        fields = List.copyOf(fields);
        key = List.copyOf(key);
        batches = List.copyOf(batches);
    }

    /** The name and type of a column. */
    public record Field(String name, DataType type) {}

    /** The number of rows. */
    public long rows() {
        return batches.stream().mapToLong(ColumnBatch::size).sum();
    }

    /** The types of the columns. */
    public List<DataType> types() {
        return fields.stream().map(Field::type).toList();
    }
}
