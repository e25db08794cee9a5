package dev.millrace.sql.compile;

import dev.millrace.dataflow.row.DataType;
import dev.millrace.sql.function.Functions;

/** Which types rows can be grouped and ordered by: those whose values can be compared. */
final class Orderable {
    private Orderable() {}

    /** @throws dev.millrace.error.MillraceException {@code INVALID_QUERY} if two values of this type cannot be told to be equal */
    static void require(DataType type) {
        if (Functions.comparable(type, type).isEmpty()) {
            throw Refusal.invalid(
                    "could not identify an equality operator for type " + type.sqlName() + "; cast it to jsonb");
        }
    }
}
