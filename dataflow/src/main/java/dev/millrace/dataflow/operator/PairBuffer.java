package dev.millrace.dataflow.operator;

import dev.millrace.dataflow.code.CodeCache;
import dev.millrace.dataflow.code.RowCode;
import dev.millrace.dataflow.code.RowProgram;
import dev.millrace.dataflow.code.Template;
import dev.millrace.dataflow.expression.Expression;
import dev.millrace.dataflow.failure.DataErrors;
import dev.millrace.dataflow.failure.FallibleCode;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.store.Batch;
import dev.millrace.dataflow.store.Store;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Pairs of rows with equal keys on their way through the residual condition to a join's output, many at a time. What a pair does to its rows' {@link MatchCounts} waits with it. A pair that the
 * condition has no value for adds its error, and is no match.
 */
final class PairBuffer {
    private static final int CAPACITY = 2048;

    /** There may be thousands of joins, most of which change by a few rows at a time, if at all. */
    private static final int FIRST_CAPACITY = 16;

    private final JoinSide left;
    private final JoinSide right;
    private final @Nullable FallibleCode residual;
    private final DataErrors errors = new DataErrors();
    private final RowCode write;
    private final @Nullable RowCode writeWithMissing;
    private final boolean shown;
    private final List<Template<?>> code = new ArrayList<>();
    private int[] leftPositions = new int[FIRST_CAPACITY];
    private int[] rightPositions = new int[FIRST_CAPACITY];
    private long[] weights = new long[FIRST_CAPACITY];
    private long[] leftMatches = new long[FIRST_CAPACITY];
    private long[] rightMatches = new long[FIRST_CAPACITY];
    private int[] kept = new int[FIRST_CAPACITY];
    private int[] missing = new int[FIRST_CAPACITY];
    private int[] written = new int[FIRST_CAPACITY];
    private final Batch output;
    private int size;
    private boolean counting = true;
    private boolean writing = true;

    /** @param shown whether pairs are the output */
    PairBuffer(JoinSide left, JoinSide right, Optional<Expression> residual, boolean shown, CodeCache cache) {
        List<DataType> leftTypes = left.rows().types();
        List<DataType> rightTypes = right.rows().types();
        this.left = left;
        this.right = right;
        this.shown = shown;
        this.residual = residual.map(condition -> condition(condition, leftTypes, rightTypes, cache))
                .orElse(null);
        this.write = get(RowProgram.pair(leftTypes, rightTypes, false), cache);
        boolean mayMiss = shown && (left.counts() != null || right.counts() != null);
        this.writeWithMissing = mayMiss ? get(RowProgram.pair(leftTypes, rightTypes, true), cache) : null;
        this.output = new Batch(Store.scratch(
                Stream.concat(leftTypes.stream(), rightTypes.stream()).toList()));
        Arrays.fill(missing, RowCode.MISSING);
    }

    /** What was written since the last {@link #clear}, up to the last {@link #flush}. */
    Batch output() {
        return output;
    }

    void clear() {
        output.store().clear();
        output.reset(output.store());
    }

    /** Drops the pairs that wait too: what is left of an enumeration that ended early. */
    void reset() {
        size = 0;
        counting = true;
        clear();
    }

    /** Whether so much was written that who enumerates takes it. */
    boolean isFull() {
        return output.size() >= CAPACITY;
    }

    /** Whether pairs are written, as they are but while the state is loaded. */
    void write(boolean written) {
        writing = written;
    }

    /**
     * Adds a pair.
     *
     * @param leftMatch the change of the number of matches of the left row
     * @param rightMatch the same of the right row
     */
    void add(int leftPosition, int rightPosition, long weight, long leftMatch, long rightMatch) {
        if (size == CAPACITY) {
            flush();
        } else if (size == leftPositions.length) {
            reserve(4 * size);
        }
        leftPositions[size] = leftPosition;
        rightPositions[size] = rightPosition;
        weights[size] = weight;
        leftMatches[size] = leftMatch;
        rightMatches[size++] = rightMatch;
    }

