package dev.millrace.bench.flink;

import dev.millrace.bench.rows.Column;
import dev.millrace.bench.rows.ColumnBatch;
import dev.millrace.bench.rows.Query;
import dev.millrace.bench.rows.Relation;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.data.columnar.vector.ColumnVector;
import org.apache.flink.table.data.columnar.vector.TimestampColumnVector;
import org.apache.flink.table.data.columnar.vector.VectorizedColumnBatch;
import org.apache.flink.table.data.columnar.vector.heap.HeapBytesVector;
import org.apache.flink.table.data.columnar.vector.heap.HeapIntVector;
import org.apache.flink.table.data.columnar.vector.heap.HeapLongVector;

/** A query and the rows that it reads as Flink has them: made once, so that no run pays for it. */
final class FlinkInput {
    private static final int MICROS_PER_MILLI = 1_000;

    private final Query query;
    private final Map<String, List<VectorizedColumnBatch>> batches;

    FlinkInput(Query query) {
        this.query = query;
        batches = query.relations().stream()
                .collect(Collectors.toMap(
                        Relation::name,
                        relation -> relation.batches().stream()
                                .map(FlinkInput::vectors)
                                .toList()));
    }

    Query query() {
        return query;
    }

    List<VectorizedColumnBatch> batches(String relation) {
        return Objects.requireNonNull(batches.get(relation), () -> "no relation " + relation);
    }

    private static VectorizedColumnBatch vectors(ColumnBatch batch) {
        VectorizedColumnBatch vectors = new VectorizedColumnBatch(
                batch.columns().stream().map(FlinkInput::vector).toArray(ColumnVector[]::new));
        vectors.setNumRows(batch.size());
        return vectors;
    }

    private static ColumnVector vector(Column column) {
        return switch (column) {
            case Column.Longs longs -> {
                HeapLongVector vector = new HeapLongVector(0);
                vector.vector = longs.values();
                yield vector;
            }
            case Column.Ints ints -> {
                HeapIntVector vector = new HeapIntVector(0);
                vector.vector = ints.values();
                yield vector;
            }
            case Column.Texts texts -> {
                HeapBytesVector vector = new HeapBytesVector(texts.size());
                for (int position = 0; position < texts.size(); position++) {
                    byte[] bytes = texts.values()[position].getBytes(StandardCharsets.UTF_8);
                    vector.appendBytes(position, bytes, 0, bytes.length);
                }
                yield vector;
            }
            case Column.Timestamps timestamps -> new Timestamps(timestamps.values());
        };
    }

    /** Timestamps of whole milliseconds, from microseconds. */
    private record Timestamps(long[] micros) implements TimestampColumnVector {
        @Override
        public TimestampData getTimestamp(int position, int precision) {
            return TimestampData.fromEpochMillis(micros[position] / MICROS_PER_MILLI);
        }

        @Override
        public boolean isNullAt(int position) {
            return false;
        }
    }
}
