package dev.millrace.bench.dataflow.flink;

import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.sink.SinkV2Provider;

/** Takes every kind of change, as the result of a live query does. */
record CountingTableSink(String run) implements DynamicTableSink {
    @Override
    public ChangelogMode getChangelogMode(ChangelogMode requested) {
        return ChangelogMode.all();
    }

    @Override
    public SinkRuntimeProvider getSinkRuntimeProvider(Context context) {
        String id = run;
        return SinkV2Provider.of(writer -> new CountingWriter(FlinkRun.byId(id)));
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
