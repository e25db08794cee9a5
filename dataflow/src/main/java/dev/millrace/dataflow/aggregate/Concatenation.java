package dev.millrace.dataflow.aggregate;

import dev.millrace.dataflow.index.OrderedCursor;
import dev.millrace.dataflow.row.Bytes;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.store.Pages;
import dev.millrace.dataflow.store.Store;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** {@code string_agg}: the values, before each but the first its separator. */
final class Concatenation extends WholeOfValues {
    private static final byte[] NOTHING = {};

    private final OrderedValues values;
    private final OrderedCursor cursor;
    private final int separator;
    private final DataType type;

    /**
     * Of values that are texts or byte strings.
     *
     * @param separator its column beside the values, or -1
     * @param first as in {@link WholeOfValues}
     */
    Concatenation(OrderedValues values, int separator, DataType type, int first) {
        super(values, type, first);
        this.values = values;
        this.cursor = values.cursor();
        this.separator = separator;
        this.type = type;
    }

    @Override
    Object whole(int group) {
        return type == DataType.TEXT ? text(group) : bytes(group);
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
}
