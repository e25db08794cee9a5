package dev.millrace.sql.function;

import dev.millrace.dataflow.expression.OverloadedFunction;
import dev.millrace.dataflow.expression.Overloads;
import dev.millrace.dataflow.row.ArrayValue;
import dev.millrace.dataflow.row.Bytes;
import dev.millrace.dataflow.row.ColumnType;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Decimal;
import dev.millrace.dataflow.row.DecimalMath;
import dev.millrace.dataflow.row.EnumLabel;
import dev.millrace.dataflow.row.Interval;
import dev.millrace.dataflow.row.Jsonb;
import dev.millrace.dataflow.row.TimeTz;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A cast: the value of one type that stands for a value of another, or an error if there is none. The methods to a type bear its
 * name; those to numeric and text stand here, since they depend on what is declared.
 */
public record Conversion(DataType from, ColumnType to) implements OverloadedFunction {
    private static final long MAX_OID = 0xFFFF_FFFFL;
    private static final Map<DataType, Overloads> METHODS = methodsByTarget();
    private static final Overloads TO_NUMERIC_OR_NULL = Overloads.of("numericOrNull", Conversion.class);
    private static final Overloads TO_ARRAY = Overloads.of("array", Conversion.class);
    private static final Overloads FROM_OID = Overloads.of("oidAsInt4", Conversion.class);
    private static final Overloads TO_TIMETZ_OR_NULL = Overloads.of("timetzOrNull", Conversion.class);

    private static Map<DataType, Overloads> methodsByTarget() {
        Map<DataType, Overloads> methods = new EnumMap<>(DataType.class);
        for (DataType target : DataType.values()) {
            if (!target.isArray() && Arrays.stream(DataType.values()).anyMatch(from -> exists(from, target))) {
                methods.put(target, Overloads.of(target.sqlName(), owners(target)));
            }
        }
        return methods;
    }

    private static Class<?>[] owners(DataType target) {
        return switch (target) {
            case BOOL -> new Class<?>[] {BoolConversion.class, JsonbScalars.class};
            case INT2, INT4, INT8 -> new Class<?>[] {IntegerConversion.class, JsonbScalars.class};
            case FLOAT4, FLOAT8 -> new Class<?>[] {FloatConversion.class, JsonbScalars.class};
            case DATE, TIMESTAMP, TIMESTAMPTZ -> new Class<?>[] {TimeConversion.class};
            case UUID -> new Class<?>[] {UuidConversion.class};
            default -> new Class<?>[] {Conversion.class};
        };
    }

    public Conversion {
        if (!exists(from, to.type())) {
            throw new IllegalArgumentException("no cast from " + from + " to " + to);
        }
    }

    /** Whether there is such a cast. */
    public static boolean exists(DataType from, DataType to) {
        if (from.isArray() && to.isArray()) {
            DataType element = from.element();
            return element == to.element() ? element != DataType.ENUM : exists(element, to.element());
        }
        if (from.isArray() || to.isArray()) {
            return (from == DataType.TEXT && to != DataType.BYTEA_ARRAY)
                    || (to == DataType.TEXT && from != DataType.BYTEA_ARRAY);
        }
        if (from == DataType.ENUM && to == DataType.ENUM) {
            return false;
        }
        if (from == to || to == DataType.TEXT || from == DataType.TEXT) {
            return to != DataType.CHAR;
        }
        return switch (from) {
            case INT2, INT4, INT8, NUMERIC, FLOAT4, FLOAT8 ->
                Arithmetic.supports(to)
                        || (from == DataType.INT4 && to == DataType.BOOL)
                        || (to == DataType.OID
                                && (from == DataType.INT2 || from == DataType.INT4 || from == DataType.INT8));
            case BOOL -> to == DataType.INT4;
            case DATE -> to == DataType.TIMESTAMP || to == DataType.TIMESTAMPTZ;
            case TIMESTAMP -> to == DataType.DATE || to == DataType.TIMESTAMPTZ || to == DataType.TIME;
            case TIMESTAMPTZ ->
                to == DataType.DATE || to == DataType.TIMESTAMP || to == DataType.TIME || to == DataType.TIMETZ;
            case TIME -> to == DataType.TIMETZ || to == DataType.INTERVAL;
            case TIMETZ, INTERVAL -> to == DataType.TIME;
            case JSON -> to == DataType.JSONB;
            case JSONB -> to == DataType.JSON || to == DataType.BOOL || Arithmetic.supports(to);
            case OID -> to == DataType.INT4 || to == DataType.INT8;
            default -> false;
        };
    }

