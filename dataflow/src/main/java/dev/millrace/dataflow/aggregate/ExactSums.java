package dev.millrace.dataflow.aggregate;

import dev.millrace.dataflow.row.Decimal;
import dev.millrace.dataflow.store.Pages;
import dev.millrace.dataflow.store.Store;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Sums of any size and scale, one for each group, in a numeric column: what does not fit into {@link Sums128}. Zero is null there. */
final class ExactSums {
    private final @Nullable Object[][] sums;

    ExactSums(Store state, int column) {
        sums = state.references(column);
    }

    /** Adds this many copies of a number. */
    void add(int slot, BigDecimal number, long weight) {
        BigDecimal copies = weight == 1 ? number : number.multiply(BigDecimal.valueOf(weight));
        BigDecimal sum = get(slot).add(copies);
        sums[slot >>> Pages.SHIFT][slot & Pages.MASK] = sum.signum() == 0 ? null : Decimal.of(sum);
    }

    boolean isZero(int slot) {
        return sums[slot >>> Pages.SHIFT][slot & Pages.MASK] == null;
    }

    BigDecimal get(int slot) {
        return sums[slot >>> Pages.SHIFT][slot & Pages.MASK] instanceof Decimal sum ? sum.value() : BigDecimal.ZERO;
    }
}
