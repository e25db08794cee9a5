package dev.millrace.dataflow.row;

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
    UUID("uuid");

    private final String sqlName;

    DataType(String sqlName) {
        this.sqlName = sqlName;
    }

    /** Postgres's internal name of the type, as in {@code pg_type.typname}. */
    public String sqlName() {
        return sqlName;
    }

    /** Whether values of this type may be equal to SQL and not identical, as 1.0 and 1.00 are. */
    public boolean hasSeveralForms() {
        return switch (this) {
            case NUMERIC, FLOAT4, FLOAT8 -> true;
            case BOOL, INT2, INT4, INT8, TEXT, CHAR, BYTEA, DATE, TIMESTAMP, TIMESTAMPTZ, UUID -> false;
        };
    }
}
