package dev.millrace.bench.flink;

import dev.millrace.bench.rows.Content;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.table.connector.sink.DynamicTableSink.DataStructureConverter;
import org.apache.flink.table.data.RowData;
import org.apache.flink.types.Row;

/** Reads the rows of the result. */
final class ContentWriter implements SinkWriter<RowData> {
    private final FlinkRun run;
    private final DataStructureConverter toRow;
    private Content content = Content.NONE;

    ContentWriter(FlinkRun run, DataStructureConverter toRow) {
        this.run = run;
        this.toRow = toRow;
    }

    @Override
    public void write(RowData change, Context context) {
        Row row = (Row) Objects.requireNonNull(toRow.toExternal(change));
        List<Object> values = new ArrayList<>();
        for (int column = 0; column < row.getArity(); column++) {
            values.add(row.getField(column));
        }
        content = content.with(values, CountingWriter.weight(change));
    }

    @Override
    public void flush(boolean endOfInput) {
        if (endOfInput) {
            run.ended(content);
        }
    }

    @Override
    public void close() {}
}
