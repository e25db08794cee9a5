package dev.millrace.dataflow.aggregate;

import dev.millrace.dataflow.code.Template;
import dev.millrace.dataflow.index.OrderedCursor;
import dev.millrace.dataflow.row.Bytes;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.store.Batch;
import dev.millrace.dataflow.store.Pages;
import dev.millrace.dataflow.store.Store;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * {@code string_agg}: the values in order, before each but the first its separator; null over no values. O(log n) for a value that comes or goes, and the whole
 * of a group's values once for each change of the group. What they come to is kept until then; a row that shows it shares it.
 */
final class Concatenation implements Accumulator {
    private static final byte[] NOTHING = {};

    private final OrderedValues values;
    private final OrderedCursor cursor;
    private final int separator;
    private final DataType type;
    private final int first;

    /**
     * Of values that are texts or byte strings.
     *
     * @param separator its column beside the values, or -1
     * @param first the column of the result so far, null if it has to be made again
     */
    Concatenation(OrderedValues values, int separator, DataType type, int first) {
        this.values = values;
        this.cursor = values.cursor();
        this.separator = separator;
        this.type = type;
        this.first = first;
    }

    @Override
    public List<DataType> state() {
        return List.of(type);
    }

    @Override
    public void add(Batch change, int[] groupOf, Store state) {
        values.add(change, groupOf, state);
        Object[][] made = state.references(first);
        for (int i = 0; i < change.size(); i++) {
            set(made, state.slot(groupOf[i]), null);
        }
    }

    @Override
    public void results(Store state, int[] groups, int count, Store output, int column, int[] outputs) {
        Object[][] shown = output.references(column);
        for (int i = 0; i < count; i++) {
            set(shown, output.slot(outputs[i]), result(state, groups[i]));
        }
    }

    @Override
    public List<Template<?>> code() {
        return values.code();
    }

    @Override
    public long memoryBytes() {
        return values.memoryBytes();
    }

    @Override
    public void validate(Store state) {
        values.validate(state);
    }

    private @Nullable Object result(Store state, int group) {
        int slot = state.slot(group);
        Object made = state.references(first)[slot >>> Pages.SHIFT][slot & Pages.MASK];
        if (made == null && values.first(slot) >= 0) {
            made = type == DataType.TEXT ? text(slot) : bytes(slot);
            state.touch(group);
            set(state.references(first), slot, made);
        }
        return made;
    }

    private String text(int group) {
        StringBuilder text = new StringBuilder();
        boolean more = false;
        for (boolean found = cursor.seek(group, 0); found; found = cursor.next()) {
            String value = (String) Objects.requireNonNull(value(GroupedValues.VALUE));
            String before = separator < 0 ? null : (String) value(separator);
            for (long copies = values.copies(cursor.position()); copies > 0; copies--) {
                if (more && before != null) {
                    text.append(before);
                }
                text.append(value);
                more = true;
            }
        }
        return text.toString();
    }

    private Bytes bytes(int group) {
        byte[] bytes = new byte[0];
        int size = 0;
        boolean more = false;
        for (boolean found = cursor.seek(group, 0); found; found = cursor.next()) {
            Bytes value = (Bytes) Objects.requireNonNull(value(GroupedValues.VALUE));
            Bytes before = separator < 0 ? null : (Bytes) value(separator);
            for (long copies = values.copies(cursor.position()); copies > 0; copies--) {
                byte[] separating = more && before != null ? before.array() : NOTHING;
                int end = size + separating.length + value.array().length;
                bytes = end <= bytes.length ? bytes : Arrays.copyOf(bytes, Math.max(end, bytes.length * 2));
                System.arraycopy(separating, 0, bytes, size, separating.length);
                System.arraycopy(value.array(), 0, bytes, end - value.array().length, value.array().length);
                size = end;
                more = true;
            }
        }
        return new Bytes(Arrays.copyOf(bytes, size));
    }

    private @Nullable Object value(int column) {
        Store store = values.store();
        int slot = store.slot(cursor.position());
        return store.references(column)[slot >>> Pages.SHIFT][slot & Pages.MASK];
    }

    private static void set(@Nullable Object[][] pages, int slot, @Nullable Object value) {
        pages[slot >>> Pages.SHIFT][slot & Pages.MASK] = value;
    }
}
