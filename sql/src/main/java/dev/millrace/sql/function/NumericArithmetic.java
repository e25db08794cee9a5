package dev.millrace.sql.function;

import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Decimal;
import dev.millrace.dataflow.row.DecimalMath;
import dev.millrace.error.MillraceException;

/** Arithmetic of numerics, with the errors of {@link DecimalMath} put in SQL's words. */
public final class NumericArithmetic {
    private NumericArithmetic() {}

    public static Decimal add(Decimal left, Decimal right) {
        try {
            return DecimalMath.add(left, right);
        } catch (ArithmeticException e) {
            throw dataError(e);
        }
    }

    public static Decimal subtract(Decimal left, Decimal right) {
        try {
            return DecimalMath.subtract(left, right);
        } catch (ArithmeticException e) {
            throw dataError(e);
        }
    }

    public static Decimal multiply(Decimal left, Decimal right) {
        try {
            return DecimalMath.multiply(left, right);
        } catch (ArithmeticException e) {
            throw dataError(e);
        }
    }

    public static Decimal divide(Decimal left, Decimal right) {
        try {
            return DecimalMath.divide(left, right);
        } catch (ArithmeticException e) {
            throw dataError(e);
        }
    }

    public static Decimal remainder(Decimal left, Decimal right) {
        try {
            return DecimalMath.remainder(left, right);
        } catch (ArithmeticException e) {
            throw dataError(e);
        }
    }

    public static Decimal negate(Decimal value) {
        return DecimalMath.negate(value);
    }

    private static MillraceException dataError(ArithmeticException e) {
        return "division by zero".equals(e.getMessage())
                ? DataErrors.divisionByZero()
                : DataErrors.outOfRange(DataType.NUMERIC);
    }
}
