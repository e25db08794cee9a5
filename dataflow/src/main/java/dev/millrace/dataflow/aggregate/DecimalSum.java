package dev.millrace.dataflow.aggregate;

import dev.millrace.dataflow.row.Decimal;
import dev.millrace.dataflow.row.DecimalMath;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** {@code sum} and {@code avg} of numerics. The sum's scale is the greatest among the values that are there now. */
final class DecimalSum implements Accumulator {
    private final boolean average;
    private final TreeMap<Integer, Long> countByScale = new TreeMap<>();
    private final SpecialCounts specials = new SpecialCounts();
    private BigDecimal sum = BigDecimal.ZERO;
    private long count;

    DecimalSum(boolean average) {
        this.average = average;
    }

    @Override
    public void add(@Nullable Object value, long weight) {
        if (value == null) {
            return;
        }
        count = Math.addExact(count, weight);
        Decimal decimal = (Decimal) value;
        if (!decimal.isFinite()) {
            specials.add(decimal.doubleValue(), weight);
            return;
        }
        sum = sum.add(decimal.value().multiply(BigDecimal.valueOf(weight)));
        countByScale.merge(decimal.scale(), weight, (before, change) -> before + change == 0 ? null : before + change);
    }

    @Override
    public @Nullable Decimal result() {
        if (count == 0) {
            return null;
        }
        if (specials.any()) {
            return Decimal.special(specials.sum());
        }
        // No value that is there has more digits, so those that are cut off here are zeros.
        BigDecimal total = sum.setScale(countByScale.lastKey(), RoundingMode.UNNECESSARY);
        return Decimal.of(average ? DecimalMath.divide(total, BigDecimal.valueOf(count)) : total);
    }
}
