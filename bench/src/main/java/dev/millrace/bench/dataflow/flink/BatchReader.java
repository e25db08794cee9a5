package dev.millrace.bench.dataflow.flink;

import dev.millrace.bench.dataflow.rows.Column;
import dev.millrace.bench.dataflow.rows.ColumnBatch;
import dev.millrace.bench.dataflow.rows.Relation;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.columnar.ColumnarRowData;
import org.apache.flink.table.data.columnar.vector.ColumnVector;
import org.apache.flink.table.data.columnar.vector.VectorizedColumnBatch;
import org.apache.flink.table.data.columnar.vector.heap.HeapBytesVector;
import org.apache.flink.table.data.columnar.vector.heap.HeapIntVector;
import org.apache.flink.table.data.columnar.vector.heap.HeapLongVector;

/**
 * Hands out a relation batch by batch, through one row object that moves over the arrays. That is allowed with object reuse, and as
 * cheap as a source of Flink can be.
 */
final class BatchReader implements SourceReader<RowData, WholeSplit> {
    private final FlinkRun run;
    private final Relation relation;
    private final Iterator<ColumnBatch> batches;
    private boolean started;

    BatchReader(FlinkRun run, Relation relation) {
        this.run = run;
        this.relation = relation;
        batches = relation.batches().iterator();
    }

    @Override
    public void start() {}

    @Override
    public InputStatus pollNext(ReaderOutput<RowData> output) {
        if (run.isStream(relation) && !started) {
            if (!run.dimensionsRead().isDone()) {
                return InputStatus.NOTHING_AVAILABLE;
            }
            started = true;
            run.streamStarts();
        }
        if (batches.hasNext()) {
            emit(batches.next(), output);
            return InputStatus.MORE_AVAILABLE;
        }
        if (!run.isStream(relation)) {
            run.dimensionRead();
        }
        return InputStatus.END_OF_INPUT;
    }

    private static void emit(ColumnBatch batch, ReaderOutput<RowData> output) {
        ColumnVector[] vectors =
                batch.columns().stream().map(BatchReader::vector).toArray(ColumnVector[]::new);
        ColumnarRowData row = new ColumnarRowData(new VectorizedColumnBatch(vectors));
        for (int position = 0; position < batch.size(); position++) {
            row.setRowId(position);
            output.collect(row);
        }
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
        };
    }

    @Override
    public List<WholeSplit> snapshotState(long checkpoint) {
        return List.of();
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        return run.isStream(relation) ? run.dimensionsRead() : CompletableFuture.completedFuture(null);
    }

    @Override
    public void addSplits(List<WholeSplit> splits) {}

    @Override
    public void notifyNoMoreSplits() {}

    @Override
    public void close() {}
}
