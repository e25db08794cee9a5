package dev.millrace.dataflow.aggregate;

import dev.millrace.dataflow.code.RowProgram;
import dev.millrace.dataflow.expression.Expression;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.store.Carrier;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The layout of the stores in which groups are, which is drawn at {@link Groups}. */
final class GroupLayout {
    private GroupLayout() {}

    static List<DataType> of(List<DataType> keys, boolean hasVariants, List<DataType> state) {
        List<DataType> layout = new ArrayList<>(keys);
        layout.add(DataType.INT8);
        if (hasVariants) {
            layout.add(DataType.INT4);
        }
        layout.addAll(state);
        return List.copyOf(layout);
    }

    /** The first column of the state, if these are the keys of rows that are grouped by equality. */
    static int firstState(List<DataType> keys) {
        return of(keys, KeyVariants.exist(keys), List.of()).size();
    }

    /** What writes a new group: the keys of a row, and 0 or null to all other columns. */
    static RowProgram insertion(List<DataType> input, List<Integer> keys, List<DataType> layout) {
        List<Expression> values = new ArrayList<>();
        keys.forEach(key -> values.add(new Expression.Column(key, input.get(key))));
        layout.subList(keys.size(), layout.size())
                .forEach(type -> values.add(new Expression.Literal(zero(type), type)));
        return RowProgram.over(input, List.of(new RowProgram.Step.Projection(values)));
    }

    private static @Nullable Object zero(DataType type) {
        return switch (Carrier.of(type)) {
            case BYTE -> false;
            case SHORT -> (short) 0;
            case INT -> 0;
            case LONG -> 0L;
            case FLOAT -> 0f;
            case DOUBLE -> 0.0;
            case REFERENCE -> null;
        };
    }
}
