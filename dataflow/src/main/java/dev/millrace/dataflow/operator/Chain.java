package dev.millrace.dataflow.operator;

import dev.millrace.dataflow.code.CodeCache;
import dev.millrace.dataflow.code.RowProgram;
import dev.millrace.dataflow.code.Template;
import dev.millrace.dataflow.failure.DataErrors;
import dev.millrace.dataflow.failure.FallibleCode;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.store.Batch;
import dev.millrace.dataflow.store.Store;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * σ and π, any number of them in a row, as one function: {@code Δf(A) = f(ΔA)}. Linear, without state; O(|ΔA|). Without a projection the output is a selection of
 * the input's own rows, and nothing is copied. A row that an expression has no value for adds its error with its weight.
 */
final class Chain implements Operator {
    private final Operator input;
    private final RowProgram program;
    private final FallibleCode code;
    private final DataErrors errors = new DataErrors();
    private final List<DataType> types;
    /** What projected rows are written to; null if the program only selects. */
    private final @Nullable Store projected;

    private final Batch output;
    private final WorkMeter meter;
    private int[] kept = new int[0];
    private int[] positions = new int[0];

    Chain(Operator input, List<RowProgram.Step> steps, CodeCache cache, WorkMeter meter) {
        this.input = input;
        this.program = RowProgram.over(input.types(), steps);
        this.code = new FallibleCode(program, cache, errors);
        this.types = program.output().orElse(input.types());
        this.projected = program.output().map(Store::scratch).orElse(null);
        this.output = new Batch(projected == null ? new Store(types) : projected);
        this.meter = meter;
    }

    @Override
    public List<DataType> types() {
        return types;
    }

    @Override
    public Batch apply(Batch[] changes) {
        return run(changes[0], true);
    }

    @Override
    public void enumerate(BatchConsumer consumer) {
        input.enumerate(rows -> {
            Batch result = run(rows, false);
            if (!result.isEmpty()) {
                consumer.accept(result);
            }
            endStep();
        });
    }

    @Override
    public DataErrors errors() {
        return errors;
    }

    @Override
    public boolean hasState() {
        return code.mayFail();
    }

    @Override
    public boolean isAppendOnly() {
        return input.isAppendOnly();
    }

    @Override
    public void endStep() {
        if (projected != null) {
            projected.clear();
        }
    }

    @Override
    public long memoryBytes() {
        return projected == null ? 0 : projected.memoryBytes();
    }

    @Override
    public List<Template<?>> code() {
        return List.of(program);
    }

    /** @param changing whether the errors change by this, too */
    private Batch run(Batch change, boolean changing) {
        int count = change.size();
        if (kept.length < count) {
            kept = new int[Math.max(count, kept.length * 2)];
            positions = projected == null ? positions : new int[kept.length];
        }
        if (projected != null) {
            projected.allocate(count, positions);
        }
        int size = code.run(
                change.store(),
                change.positions(),
                null,
                null,
                changing ? change.weights() : null,
                count,
                kept,
                projected,
                positions);
        output.reset(projected == null ? change.store() : projected);
        output.reserve(size);
        int[] outputPositions = output.positions();
        long[] outputWeights = output.weights();
        int[] rows = projected == null ? change.positions() : positions;
        long[] weights = change.weights();
        for (int i = 0; i < size; i++) {
            outputPositions[i] = rows[projected == null ? kept[i] : i];
            outputWeights[i] = weights[kept[i]];
        }
        output.size(size);
        meter.add(count + size);
        return output;
    }
}
