package dev.millrace.bench.dataflow.step;

import dev.millrace.bench.dataflow.query.Queries;
import dev.millrace.bench.live.LiveSql;
import dev.millrace.bench.rows.ColumnBatch;
import dev.millrace.bench.rows.Query;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One row through three operators without state, whose result is told and not kept. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class StatelessStep {
    private final Query query = Queries.stateless(1_000);
    private final ColumnBatch rows = query.stream().batches().getFirst();
    private LiveSql live = new LiveSql(List.of(query.stream()));
    private LiveSql.Input input = live.input(query.stream());
    private int next;

    /** Made by JMH. */
    public StatelessStep() {}

    @Setup
    public void install() {
        live = new LiveSql(List.of(query.stream()));
        input = live.input(query.stream());
        live.installChanges(query.sql());
    }

    @Benchmark
    public void step() {
        input.append(rows, next, next + 1);
        live.step();
        next = next + 1 == rows.size() ? 0 : next + 1;
    }
}
