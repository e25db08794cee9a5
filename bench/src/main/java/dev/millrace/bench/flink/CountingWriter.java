package dev.millrace.bench.flink;

import dev.millrace.bench.rows.Content;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.table.data.RowData;

/** Counts the rows of the result, and drops them. */
final class CountingWriter implements SinkWriter<RowData> {
    private final FlinkRun run;
    private long rows;

    CountingWriter(FlinkRun run) {
        this.run = run;
    }

    @Override
    public void write(RowData change, Context context) {
        rows += weight(change);
    }

    /** How many times a change makes its row come; negative if it goes. */
    static int weight(RowData change) {
        return switch (change.getRowKind()) {
            case INSERT, UPDATE_AFTER -> 1;
            case DELETE, UPDATE_BEFORE -> -1;
        };
    }

    @Override
    public void flush(boolean endOfInput) {
        if (endOfInput) {
            run.ended(new Content(rows, 0));
        }
    }

    @Override
    public void close() {}
}
