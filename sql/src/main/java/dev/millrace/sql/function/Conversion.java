package dev.millrace.sql.function;

import dev.millrace.dataflow.expression.Function;
import dev.millrace.dataflow.row.Bytes;
import dev.millrace.dataflow.row.ColumnType;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Decimal;
import dev.millrace.dataflow.row.DecimalMath;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A cast: the value of one type that stands for a value of another, or an error if there is none. */
public record Conversion(DataType from, ColumnType to) implements Function {
    /** Postgres writes a float with so many digits before it reads it as a numeric. */
    private static final MathContext FLOAT8_DIGITS = new MathContext(15, RoundingMode.HALF_EVEN);

    private static final MathContext FLOAT4_DIGITS = new MathContext(6, RoundingMode.HALF_EVEN);

    /** Whether there is such a cast. */
    public static boolean exists(DataType from, DataType to) {
        if (from == to || to == DataType.TEXT || from == DataType.TEXT) {
            return to != DataType.CHAR && to != DataType.BYTEA && !(to == DataType.TEXT && from == DataType.BYTEA);
        }
        return switch (from) {
            case INT2, INT4, INT8, NUMERIC, FLOAT4, FLOAT8 ->
                Arithmetic.supports(to) || (from == DataType.INT4 && to == DataType.BOOL);
            case BOOL -> to == DataType.INT4;
            case DATE, TIMESTAMP, TIMESTAMPTZ ->
                to == DataType.DATE || to == DataType.TIMESTAMP || to == DataType.TIMESTAMPTZ;
            case TEXT, CHAR, BYTEA, UUID -> false;
        };
    }

    @Override
    public String name() {
        return "to " + to;
    }

    @Override
    public @Nullable Object apply(@Nullable Object[] arguments) {
        Object value = Objects.requireNonNull(arguments[0], "a strict function got a null");
        return switch (to.type()) {
            case BOOL -> value instanceof Integer number ? (Object) (number != 0) : TextForm.parseBool((String) value);
            case INT2 -> (short) integer(value, Short.MIN_VALUE, Short.MAX_VALUE);
            case INT4 -> (int) integer(value, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case INT8 -> integer(value, Long.MIN_VALUE, Long.MAX_VALUE);
            case FLOAT4 -> single(value);
            case FLOAT8 -> floating(value);
            case NUMERIC -> constrained(numeric(value));
            case TEXT, CHAR -> truncated(TextForm.format(from, value));
            case DATE -> date(value);
            case TIMESTAMP, TIMESTAMPTZ -> timestamp(value);
            case UUID -> value instanceof UUID ? value : TextForm.parseUuid((String) value);
            case BYTEA -> (Bytes) value;
        };
    }

    private long integer(Object value, long min, long max) {
        BigDecimal exact = switch (value) {
            case String text -> new BigDecimal(TextForm.parseInteger(to.type(), text));
            case Boolean flag -> flag ? BigDecimal.ONE : BigDecimal.ZERO;
            case Decimal number when number.isFinite() -> number.value().setScale(0, RoundingMode.HALF_UP);
            case Double number when Double.isFinite(number) -> new BigDecimal(Math.rint(number));
            case Float number when Float.isFinite(number) -> new BigDecimal(Math.rint(number));
            case Short number -> BigDecimal.valueOf(number);
            case Integer number -> BigDecimal.valueOf(number);
            case Long number -> BigDecimal.valueOf(number);
            default -> throw DataErrors.outOfRange(to.type());
        };
        if (exact.compareTo(BigDecimal.valueOf(min)) < 0 || exact.compareTo(BigDecimal.valueOf(max)) > 0) {
            throw DataErrors.outOfRange(to.type());
        }
        return exact.longValueExact();
    }

    private double floating(Object value) {
        double result = switch (value) {
            case String text -> TextForm.parseDouble(text, DataType.FLOAT8);
            case Decimal number -> number.doubleValue();
            case Number number -> number.doubleValue();
            default -> throw new IllegalStateException("no number: " + value);
        };
        if (Double.isInfinite(result) && value instanceof Decimal number && number.isFinite()) {
            throw DataErrors.of("\"" + number + "\" is out of range for type double precision");
        }
        return result;
    }

    private float single(Object value) {
        double exact = value instanceof String text ? TextForm.parseDouble(text, DataType.FLOAT4) : floating(value);
        float result = value instanceof Decimal number && number.isFinite()
                ? number.value().floatValue()
                : (float) exact;
        if (Float.isInfinite(result) && !Double.isInfinite(exact)) {
            throw DataErrors.outOfRange(DataType.FLOAT4);
        }
        if (result == 0 && exact != 0) {
            throw DataErrors.of("value out of range: underflow");
        }
        return result;
    }

    private static Decimal numeric(Object value) {
        return switch (value) {
            case String text -> TextForm.parseNumeric(text);
            case Decimal number -> number;
            case Double number when !Double.isFinite(number) -> Decimal.special(number);
            case Float number when !Float.isFinite(number) -> Decimal.special(number);
            case Double number -> digits(new BigDecimal(number), FLOAT8_DIGITS);
            case Float number -> digits(new BigDecimal(number), FLOAT4_DIGITS);
            case Number number -> Decimal.of(number.longValue());
            default -> throw new IllegalStateException("no number: " + value);
        };
    }

    private static Decimal digits(BigDecimal exact, MathContext digits) {
        return exact.signum() == 0
                ? Decimal.ZERO
                : Decimal.of(exact.round(digits).stripTrailingZeros());
    }

    private Decimal constrained(Decimal number) {
        if (to.precision() == ColumnType.UNDECLARED || number.equals(Decimal.NAN)) {
            return number;
        }
        Decimal rounded = DecimalMath.round(number, to.scale());
        if (!rounded.isFinite()
                || (rounded.value().precision() - rounded.value().scale() > to.precision() - to.scale()
                        && rounded.value().signum() != 0)) {
            throw DataErrors.of("numeric field overflow");
        }
        return rounded;
    }

    private String truncated(String text) {
        return to.precision() == ColumnType.UNDECLARED || text.codePointCount(0, text.length()) <= to.precision()
                ? text
                : text.substring(0, text.offsetByCodePoints(0, to.precision()));
    }

    private Object date(Object value) {
        if (value instanceof Long micros) {
            boolean infinite = micros == Long.MAX_VALUE || micros == Long.MIN_VALUE;
            return infinite
                    ? (micros > 0 ? Integer.MAX_VALUE : Integer.MIN_VALUE)
                    : (int) Math.floorDiv(micros, TimeText.MICROS_PER_DAY);
        }
        return value instanceof String text ? TimeText.parseDate(text) : (Integer) value;
    }

    private static long midnight(int days) {
        try {
            return Math.multiplyExact(days, TimeText.MICROS_PER_DAY);
        } catch (ArithmeticException e) {
            throw DataErrors.of("date out of range for timestamp");
        }
    }

    private Object timestamp(Object value) {
        if (value instanceof Integer days) {
            boolean infinite = days == Integer.MAX_VALUE || days == Integer.MIN_VALUE;
            return infinite ? (days > 0 ? Long.MAX_VALUE : Long.MIN_VALUE) : midnight(days);
        }
        return value instanceof String text
                ? TimeText.parseTimestamp(text, to.type() == DataType.TIMESTAMPTZ)
                : (Long) value;
    }
}
