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
 * the input's own rows, and nothing is copied. A projection's rows are the input's too, with other columns: those that it passes on are the input's, and
 * those that it computes stand beside them. Only where that would take room for all rows of a state it copies the rows of the change. A row that an expression has no value for adds its
 * error with its weight.
 */
final class Chain implements Operator {
    private final Operator input;
    private final RowProgram program;
    private final FallibleCode code;
    private final DataErrors errors = new DataErrors();
    private final List<DataType> types;
    private final boolean projects;
    /** What projected rows are written to: a store of this operator, or of the last change's rows with other columns. */
    private Store projected;

    /** What that is over, if it is over another. */
    private @Nullable Store base;

    private final Batch output;
    private final WorkMeter meter;
    private int[] kept = new int[0];
    private int[] positions = new int[0];

    Chain(Operator input, List<RowProgram.Step> steps, CodeCache cache, WorkMeter meter) {
        this.input = input;
        this.program = program(input, steps);
        this.code = new FallibleCode(program, cache, errors);
        this.types = program.output().orElse(input.types());
        this.projects = program.output().isPresent();
        this.projected = Store.scratch(types);
        this.output = new Batch(projected);
        this.meter = meter;
    }

    private static RowProgram program(Operator input, List<RowProgram.Step> steps) {
        RowProgram program = RowProgram.over(input.types(), steps);
        boolean computes = program.sources().contains(-1);
        return program.output().isPresent() && (input.isTransient() || !computes) ? program.ofPlaces() : program;
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
    public boolean isTransient() {
        return input.isTransient() || (projects && !program.inPlace());
    }

    @Override
    public boolean isAppendOnly() {
        return input.isAppendOnly();
    }

    @Override
    public void endStep() {
        projected.clear();
    }

    @Override
    public long memoryBytes() {
        return projected.memoryBytes();
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
            positions = copies() ? new int[kept.length] : positions;
        }
        int[] places = copies() ? positions : change.positions();
        if (copies()) {
            projected.allocate(count, positions);
        } else if (projects) {
            layOver(change.store());
        }
        int size = code.run(
                change.store(),
                change.positions(),
                null,
                null,
                changing ? change.weights() : null,
                count,
                kept,
                projects ? projected : null,
                places);
        output.reset(projects ? projected : change.store());
        output.reserve(size);
        int[] outputPositions = output.positions();
        long[] outputWeights = output.weights();
        long[] weights = change.weights();
        boolean copies = copies();
        for (int i = 0; i < size; i++) {
            outputPositions[i] = places[copies ? i : kept[i]];
            outputWeights[i] = weights[kept[i]];
        }
        output.size(size);
        meter.add(count + size);
        return output;
    }

    /** Whether projected rows have places of their own. */
    private boolean copies() {
        return projects && !program.inPlace();
    }

    @SuppressWarnings("ReferenceEquality") // the very store
    private void layOver(Store rows) {
        if (base != rows) {
            base = rows;
            projected = Store.over(rows, types, program.sources());
        }
        projected.cover(rows);
    }
}
