package dev.millrace.bench.flink;

import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.table.data.RowData;

/** Reads one relation of a run, in one reader. There is nothing to divide, so its splits are only what the interface asks for. */
final class BatchSource implements Source<RowData, WholeSplit, WholeSplit> {
    private static final long serialVersionUID = 1;

    private final String run;
    private final String relation;

    BatchSource(String run, String relation) {
        this.run = run;
        this.relation = relation;
    }

    @Override
    public Boundedness getBoundedness() {
        return Boundedness.BOUNDED;
    }

    @Override
    public SourceReader<RowData, WholeSplit> createReader(SourceReaderContext context) {
        FlinkRun running = FlinkRun.byId(run);
        return new BatchReader(
                running,
                running.input().query().relations().stream()
                        .filter(candidate -> candidate.name().equals(relation))
                        .findFirst()
                        .orElseThrow());
    }

    @Override
    public SplitEnumerator<WholeSplit, WholeSplit> createEnumerator(SplitEnumeratorContext<WholeSplit> context) {
        return new WholeSplit.Enumerator();
    }

    @Override
    public SplitEnumerator<WholeSplit, WholeSplit> restoreEnumerator(
            SplitEnumeratorContext<WholeSplit> context, WholeSplit checkpoint) {
        return new WholeSplit.Enumerator();
    }

    @Override
    public SimpleVersionedSerializer<WholeSplit> getSplitSerializer() {
        return new WholeSplit.Serializer();
    }

    @Override
    public SimpleVersionedSerializer<WholeSplit> getEnumeratorCheckpointSerializer() {
        return new WholeSplit.Serializer();
    }
}
