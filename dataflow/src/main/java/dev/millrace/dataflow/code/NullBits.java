package dev.millrace.dataflow.code;

import dev.millrace.dataflow.store.Pages;
import org.jspecify.annotations.Nullable;

/** How generated code asks whether a value of a primitive column is NULL. */
final class NullBits {
    private NullBits() {}

    /** @param nulls of {@link dev.millrace.dataflow.store.Store#nulls} */
    static boolean isNull(long @Nullable [][] nulls, int slot) {
        return nulls != null && ((nulls[slot >>> Pages.SHIFT][(slot & Pages.MASK) >>> 6] >>> slot) & 1) != 0;
    }
}
