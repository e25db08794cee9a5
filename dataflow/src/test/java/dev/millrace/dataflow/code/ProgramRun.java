package dev.millrace.dataflow.code;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.dataflow.expression.Expression;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Row;
import dev.millrace.dataflow.row.SampleValues;
import dev.millrace.dataflow.store.Store;
import dev.millrace.error.MillraceException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Runs a program over random rows, generated and interpreted.
 *
 * @param kept the indexes of the rows that were kept
 * @param rows what was projected of them
 * @param error what stopped it, or null
 * @param calls what was computed, in order; of a row alone each once
 */
record ProgramRun(
        List<Integer> kept, List<Row> rows, @Nullable String error, List<String> calls) {
    /** Fails unless both do the same, in the same order, to the same end. */
    static void verify(RowProgram program, RowCode code, Random random) {
        Store left = rows(program.left(), random);
        Store right = rows(program.right().orElse(List.of()), random);
        int count = random.nextInt(50);
        int[] leftPositions = positions(left, count, program.mayMiss(), random);
        int[] rightPositions = positions(right, count, program.mayMiss(), random);
        ProgramRun expected = interpret(program, left, leftPositions, right, rightPositions);
        ProgramRun actual = generated(program, code, left, leftPositions, right, rightPositions);
        assertEquals(expected.error(), actual.error(), program::title);
        for (int i = 0; i < count; i++) {
            // What stands several times in a program may be computed only once.
            int[] ofLeft = {leftPositions[i]};
            int[] ofRight = {rightPositions[i]};
            assertEquals(
                    interpret(program, left, ofLeft, right, ofRight).calls(),
                    generated(program, code, left, ofLeft, right, ofRight).calls(),
                    program::title);
        }
        if (expected.error() == null) {
            assertEquals(expected.kept(), actual.kept(), program::title);
            assertEquals(expected.rows().size(), actual.rows().size());
            for (int i = 0; i < expected.rows().size(); i++) {
                Row row = expected.rows().get(i);
                Row other = actual.rows().get(i);
                assertTrue(Row.identical(row, other), () -> program.title() + ": " + row + " is not " + other);
            }
        }
    }

    private static ProgramRun interpret(
            RowProgram program, Store left, int[] leftPositions, Store right, int[] rightPositions) {
        Probe.CALLS.clear();
        List<Integer> kept = new ArrayList<>();
        List<Row> rows = new ArrayList<>();
        String error = null;
        try {
            for (int i = 0; i < leftPositions.length; i++) {
                Row row = row(left, leftPositions[i]);
                row = interpret(program, program.right().isPresent() ? row.concat(row(right, rightPositions[i])) : row);
                if (row != null) {
                    kept.add(i);
                    if (program.output().isPresent()) {
                        rows.add(row);
                    }
                }
            }
        } catch (MillraceException e) {
            error = e.getMessage();
        }
        return new ProgramRun(kept, rows, error, Probe.CALLS.stream().distinct().toList());
    }

    private static @Nullable Row interpret(RowProgram program, Row input) {
        Row row = input;
        for (RowProgram.Step step : program.steps()) {
            switch (step) {
                case RowProgram.Step.Condition condition -> {
                    if (!condition.expression().isTrue(row)) {
                        return null;
                    }
                }
                case RowProgram.Step.Projection projection -> {
                    @Nullable
                    Object[] values = new Object[projection.expressions().size()];
                    int column = 0;
                    for (Expression expression : projection.expressions()) {
                        values[column++] = expression.evaluate(row);
                    }
                    row = Row.owning(values);
                }
            }
        }
        return row;
    }

    private static ProgramRun generated(
            RowProgram program, RowCode code, Store left, int[] leftPositions, Store right, int[] rightPositions) {
        int count = leftPositions.length;
        int[] kept = new int[count];
        Store output = program.output()
                .map(types -> program.inPlace() ? Store.over(left, types, program.sources()) : new Store(types))
                .orElse(null);
        int[] outputPositions = program.inPlace() ? leftPositions : new int[count];
        if (output != null && program.inPlace()) {
            output.cover(left);
        } else if (output != null) {
            output.allocate(count, outputPositions);
        }
        Probe.CALLS.clear();
        int keptCount = 0;
        String error = null;
        try {
            boolean isPair = program.right().isPresent();
            keptCount = code.run(
                    left,
                    leftPositions,
                    isPair ? right : null,
                    isPair ? rightPositions : null,
                    count,
                    kept,
                    output,
                    output == null ? null : outputPositions);
        } catch (MillraceException e) {
            error = e.getMessage();
        }
        List<Row> rows = new ArrayList<>();
        for (int i = 0; output != null && i < keptCount; i++) {
            rows.add(output.row(outputPositions[program.inPlace() ? kept[i] : i]));
        }
        return new ProgramRun(
                Arrays.stream(kept, 0, keptCount).boxed().toList(),
                rows,
                error,
                Probe.CALLS.stream().distinct().toList());
    }

    private static Row row(Store store, int position) {
        return position == RowCode.MISSING ? Row.nulls(store.types().size()) : store.row(position);
    }

    private static Store rows(List<DataType> layout, Random random) {
        Store rows = new Store(layout);
        for (int i = 0; i < 20; i++) {
            rows.append(SampleValues.row(layout, random));
        }
        return rows;
    }

    private static int[] positions(Store rows, int count, boolean mayMiss, Random random) {
        int[] positions = new int[count];
        for (int i = 0; i < count; i++) {
            positions[i] = mayMiss && random.nextInt(5) == 0 ? RowCode.MISSING : rows.position(random.nextInt(20));
        }
        return positions;
    }
}