    /** A value that may become NULL although it is none, and has no box to tell so: jsonb's null as a numeric, the time of infinity. */
    @Override
    public boolean strict() {
        return !(from == DataType.JSONB && to.type() == DataType.NUMERIC)
                && !(from == DataType.TIMESTAMPTZ && to.type() == DataType.TIMETZ);
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
            case BYTEA -> from != DataType.BYTEA;
            case NUMERIC -> from == DataType.TEXT || from == DataType.CHAR || from == DataType.JSONB || !toAny;
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
        if (!strict()) {
            return from == DataType.JSONB ? TO_NUMERIC_OR_NULL : TO_TIMETZ_OR_NULL;
        }
        if (to.type().isArray()) {
            return TO_ARRAY;
        }
        if (from == DataType.OID && to.type() == DataType.INT4) {
            return FROM_OID;
        }
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
                switch (from) {
                    case TIMESTAMP, TIMESTAMPTZ -> TimeText.formatTimestamp(value, from == DataType.TIMESTAMPTZ);
                    case TIME -> TimeText.formatTime(value);
                    default -> Long.toString(value);
                });
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

    public String text(Bytes value) {
        return truncated(value.toString());
    }

    public Bytes bytea(Bytes value) {
        return value;
    }

    public Bytes bytea(String value) {
        return Encodings.input(value);
    }

    public String text(UUID value) {
        return truncated(value.toString());
    }

    public String text(TimeTz value) {
        return truncated(TimeText.formatTime(value.micros()) + TimeText.formatOffset(value.offsetSeconds()));
    }

    public String text(Interval value) {
        return truncated(value.toString());
    }

    public String text(Jsonb value) {
        return truncated(value.toString());
    }

    public String text(ArrayValue value) {
        return truncated(ArrayText.format(value));
    }

    /** Element by element. */
    public ArrayValue array(ArrayValue value) {
        Conversion ofElements = new Conversion(from.element(), to.element());
        @Nullable
        Object[] converted = value.values().stream()
                .map(element -> element == null ? null : ofElements.apply(new @Nullable Object[] {element}))
                .toArray();
        return ArrayValue.owning(to.type().element(), converted);
    }

    public ArrayValue array(String value) {
        return ArrayText.parse(value, to.element());
    }

    public String text(EnumLabel value) {
        return truncated(value.label());
    }

    public EnumLabel anyenum(String value) {
        return to.labels()
                .flatMap(labels -> labels.label(value))
                .orElseThrow(() -> DataErrors.of("invalid input value for enum " + to + ": \"" + value + "\""));
    }

    /** An infinite timestamp has none. */
    public @Nullable Long time(long value) {
        if (from == DataType.TIME) {
            return value;
        }
        return value == Long.MAX_VALUE || value == Long.MIN_VALUE
                ? null
                : Math.floorMod(value, TimeText.MICROS_PER_DAY);
    }

    public @Nullable Long time(TimeTz value) {
        return value.micros();
    }

    public @Nullable Long time(Interval value) {
        if (!value.isFinite()) {
            throw DataErrors.of("cannot convert infinite interval to time");
        }
        return Math.floorMod(value.micros(), TimeText.MICROS_PER_DAY);
    }

    public @Nullable Long time(String value) {
        return ClockText.parseTime(value);
    }

    public TimeTz timetz(long value) {
        return new TimeTz(value, 0);
    }

    public TimeTz timetz(TimeTz value) {
        return value;
    }

    public TimeTz timetz(String value) {
        return ClockText.parseTimeTz(value);
    }

    public @Nullable TimeTz timetzOrNull(@Nullable Long micros) {
        Long time = micros == null ? null : time(micros.longValue());
        return time == null ? null : new TimeTz(time, 0);
    }

    public Interval interval(long time) {
        return new Interval(0, 0, time);
    }

    public Interval interval(Interval value) {
        return value;
    }

    public Interval interval(String value) {
        return IntervalText.parse(value);
    }

    public String json(String value) {
        return from == DataType.JSON ? value : Jsonb.requireJson(value);
    }

    public String json(Jsonb value) {
        return value.toString();
    }

    public Jsonb jsonb(String value) {
        return Jsonb.parse(value);
    }

    public Jsonb jsonb(Jsonb value) {
        return value;
    }

    public @Nullable Decimal numericOrNull(@Nullable Jsonb value) {
        Decimal number = value == null ? null : JsonbScalars.number(value, DataType.NUMERIC);
        return number == null ? null : constrained(number);
    }

    /** Negative int2 and int4 are those of the same bits. */
    public long oid(short value) {
        return Integer.toUnsignedLong(value);
    }

    public long oid(int value) {
        return Integer.toUnsignedLong(value);
    }

    public long oid(long value) {
        if (value < 0 || value > MAX_OID) {
            throw DataErrors.of("OID out of range");
        }
        return value;
    }

    public long oid(String value) {
        return TextForm.parseOid(value) & MAX_OID;
    }

    /** The int4 of the same bits. */
    public int oidAsInt4(long value) {
        return (int) value;
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
