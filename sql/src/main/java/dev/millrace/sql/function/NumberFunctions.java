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
        return number.setScale(decimals, mode);
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
