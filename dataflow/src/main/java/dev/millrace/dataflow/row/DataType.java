package dev.millrace.dataflow.row;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The types of values, each with the one Java class that represents it inside the engine. SQL's NULL is Java's {@code null}.
 * Names and meaning are Postgres's.
 */
public enum DataType {
    /** {@link Boolean}. */
    BOOL("bool"),
    /** {@link Short}. */
    INT2("int2"),
    /** {@link Integer}. */
    INT4("int4"),
    /** {@link Long}. */
    INT8("int8"),
    /** {@link Float}. */
    FLOAT4("float4"),
    /** {@link Double}. */
    FLOAT8("float8"),
    /** {@link Decimal}: an exact number with its scale, or NaN, or an infinity. */
    NUMERIC("numeric"),
    /** {@link String}: text and varchar. */
    TEXT("text"),
    /** {@link String} without trailing blanks: char(n). The blanks are insignificant and put back at the edge. */
    CHAR("bpchar"),
    /** {@link Bytes}. */
    BYTEA("bytea"),
    /** {@link Integer}: days since 1970-01-01; {@link Integer#MAX_VALUE} and {@code MIN_VALUE} are the infinities. */
    DATE("date"),
    /** {@link Long}: microseconds since 1970-01-01 00:00; {@link Long#MAX_VALUE} and {@code MIN_VALUE} are the infinities. */
    TIMESTAMP("timestamp"),
    /** {@link Long}: microseconds since 1970-01-01 00:00 UTC; infinities as for {@link #TIMESTAMP}. */
    TIMESTAMPTZ("timestamptz"),
    /** {@link java.util.UUID}, ordered as 16 unsigned bytes. */
    UUID("uuid"),
    /** {@link Long}: microseconds since midnight, up to 24:00. */
    TIME("time"),
    /** {@link TimeTz}. */
    TIMETZ("timetz"),
    /** {@link Interval}. */
    INTERVAL("interval"),
    /** {@link String} that is JSON, as it was written. Postgres neither compares nor orders it. */
    JSON("json"),
    /** {@link Jsonb}. */
    JSONB("jsonb"),
    /** {@link Long} from 0 to 2³² - 1. */
    OID("oid"),
    /** {@link EnumLabel}, of any enum type; which one it is, a {@link ColumnType} says. */
    ENUM("anyenum"),
    /** {@link ArrayValue}, as all arrays; there is none of {@link #CHAR}. */
    BOOL_ARRAY(BOOL),
    INT2_ARRAY(INT2),
    INT4_ARRAY(INT4),
    INT8_ARRAY(INT8),
    FLOAT4_ARRAY(FLOAT4),
    FLOAT8_ARRAY(FLOAT8),
    NUMERIC_ARRAY(NUMERIC),
    TEXT_ARRAY(TEXT),
    BYTEA_ARRAY(BYTEA),
    DATE_ARRAY(DATE),
    TIMESTAMP_ARRAY(TIMESTAMP),
    TIMESTAMPTZ_ARRAY(TIMESTAMPTZ),
    UUID_ARRAY(UUID),
    TIME_ARRAY(TIME),
    TIMETZ_ARRAY(TIMETZ),
    INTERVAL_ARRAY(INTERVAL),
    JSON_ARRAY(JSON),
    JSONB_ARRAY(JSONB),
    OID_ARRAY(OID),
    ENUM_ARRAY(ENUM);

    private static final Map<DataType, DataType> ARRAYS = Arrays.stream(values())
            .filter(DataType::isArray)
            .collect(Collectors.toUnmodifiableMap(DataType::element, Function.identity()));

    private final String sqlName;
    private final @Nullable DataType element;

    DataType(String sqlName) {
        this.sqlName = sqlName;
        this.element = null;
    }

    DataType(DataType element) {
        this.sqlName = "_" + element.sqlName;
        this.element = element;
    }

    /** Postgres's internal name of the type, as in {@code pg_type.typname}. */
    public String sqlName() {
        return sqlName;
    }

    public boolean isArray() {
        return element != null;
    }

    /**
     * The type of an array's elements.
     *
     * @throws IllegalStateException if this is not an array
     */
    public DataType element() {
        if (element == null) {
            throw new IllegalStateException("not an array: " + this);
        }
        return element;
    }

    /** The arrays of this type; there are none of arrays and of {@link #CHAR}. */
    public Optional<DataType> array() {
        return Optional.ofNullable(ARRAYS.get(this));
    }

    /** Whether values of this type may be equal to SQL and not identical, as 1.0 and 1.00 are. */
    public boolean hasSeveralForms() {
        return switch (this) {
            case NUMERIC, FLOAT4, FLOAT8, INTERVAL, JSONB -> true;
            default -> element != null && element.hasSeveralForms();
        };
    }
}
