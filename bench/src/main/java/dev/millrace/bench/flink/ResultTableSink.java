package dev.millrace.bench.flink;

import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.RuntimeConverter;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.sink.SinkV2Provider;
import org.apache.flink.table.types.DataType;

/** Takes every kind of change, as the result of a live query does. */
record ResultTableSink(String run, DataType rowType) implements DynamicTableSink {
    @Override
    public ChangelogMode getChangelogMode(ChangelogMode requested) {
        return ChangelogMode.all();
    }

    @Override
    public SinkRuntimeProvider getSinkRuntimeProvider(Context context) {
        String id = run;
        if (!FlinkRun.byId(id).readsContent()) {
            return SinkV2Provider.of(writer -> new CountingWriter(FlinkRun.byId(id)));
        }
        DataStructureConverter toRow = context.createDataStructureConverter(rowType);
        return SinkV2Provider.of(writer -> {
            toRow.open(RuntimeConverter.Context.create(ResultTableSink.class.getClassLoader()));
            return new ContentWriter(FlinkRun.byId(id), toRow);
        });
    }

    @Override
    public DynamicTableSink copy() {
        return this;
    }

    @Override
    public String asSummaryString() {
        return "result of " + run;
    }
}
