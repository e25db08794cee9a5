package dev.millrace.sql.function;

/** Casts to bool. */
public final class BoolConversion {
    private BoolConversion() {}

    public static boolean bool(boolean value) {
        return value;
    }

    public static boolean bool(int value) {
        return value != 0;
    }

    public static boolean bool(String value) {
        return TextForm.parseBool(value);
    }
}
