package dev.millrace.sql.function;

import dev.millrace.dataflow.expression.OverloadedFunction;
import dev.millrace.dataflow.expression.Overloads;
import dev.millrace.dataflow.row.ColumnType;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Decimal;
import dev.millrace.dataflow.row.DecimalMath;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * A cast: the value of one type that stands for a value of another, or an error if there is none. The methods to a type bear its
 * name; those to numeric and text stand here, since they depend on what is declared.
 */
public record Conversion(DataType from, ColumnType to) implements OverloadedFunction {
    private static final Map<DataType, Overloads> METHODS = methodsByTarget();

    private static Map<DataType, Overloads> methodsByTarget() {
        Map<DataType, Overloads> methods = new EnumMap<>(DataType.class);
        for (DataType target : DataType.values()) {
            if (Arrays.stream(DataType.values()).anyMatch(from -> exists(from, target))) {
                methods.put(target, Overloads.of(target.sqlName(), owner(target)));
            }
        }
        return methods;
    }

    private static Class<?> owner(DataType target) {
        return switch (target) {
            case BOOL -> BoolConversion.class;
            case INT2, INT4, INT8 -> IntegerConversion.class;
            case FLOAT4, FLOAT8 -> FloatConversion.class;
            case DATE, TIMESTAMP, TIMESTAMPTZ -> TimeConversion.class;
            case UUID -> UuidConversion.class;
            default -> Conversion.class;
        };
    }

    public Conversion {
        if (!exists(from, to.type())) {
            throw new IllegalArgumentException("no cast from " + from + " to " + to);
        }
    }

    /** Whether there is such a cast. */
    public static boolean exists(DataType from, DataType to) {
        if (from.isArray() || to.isArray()) {
            return false;
        }
        if (from == to || to == DataType.TEXT || from == DataType.TEXT) {
            return to != DataType.CHAR && to != DataType.BYTEA && !(to == DataType.TEXT && from == DataType.BYTEA);
        }
        return switch (from) {
            case INT2, INT4, INT8, NUMERIC, FLOAT4, FLOAT8 ->
                Arithmetic.supports(to) || (from == DataType.INT4 && to == DataType.BOOL);
            case BOOL -> to == DataType.INT4;
            case DATE, TIMESTAMP, TIMESTAMPTZ ->
                to == DataType.DATE || to == DataType.TIMESTAMP || to == DataType.TIMESTAMPTZ;
            default -> false;
        };
    }

    @Override
    public String name() {
        return "to " + to;
    }

    /** All but those to text, to itself and to a type that holds all values of the other. */
    @Override
    public boolean mayFail() {
        boolean toAny = to.precision() == ColumnType.UNDECLARED;
        return switch (to.type()) {
            case TEXT -> false;
            case NUMERIC -> from == DataType.TEXT || from == DataType.CHAR || !toAny;
            case INT4 -> from != DataType.INT4 && from != DataType.INT2 && from != DataType.BOOL;
            case INT8 -> from != DataType.INT8 && from != DataType.INT4 && from != DataType.INT2;
            case FLOAT8 ->
                switch (from) {
                    case INT2, INT4, INT8, FLOAT4, FLOAT8 -> false;
                    default -> true;
                };
            case BOOL -> from != DataType.BOOL && from != DataType.INT4;
            default -> from != to.type();
        };
    }

    @Override
    public Overloads methods() {
        return Objects.requireNonNull(METHODS.get(to.type()), "no methods to a type that has casts");
    }

    public Decimal numeric(short value) {
        return constrained(Decimal.of(value));
    }

    public Decimal numeric(int value) {
        return constrained(Decimal.of(value));
    }

    public Decimal numeric(long value) {
        return constrained(Decimal.of(value));
    }

    public Decimal numeric(float value) {
        return constrained(NumericForm.of(value));
    }

    public Decimal numeric(double value) {
        return constrained(NumericForm.of(value));
    }

    public Decimal numeric(Decimal value) {
        return constrained(value);
    }

    public Decimal numeric(String value) {
        return constrained(TextForm.parseNumeric(value));
    }

    public String text(boolean value) {
        return truncated(Boolean.toString(value));
    }

    public String text(short value) {
        return truncated(Short.toString(value));
    }

    public String text(int value) {
        return truncated(from == DataType.DATE ? TimeText.formatDate(value) : Integer.toString(value));
    }

    public String text(long value) {
        return truncated(
                from == DataType.INT8
                        ? Long.toString(value)
                        : TimeText.formatTimestamp(value, from == DataType.TIMESTAMPTZ));
    }

    public String text(float value) {
        return truncated(TextForm.format(value));
    }

    public String text(double value) {
        return truncated(TextForm.format(value));
    }

    public String text(Decimal value) {
        return truncated(value.toString());
    }

    public String text(String value) {
        return truncated(value);
    }

    public String text(UUID value) {
        return truncated(value.toString());
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
}
