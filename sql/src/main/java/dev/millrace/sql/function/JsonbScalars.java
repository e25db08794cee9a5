package dev.millrace.sql.function;

import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Decimal;
import dev.millrace.dataflow.row.Jsonb;
import org.jspecify.annotations.Nullable;

/** Casts from jsonb to what its scalars are: a bool, or a number of any type. JSON's null is NULL. */
public final class JsonbScalars {
    private JsonbScalars() {}

    public static @Nullable Boolean bool(Jsonb value) {
        return switch (value) {
            case Jsonb.Null ignored -> null;
            case Jsonb.Bool(boolean bool) -> bool;
            default -> throw mismatch(value, "boolean");
        };
    }

    public static @Nullable Short int2(Jsonb value) {
        Decimal number = number(value, DataType.INT2);
        return number == null ? null : IntegerConversion.int2(number);
    }

    public static @Nullable Integer int4(Jsonb value) {
        Decimal number = number(value, DataType.INT4);
        return number == null ? null : IntegerConversion.int4(number);
    }

    public static @Nullable Long int8(Jsonb value) {
        Decimal number = number(value, DataType.INT8);
        return number == null ? null : IntegerConversion.int8(number);
    }

    public static @Nullable Float float4(Jsonb value) {
        Decimal number = number(value, DataType.FLOAT4);
        return number == null ? null : FloatConversion.float4(number);
    }

    public static @Nullable Double float8(Jsonb value) {
        Decimal number = number(value, DataType.FLOAT8);
        return number == null ? null : FloatConversion.float8(number);
    }

    static @Nullable Decimal number(Jsonb value, DataType type) {
        return switch (value) {
            case Jsonb.Null ignored -> null;
            case Jsonb.Numeric(Decimal number) -> number;
            default -> throw mismatch(value, DataErrors.nameOf(type));
        };
    }

    private static RuntimeException mismatch(Jsonb value, String type) {
        String kind = switch (value) {
            case Jsonb.Null ignored -> "null";
            case Jsonb.Text ignored -> "string";
            case Jsonb.Numeric ignored -> "numeric";
            case Jsonb.Bool ignored -> "boolean";
            case Jsonb.Array ignored -> "array";
            case Jsonb.Members ignored -> "object";
        };
        return DataErrors.of("cannot cast jsonb " + kind + " to type " + type);
    }
}
