package dev.millrace.bench.flink;

import dev.millrace.bench.rows.Relation;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.columnar.ColumnarRowData;
import org.apache.flink.table.data.columnar.vector.VectorizedColumnBatch;

/**
 * Hands out a relation batch by batch, through one row object that moves over the arrays. That is allowed with object reuse, and as
 * cheap as a source of Flink can be.
 */
final class BatchReader implements SourceReader<RowData, WholeSplit> {
    private final Pace pace;
    private final Relation relation;
    private final Iterator<VectorizedColumnBatch> batches;

    BatchReader(FlinkRun run, Relation relation) {
        this.pace = run.pace();
        this.relation = relation;
        batches = run.input().batches(relation.name()).iterator();
    }

    @Override
    public void start() {
        if (pace.isStream(relation)) {
            pace.arrived(relation);
        }
    }

    @Override
    public InputStatus pollNext(ReaderOutput<RowData> output) {
        if (!batches.hasNext()) {
            pace.arrived(relation);
            return InputStatus.END_OF_INPUT;
        }
        if (!pace.mayGive(relation)) {
            return InputStatus.NOTHING_AVAILABLE;
        }
        VectorizedColumnBatch batch = batches.next();
        ColumnarRowData row = new ColumnarRowData(batch);
        for (int position = 0; position < batch.getNumRows(); position++) {
            row.setRowId(position);
            output.collect(row);
        }
        if (pace.isStream(relation)) {
            pace.gave(relation);
        }
        return InputStatus.MORE_AVAILABLE;
    }

    @Override
    public List<WholeSplit> snapshotState(long checkpoint) {
        return List.of();
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        return batches.hasNext() ? pace.turn(relation) : CompletableFuture.completedFuture(null);
    }

    @Override
    public void addSplits(List<WholeSplit> splits) {}

    @Override
    public void notifyNoMoreSplits() {}

    @Override
    public void close() {}
}
