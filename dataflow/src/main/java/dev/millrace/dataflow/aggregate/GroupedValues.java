package dev.millrace.dataflow.aggregate;

import dev.millrace.dataflow.code.CodeCache;
import dev.millrace.dataflow.code.RowCode;
import dev.millrace.dataflow.code.RowProgram;
import dev.millrace.dataflow.code.Template;
import dev.millrace.dataflow.expression.Expression;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.store.Batch;
import dev.millrace.dataflow.store.Pages;
import dev.millrace.dataflow.store.Store;
import java.util.ArrayList;
import java.util.List;

/**
 * A change of values under their groups, as a change of pairs {@code (slot of the group, value)}: what keeps the values of all groups in one store, such as
 * those that are different, works on it. More columns may follow the value.
 */
final class GroupedValues {
    static final int GROUP = 0;
    static final int VALUE = 1;

    private final List<DataType> types;
    private final Present present;
    private final RowProgram pairing;
    private final RowCode pair;
    private final Batch pairs;
    private int[] positions = new int[0];
    private int[] kept = new int[0];

    /**
     * Of values of the rows that an argument takes.
     *
     * @param input the layout of the rows
     * @param columns where the value is, and what else is taken along
     */
    GroupedValues(Argument argument, List<DataType> input, List<Integer> columns, CodeCache cache) {
        List<Expression> taken = new ArrayList<>();
        taken.add(new Expression.Literal(0, DataType.INT4));
        columns.forEach(column -> taken.add(new Expression.Column(column, input.get(column))));
        types = taken.stream().map(Expression::type).toList();
        present = new Present(argument);
        pairing = RowProgram.over(input, List.of(new RowProgram.Step.Projection(taken)));
        pair = cache.get(pairing);
        pairs = new Batch(Store.scratch(types));
    }

    /** The layout of the pairs. */
    List<DataType> types() {
        return types;
    }

    /** For each entry of the last change the slot of its row. */
    int[] slots() {
        return present.slots();
    }

    /** For each entry of the last change its weight. */
    long[] weights() {
        return present.weights();
    }

    Template<?> code() {
        return pairing;
    }

    /** The change as pairs; it holds until the next. */
    Batch of(Batch change, int[] groupOf, Store state) {
        int count = present.select(change, groupOf, state);
        Store rows = change.store();
        Store store = pairs.store();
        store.clear();
        pairs.reset(store);
        pairs.reserve(count);
        if (positions.length < count) {
            positions = new int[Math.max(count, positions.length * 2)];
            kept = new int[positions.length];
        }
        store.allocate(count, pairs.positions());
        for (int i = 0; i < count; i++) {
            positions[i] = rows.position(present.slots()[i]);
        }
        pair.run(rows, positions, null, null, count, kept, store, pairs.positions());
        int[][] groups = store.ints(GROUP);
        for (int i = 0; i < count; i++) {
            int slot = store.slot(pairs.position(i));
            groups[slot >>> Pages.SHIFT][slot & Pages.MASK] = present.groups()[i];
        }
        System.arraycopy(present.weights(), 0, pairs.weights(), 0, count);
        pairs.size(count);
        return pairs;
    }
}
