package dev.millrace.sql.function;

import dev.millrace.dataflow.expression.Function;
import dev.millrace.dataflow.row.Decimal;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Rounding of numeric (half away from zero) and float8 (half to even). */
enum NumberFunctions implements Function {
    CEIL(RoundingMode.CEILING),
    FLOOR(RoundingMode.FLOOR),
    ROUND(RoundingMode.HALF_UP),
    TRUNCATE(RoundingMode.DOWN);

    /** More decimals than a numeric can have, on either side of the point, come to the same. */
    private static final int MIN_DECIMALS = -131_073;

    private static final int MAX_DECIMALS = 16_383;

    private final RoundingMode mode;

    NumberFunctions(RoundingMode mode) {
        this.mode = mode;
    }

    @Override
    public @Nullable Object apply(@Nullable Object[] arguments) {
        int decimals = arguments.length > 1 ? (Integer) arguments[1] : 0;
        return switch (arguments[0]) {
            case Decimal number -> number.isFinite() ? Decimal.of(decimal(number.value(), decimals)) : number;
            case Double number -> floating(number);
            case null, default -> throw new IllegalStateException("no number: " + arguments[0]);
        };
    }

    private BigDecimal decimal(BigDecimal number, int decimals) {
        return number.setScale(Math.clamp(decimals, MIN_DECIMALS, MAX_DECIMALS), mode);
    }

    private double floating(double number) {
        return switch (this) {
            case CEIL -> Math.ceil(number);
            case FLOOR -> Math.floor(number);
            case ROUND -> Math.rint(number);
            case TRUNCATE -> number < 0 ? Math.ceil(number) : Math.floor(number);
        };
    }
}
