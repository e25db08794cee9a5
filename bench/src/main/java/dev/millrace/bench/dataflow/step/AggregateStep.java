package dev.millrace.bench.dataflow.step;

import dev.millrace.bench.dataflow.query.Queries;
import dev.millrace.bench.live.LiveSql;
import dev.millrace.bench.rows.ColumnBatch;
import dev.millrace.bench.rows.Query;
import dev.millrace.bench.rows.Relation;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One row into a count and a sum that have taken in this many rows, ten a group. The steps then go through these rows again. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class AggregateStep {
    private static final int ROWS_PER_GROUP = 10;

    @Param("10000")
    public int rows;

    private Query query = Queries.groupBy(1, 1);
    private Relation stream = query.stream();
    private LiveSql live = new LiveSql(List.of(stream));
    private LiveSql.Input input = live.input(stream);
    private int batch;
    private int next;

    /** Made by JMH. */
    public AggregateStep() {}

    @Setup
    public void fill() {
        query = Queries.groupBy(rows, rows / ROWS_PER_GROUP);
        stream = query.stream();
        live = new LiveSql(List.of(stream));
        input = live.input(stream);
        live.install(query.sql());
        for (ColumnBatch rowsOfBatch : stream.batches()) {
            input.append(rowsOfBatch);
            live.step();
        }
    }

    @Benchmark
    public void step() {
        ColumnBatch current = stream.batches().get(batch);
        input.append(current, next, next + 1);
        live.step();
        if (++next == current.size()) {
            next = 0;
            batch = batch + 1 == stream.batches().size() ? 0 : batch + 1;
        }
    }
}
