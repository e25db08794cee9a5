package dev.millrace.dataflow.operator;

import dev.millrace.dataflow.code.CodeCache;
import dev.millrace.dataflow.code.RowCode;
import dev.millrace.dataflow.code.RowProgram;
import dev.millrace.dataflow.code.RowProgram.Step;
import dev.millrace.dataflow.code.Template;
import dev.millrace.dataflow.expression.TableFunction;
import dev.millrace.dataflow.failure.DataError;
import dev.millrace.dataflow.failure.DataErrors;
import dev.millrace.dataflow.failure.FallibleCode;
import dev.millrace.dataflow.plan.ExpressionText;
import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Row;
import dev.millrace.dataflow.store.Batch;
import dev.millrace.dataflow.store.Store;
import dev.millrace.error.MillraceException;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Each row with each of the rows that a table function gives for it: {@code Δf(A) = f(ΔA)}. Linear, without state; O(|ΔA| + |Δf(A)|). The function's rows are
 * objects on their way into the output. A row without arguments or without a result adds its error with its weight.
 */
final class FlatMap implements Operator {
    private final Operator input;
    private final TableFunction function;
    private final RowProgram argumentProgram;
    private final RowProgram copyProgram;
    private final FallibleCode argumentCode;
    private final DataErrors errors = new DataErrors();
    private final RowCode copy;
    private final Store arguments;
    private final int inputWidth;
    private final Batch output;
    private final WorkMeter meter;
    /** For each row of the output, the input row that it comes from. */
    private final Entries origins = new Entries();

    private final Entries argumentRows = new Entries();
    private int[] kept = new int[0];

    FlatMap(Plan.FlatMap plan, Operator input, CodeCache cache, WorkMeter meter) {
        List<DataType> types = input.types();
        this.input = input;
        this.function = plan.function();
        this.argumentProgram = RowProgram.over(types, List.of(new Step.Projection(plan.arguments())));
        this.copyProgram =
                RowProgram.copy(types, IntStream.range(0, types.size()).boxed().toList());
        this.argumentCode = new FallibleCode(argumentProgram, cache, errors);
        this.copy = cache.get(copyProgram);
        this.arguments = Store.scratch(argumentProgram.output().orElseThrow());
        this.inputWidth = types.size();
        this.output = new Batch(Store.scratch(plan.types()));
        this.meter = meter;
    }

    @Override
    public List<DataType> types() {
        return output.store().types();
    }

    @Override
    public Batch apply(Batch[] changes) {
        return expand(changes[0], true);
    }

    @Override
    public void enumerate(BatchConsumer consumer) {
        input.enumerate(rows -> {
            Batch expanded = expand(rows, false);
            if (!expanded.isEmpty()) {
                consumer.accept(expanded);
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
        return argumentCode.mayFail() || function.mayFail();
    }

    @Override
    public boolean isAppendOnly() {
        return input.isAppendOnly();
    }

    @Override
    public boolean isTransient() {
        return true;
    }

    @Override
    public void endStep() {
        output.store().clear();
    }

    @Override
    public long memoryBytes() {
        return output.store().memoryBytes();
    }

    @Override
    public List<Template<?>> code() {
        return List.of(argumentProgram, copyProgram);
    }

    /** @param changing whether the errors change by this, too */
    private Batch expand(Batch change, boolean changing) {
        int count = change.size();
        reserve(count);
        argumentRows.size(count);
        arguments.allocate(count, argumentRows.positions());
        int valid = argumentCode.run(
                change.store(),
                change.positions(),
                null,
                null,
                changing ? change.weights() : null,
                count,
                kept,
                arguments,
                argumentRows.positions());
        output.reset(output.store());
        origins.clear();
        for (int i = 0; i < valid; i++) {
            int origin = change.position(kept[i]);
            long weight = change.weight(kept[i]);
            expand(values(argumentRows.positions()[i]), change.store(), origin, weight, changing);
        }
        arguments.clear();
        reserve(origins.size());
        copy.run(
                change.store(),
                origins.positions(),
                null,
                null,
                origins.size(),
                kept,
                output.store(),
                output.positions());
        meter.add(count + output.size());
        return output;
    }

    /** Appends the rows of one row, all or none. */
    private void expand(@Nullable Object[] values, Store rows, int origin, long weight, boolean changing) {
        int before = output.size();
        try {
            function.expand(values, row -> append(row, origin, weight));
        } catch (MillraceException failure) {
            if (!DataErrors.isOne(failure)) {
                throw failure;
            }
            output.size(before);
            origins.size(before);
            if (changing) {
                String call = function.name() + ExpressionText.row(Row.owning(values), arguments.types());
                errors.add(DataError.ofRow(failure, call, rows.row(origin), rows.types()), weight);
            }
        }
    }

    private void append(Row produced, int origin, long weight) {
        int position = output.store().allocate();
        for (int column = 0; column < produced.size(); column++) {
            output.store().set(position, inputWidth + column, produced.get(column));
        }
        output.append(position, weight);
        origins.add(origin, weight);
    }

    private @Nullable Object[] values(int position) {
        @Nullable Object[] values = new Object[arguments.types().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = arguments.get(position, i);
        }
        return values;
    }

    private void reserve(int count) {
        if (kept.length < count) {
            kept = new int[Math.max(count, kept.length * 2)];
        }
    }
}
