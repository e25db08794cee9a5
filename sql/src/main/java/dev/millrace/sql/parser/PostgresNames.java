package dev.millrace.sql.parser;

import java.util.Locale;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlNode;

/** What Postgres calls a type that the text names in the standard's way. */
final class PostgresNames {
    private PostgresNames() {}

    static String of(SqlNode type) {
        String name =
                type instanceof SqlDataTypeSpec spec ? String.join(".", spec.getTypeName().names) : type.toString();
        return ofTag(name);
    }

    /** The same for the type's words, as they stand before a literal. */
    static String ofTag(String words) {
        String name = words.toLowerCase(Locale.ROOT);
        return switch (name) {
            case "boolean" -> "bool";
            case "smallint" -> "int2";
            case "integer" -> "int4";
            case "bigint" -> "int8";
            case "real" -> "float4";
            case "double", "float" -> "float8";
            case "decimal" -> "numeric";
            case "char" -> "bpchar";
            case "timestamp with time zone", "timestamp with local time zone" -> "timestamptz";
            case "timestamp_with_local_time_zone", "timestamp_tz" -> "timestamptz";
            case "time with time zone", "time with local time zone", "time_with_local_time_zone", "time_tz" -> "timetz";
            default -> name;
        };
    }
}
