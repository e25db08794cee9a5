package dev.millrace.dataflow.aggregate;

import dev.millrace.dataflow.index.OrderedCursor;
import dev.millrace.dataflow.row.ArrayValue;
import dev.millrace.dataflow.row.DataType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code array_agg}: the values, NULLs among them. */
final class ArrayOfValues extends WholeOfValues {
    private final OrderedValues values;
    private final OrderedCursor cursor;
    private final DataType element;

    /** @param first as in {@link WholeOfValues} */
    ArrayOfValues(OrderedValues values, DataType type, int first) {
        super(values, type, first);
        this.values = values;
        this.cursor = values.cursor();
        this.element = type.element();
    }

    @Override
    Object whole(int group) {
        List<@Nullable Object> elements = new ArrayList<>();
        for (boolean found = cursor.seek(group, 0); found; found = cursor.next()) {
            Object value = values.store().get(cursor.position(), GroupedValues.VALUE);
            for (long copies = values.copies(cursor.position()); copies > 0; copies--) {
                elements.add(value);
            }
        }
        return ArrayValue.owning(element, elements.toArray());
    }
}