    /** Makes room for so many pairs, {@link #CAPACITY} at most. */
    private void reserve(int pairs) {
        if (pairs <= leftPositions.length) {
            return;
        }
        int capacity = Math.min(CAPACITY, pairs);
        leftPositions = Arrays.copyOf(leftPositions, capacity);
        rightPositions = Arrays.copyOf(rightPositions, capacity);
        weights = Arrays.copyOf(weights, capacity);
        leftMatches = Arrays.copyOf(leftMatches, capacity);
        rightMatches = Arrays.copyOf(rightMatches, capacity);
        kept = new int[capacity];
        written = new int[capacity];
        missing = new int[capacity];
        Arrays.fill(missing, RowCode.MISSING);
    }

    /** Whether pairs count as matches of their rows, or as errors, as they do but while the output is enumerated. */
    void count(boolean matches) {
        counting = matches;
    }

    DataErrors errors() {
        return errors;
    }

    /** Whether there may be pairs that the condition has no value for. */
    boolean mayFail() {
        return residual != null && residual.mayFail();
    }

    /** Takes all pairs through the condition to the output. */
    void flush() {
        if (size == 0) {
            return;
        }
        if (residual != null) {
            size = residual.run(
                    left.rows(),
                    leftPositions,
                    right.rows(),
                    rightPositions,
                    counting ? weights : null,
                    size,
                    kept,
                    null,
                    null);
            for (int i = 0; i < size; i++) {
                leftPositions[i] = leftPositions[kept[i]];
                rightPositions[i] = rightPositions[kept[i]];
                weights[i] = weights[kept[i]];
                leftMatches[i] = leftMatches[kept[i]];
                rightMatches[i] = rightMatches[kept[i]];
            }
        }
        count(left, leftPositions, leftMatches);
        count(right, rightPositions, rightMatches);
        if (shown && writing) {
            write(write, leftPositions, rightPositions, size, weights);
        }
        size = 0;
    }

    /** Writes rows of one side paired with nulls. */
    void writeUnmatched(JoinSide side, Entries rows) {
        RowCode writer = Objects.requireNonNull(writeWithMissing);
        for (int from = 0; from < rows.size(); from += CAPACITY) {
            int count = Math.min(CAPACITY, rows.size() - from);
            reserve(count);
            int[] positions = Arrays.copyOfRange(rows.positions(), from, from + count);
            long[] changes = Arrays.copyOfRange(rows.weights(), from, from + count);
            boolean isLeft = side.isLeft();
            write(writer, isLeft ? positions : missing, isLeft ? missing : positions, count, changes);
        }
    }

    List<Template<?>> code() {
        return code;
    }

    private void count(JoinSide side, int[] positions, long[] changes) {
        MatchCounts counts = side.counts();
        if (counts == null || !counting) {
            return;
        }
        for (int i = 0; i < size; i++) {
            if (changes[i] != 0) {
                counts.match(side.rows(), positions[i], side.rows().weight(positions[i]), changes[i]);
            }
        }
    }

    private void write(RowCode writer, int[] leftRows, int[] rightRows, int count, long[] pairWeights) {
        Store store = output.store();
        store.allocate(count, written);
        writer.run(left.rows(), leftRows, right.rows(), rightRows, count, kept, store, written);
        int before = output.size();
        output.reserve(before + count);
        System.arraycopy(written, 0, output.positions(), before, count);
        System.arraycopy(pairWeights, 0, output.weights(), before, count);
        output.size(before + count);
    }

    private FallibleCode condition(
            Expression condition, List<DataType> leftTypes, List<DataType> rightTypes, CodeCache cache) {
        RowProgram program = new RowProgram(
                leftTypes, Optional.of(rightTypes), false, List.of(new RowProgram.Step.Condition(condition)));
        code.add(program);
        return new FallibleCode(program, cache, errors);
    }

    private <T> T get(Template<T> template, CodeCache cache) {
        code.add(template);
        return cache.get(template);
    }
}
