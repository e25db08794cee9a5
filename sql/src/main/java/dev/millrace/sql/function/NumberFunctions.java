package dev.millrace.sql.function;

import dev.millrace.dataflow.expression.OverloadedFunction;
import dev.millrace.dataflow.expression.Overloads;
import dev.millrace.dataflow.row.Decimal;
import java.math.RoundingMode;

/** Rounding of numeric (half away from zero) and float8 (half to even). */
public enum NumberFunctions implements OverloadedFunction {
    CEIL(RoundingMode.CEILING),
    FLOOR(RoundingMode.FLOOR),
    ROUND(RoundingMode.HALF_UP),
    TRUNCATE(RoundingMode.DOWN);

    private static final Overloads METHODS = Overloads.of("rounded", NumberFunctions.class);

    /** More decimals than a numeric can have, on either side of the point, come to the same. */
    private static final int MIN_DECIMALS = -131_073;

    private static final int MAX_DECIMALS = 16_383;

    private final RoundingMode mode;

    NumberFunctions(RoundingMode mode) {
        this.mode = mode;
    }

    @Override
    public Overloads methods() {
        return METHODS;
    }

    public Decimal rounded(Decimal number) {
        return rounded(number, 0);
    }

    public Decimal rounded(Decimal number, int decimals) {
        return number.isFinite()
                ? Decimal.of(number.value().setScale(Math.clamp(decimals, MIN_DECIMALS, MAX_DECIMALS), mode))
                : number;
    }

    public double rounded(double number) {
        return switch (this) {
            case CEIL -> Math.ceil(number);
            case FLOOR -> Math.floor(number);
            case ROUND -> Math.rint(number);
            case TRUNCATE -> number < 0 ? Math.ceil(number) : Math.floor(number);
        };
    }
}
