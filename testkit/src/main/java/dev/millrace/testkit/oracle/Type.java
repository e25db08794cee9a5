package dev.millrace.testkit.oracle;

import java.util.List;

/** A type of columns and values, with the few values that columns of it have, so that joins match and groups meet. */
enum Type {
    BOOL("bool", 0, "true", "false"),
    INT2("int2", Short.MAX_VALUE, "0", "1", "2", "3", "-4"),
    INT4("int4", Integer.MAX_VALUE, "0", "1", "2", "3", "4", "5", "-6", "12"),
    INT8("int8", Long.MAX_VALUE, "0", "1", "2", "3", "-5", "17"),
    FLOAT4("float4", 1e6, "0", "1.25", "-2.5", "4", "NaN"),
    // Sums of these are exact, whatever their order.
    FLOAT8("float8", 1e12, "0", "-0", "1.25", "-2.5", "3", "1024", "NaN", "Infinity"),
    NUMERIC("numeric(8,2)", 1e30, "0.00", "1.50", "-3.25", "2.00", "100.75", "3.00"),
    TEXT("text", 0, "red", "green", "blue", "", "Blue ", "grün", "a%b_", "12"),
    VARCHAR("varchar(8)", 0, "red", "blue", "x", ""),
    CHAR("char(4)", 0, "ab", "abcd", "", "x"),
    BYTEA("bytea", 0, "\\x", "\\x00ff", "\\x61"),
    DATE("date", 0, "2024-02-29", "1999-12-31", "2024-03-01", "infinity"),
    TIMESTAMP("timestamp", 0, "2024-02-29 12:00:00", "1969-12-31 23:59:59.999999", "2024-02-29 00:00:00"),
    TIMESTAMPTZ("timestamptz", 0, "2024-02-29 12:00:00+00", "2000-01-01 00:00:00+02", "-infinity"),
    UUID("uuid", 0, "00000000-0000-0000-0000-000000000001", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"),
    TIME("time", 0, "00:00:00", "12:30:00", "23:59:59.999999"),
    // Of these and their sums no two are equal that are not the same: 24 hours and a day, 30 days and a month would be.
    INTERVAL("interval", 0, "1 day", "-02:00:00", "1 mon 3 days", "00:00:00", "1 year"),
    JSONB(
            "jsonb",
            0,
            "{\"a\": 1, \"b\": [1, 2]}",
            "{\"a\": \"red\"}",
            "[1, \"a\", null]",
            "{}",
            "{\"a\": {\"b\": true}}"),
    INT4_ARRAY("int4[]", 0, "{}", "{1,2}", "{3}", "{NULL,1}"),
    TEXT_ARRAY("text[]", 0, "{}", "{red,blue}", "{a,NULL}", "{\"\"}"),
    /** Ordered as declared, not by its labels. */
    ENUM("mood", 0, "sad", "ok", "happy"),
    /** Over int4. */
    DOMAIN("small", 0, "0", "1", "3", "-7");

    /** The statements that create the types that are not Postgres's own. */
    static final String DEFINITIONS =
            "CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');\nCREATE DOMAIN small AS int4 CHECK (VALUE < 1000);\n";

    static final String REMOVAL = "DROP DOMAIN small; DROP TYPE mood";

    static final List<Type> NUMBERS = List.of(INT2, INT4, INT8, NUMERIC, FLOAT8, FLOAT4);
    static final List<Type> INTEGERS = List.of(INT2, INT4, INT8);

    private final String declaration;
    private final double greatest;

    @SuppressWarnings("ImmutableEnumChecker") // it is
    private final List<String> samples;

    Type(String declaration, double greatest, String... samples) {
        this.declaration = declaration;
        this.greatest = greatest;
        this.samples = List.of(samples);
    }

    /** As in CREATE TABLE. */
    String declaration() {
        return declaration;
    }

    /** The name without length or precision. */
    String sqlName() {
        int parameters = declaration.indexOf('(');
        return parameters < 0 ? declaration : declaration.substring(0, parameters);
    }

    /** As a part of a name. */
    String identifier() {
        return sqlName().replace("[]", "_array");
    }

    /** What no value may exceed, that sums be exact and nothing overflow; 0 if it is no number. */
    double greatest() {
        return greatest;
    }

    /** As text, without quotes. */
    List<String> samples() {
        return samples;
    }

    boolean isNumber() {
        return greatest > 0;
    }

    boolean isFloat() {
        return this == FLOAT4 || this == FLOAT8;
    }

    /** Whether {@code min} and {@code max} take it, and rows can be told apart by its order. */
    boolean hasExtremes() {
        return switch (this) {
            case BOOL, UUID, BYTEA, VARCHAR, CHAR, JSONB, INT4_ARRAY, TEXT_ARRAY -> false;
            default -> true;
        };
    }

    boolean isText() {
        return this == TEXT || this == VARCHAR;
    }

    /** Whether Millrace knows casts to it; if not, a literal takes its type from what it is compared with. */
    boolean hasCast() {
        return this != CHAR && this != BYTEA && this != ENUM && this != DOMAIN;
    }

    /** A value of the type as an expression. */
    String literal(String value) {
        return switch (this) {
            case INT4, NUMERIC, BOOL -> value;
            default -> "'" + value + (hasCast() ? "'::" + sqlName() : "'");
        };
    }

    /** What can stand wherever a value of this type can. */
    String simplest() {
        return this == BOOL ? "true" : hasCast() ? "NULL::" + sqlName() : "NULL";
    }
}
