package dev.millrace.dataflow.failure;

import dev.millrace.dataflow.code.CodeCache;
import dev.millrace.dataflow.code.RowCode;
import dev.millrace.dataflow.code.RowProgram;
import dev.millrace.dataflow.expression.Expression;
import dev.millrace.dataflow.plan.ExpressionText;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Row;
import dev.millrace.dataflow.store.Store;
import dev.millrace.error.MillraceException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A program over rows or pairs of rows that leaves out those that it has no value for. It costs nothing as long as there is none; a batch with one is done over, row by row.
 */
public final class FallibleCode {
    private final RowProgram program;
    private final RowCode code;
    private final boolean mayFail;
    private final DataErrors errors;
    private final int[] left = new int[1];
    private final int[] right = new int[1];
    private final int[] place = new int[1];
    private final int[] kept = new int[1];

    /**
     * The code of a program.
     *
     * @param errors where the errors are added to
     */
    public FallibleCode(RowProgram program, CodeCache cache, DataErrors errors) {
        this.program = program;
        this.code = cache.get(program);
        this.mayFail = program.expressions().anyMatch(Expression::mayFail);
        this.errors = errors;
    }

    /** Whether there may be rows that it has no value for. */
    public boolean mayFail() {
        return mayFail;
    }

    /**
     * Does what {@link RowCode#run} does. The output is a scratch store, and in the positions are those of the rows afterwards; of a program
     * in place they are left as they are.
     *
     * @param weights how often each row or pair is there, for the errors; null if they are only to be left out
     */
    public int run(
            Store leftRows,
            int[] leftPositions,
            @Nullable Store rightRows,
            int @Nullable [] rightPositions,
            long @Nullable [] weights,
            int count,
            int[] keptRows,
            @Nullable Store output,
            int @Nullable [] outputPositions) {
        try {
            return code.run(
                    leftRows, leftPositions, rightRows, rightPositions, count, keptRows, output, outputPositions);
        } catch (MillraceException failure) {
            require(failure);
            if (!mayFail) {
                // Its errors were not looked for when the rows came: none may be left out unseen.
                throw new IllegalStateException("a function that cannot fail has: " + program.title(), failure);
            }
        }
        boolean allocates = output != null && !program.inPlace();
        if (allocates && output != null && outputPositions != null) {
            // Some may have been written to in part.
            output.allocate(count, outputPositions);
        }
        int size = 0;
        for (int i = 0; i < count; i++) {
            left[0] = leftPositions[i];
            right[0] = rightPositions == null ? 0 : rightPositions[i];
            place[0] = output == null || outputPositions == null ? 0 : outputPositions[allocates ? size : i];
            try {
                if (code.run(leftRows, left, rightRows, right, 1, kept, output, place) > 0) {
                    keptRows[size++] = i;
                }
            } catch (MillraceException failure) {
                require(failure);
                if (allocates && output != null && outputPositions != null) {
                    outputPositions[size] = output.allocate();
                }
                if (weights != null) {
                    Row row = leftRows.row(left[0]);
                    errors.add(
                            error(failure, rightRows == null ? row : row.concat(rightRows.row(right[0]))), weights[i]);
                }
            }
        }
        return size;
    }

    private DataError error(MillraceException failure, Row row) {
        return DataError.ofRow(failure, culprit(row), row, program.inputTypes());
    }

    private static void require(MillraceException failure) {
        if (!DataErrors.isOne(failure)) {
            throw failure;
        }
    }

    /** The first expression that has no value for a row. */
    private String culprit(Row input) {
        Row row = input;
        List<DataType> types = program.inputTypes();
        for (RowProgram.Step step : program.steps()) {
            List<Expression> expressions = step.expressions();
            @Nullable Object[] values = new Object[expressions.size()];
            for (int i = 0; i < values.length; i++) {
                Optional<Expression> culprit = Optional.empty();
                try {
                    values[i] = expressions.get(i).evaluate(row);
                } catch (MillraceException failure) {
                    culprit = Optional.of(innermost(expressions.get(i), row));
                }
                if (culprit.isPresent()) {
                    return ExpressionText.of(culprit.get(), ExpressionText.values(row, types));
                }
            }
            if (step instanceof RowProgram.Step.Projection) {
                row = Row.owning(values);
                types = expressions.stream().map(Expression::type).toList();
            }
        }
        return "";
    }

    /** The operand, of those that are evaluated in any case, that already has no value. */
    private static Expression innermost(Expression failing, Row row) {
        if (failing instanceof Expression.Call call) {
            for (Expression operand : call.operands()) {
                try {
                    operand.evaluate(row);
                } catch (MillraceException failure) {
                    return innermost(operand, row);
                }
            }
        }
        return failing;
    }
}
