package dev.millrace.sql.function;

import dev.millrace.dataflow.row.Decimal;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Floats as numerics: of so many digits as Postgres writes a float with before it reads it as a numeric. */
final class NumericForm {
    private static final MathContext FLOAT8_DIGITS = new MathContext(15, RoundingMode.HALF_EVEN);
    private static final MathContext FLOAT4_DIGITS = new MathContext(6, RoundingMode.HALF_EVEN);

    private NumericForm() {}

    static Decimal of(double value) {
        return of(value, FLOAT8_DIGITS);
    }

    static Decimal of(float value) {
        return of(value, FLOAT4_DIGITS);
    }

    private static Decimal of(double value, MathContext digits) {
        if (!Double.isFinite(value)) {
            return Decimal.special(value);
        }
        return value == 0
                ? Decimal.ZERO
                : Decimal.of(new BigDecimal(value).round(digits).stripTrailingZeros());
    }
}
