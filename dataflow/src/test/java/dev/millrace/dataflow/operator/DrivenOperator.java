package dev.millrace.dataflow.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.millrace.dataflow.failure.DataError;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Row;
import dev.millrace.dataflow.store.Batch;
import dev.millrace.dataflow.store.Store;
import dev.millrace.dataflow.zset.ZSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An operator with one input, stepped: what it held before and gives as its change must be what it holds after, and its state must be valid. */
final class DrivenOperator {
    private final Operator operator;
    private final Store rows;
    private ZSet input = new ZSet();
    private ZSet output;

    DrivenOperator(Operator operator, List<DataType> inputTypes) {
        this.operator = operator;
        this.rows = Store.scratch(inputTypes);
        this.output = enumerated();
        operator.validate();
    }

    /** Runs a step with this change, and returns that of the output. */
    ZSet step(ZSet change) {
        rows.clear();
        Batch batch = new Batch(rows);
        for (int i = 0; i < change.size(); i++) {
            batch.append(rows.append(change.row(i)), change.weight(i));
        }
        ZSet difference = operator.apply(new Batch[] {batch}).toZSet();
        operator.endStep();
        operator.validate();
        int entries = difference.size();
        assertEquals(entries, difference.consolidate().size(), "the change is consolidated");
        ZSet expected = new ZSet();
        expected.addAll(output);
        expected.addAll(difference);
        output = enumerated();
        assertSame(expected, output);
        input.addAll(change);
        input = input.consolidate();
        return difference;
    }

    /** One row more. */
    ZSet insert(Row row, long copies) {
        ZSet change = new ZSet();
        change.append(row, copies);
        return step(change);
    }

    /** What is wrong with its input, or null if nothing is. */
    @Nullable
    String failure() {
        return operator.errors().first().map(DataError::message).orElse(null);
    }

    /** What its input holds. */
    ZSet input() {
        return input;
    }

    /** The input, each row as often as it is there. */
    List<Row> inputRows() {
        List<Row> all = new ArrayList<>();
        for (int entry = 0; entry < input.size(); entry++) {
            all.addAll(Collections.nCopies(Math.toIntExact(input.weight(entry)), input.row(entry)));
        }
        return all;
    }

    ZSet output() {
        return output;
    }

    static void assertSame(ZSet expected, ZSet actual) {
        ZSet difference = new ZSet();
        difference.addAll(expected);
        difference.addAll(actual.negate());
        assertEquals(0, difference.consolidate().size(), () -> "expected minus actual: " + difference);
    }

    private ZSet enumerated() {
        ZSet all = new ZSet();
        operator.enumerate(batch -> all.addAll(batch.toZSet()));
        return all.consolidate();
    }
}
