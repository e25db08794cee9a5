package dev.millrace.sql.function;

import java.util.UUID;

/** Casts to uuid. */
public final class UuidConversion {
    private UuidConversion() {}

    public static UUID uuid(UUID value) {
        return value;
    }

    public static UUID uuid(String value) {
        return TextForm.parseUuid(value);
    }
}
