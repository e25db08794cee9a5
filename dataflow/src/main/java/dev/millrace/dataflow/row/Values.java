package dev.millrace.dataflow.row;

import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The order of single values: that of Postgres's btree operator classes, text by the C collation, NULL above everything. */
public final class Values {
    private Values() {}

    /** Compares two values of one type; {@code null} is the greatest. */
    @SuppressWarnings("ReferenceEquality") // a shortcut
    public static int compare(@Nullable Object left, @Nullable Object right) {
        if (left == right) {
            return 0;
        }
        if (left == null) {
            return 1;
        }
        if (right == null) {
            return -1;
        }
        return switch (left) {
            case Long value -> Long.compare(value, (Long) right);
            case Integer value -> Integer.compare(value, (Integer) right);
            case String value -> compareText(value, (String) right);
            case Decimal value -> value.compareTo((Decimal) right);
            case Double value -> compareDoubles(value, (Double) right);
            case Float value -> compareDoubles(value, (Float) right);
            case Short value -> Short.compare(value, (Short) right);
            case Boolean value -> Boolean.compare(value, (Boolean) right);
            case UUID value -> compareUuids(value, (UUID) right);
            case Bytes value -> value.compareTo((Bytes) right);
            case ArrayValue value -> value.compareTo((ArrayValue) right);
            case Interval value -> value.compareTo((Interval) right);
            case TimeTz value -> value.compareTo((TimeTz) right);
            case Jsonb value -> value.compareTo((Jsonb) right);
            case EnumLabel value -> value.compareTo((EnumLabel) right);
            default -> throw new IllegalArgumentException("not a value: " + left.getClass());
        };
    }

    /**
     * The representative of a value among those that SQL's {@code =} holds equal: negative zero becomes zero. (Decimals that
     * differ in scale only are equal as they are.) Keys of groups and joins are made of these.
     */
    public static @Nullable Object canonical(@Nullable Object value) {
        return switch (value) {
            case Double number when number == 0.0 -> 0.0;
            case Float number when number == 0.0f -> 0.0f;
            case null, default -> value;
        };
    }

    /**
     * Whether two values of one type cannot be told apart. Stronger than {@code equals}: decimals must be of one scale too, since a
     * reader sees it.
     */
    public static boolean identical(@Nullable Object left, @Nullable Object right) {
        return Objects.equals(left, right) && compareRepresentations(left, right) == 0;
    }

    /** Orders values that {@link #compare} as 0 by their representation: decimals by scale, negative zero before zero, intervals by their months. */
    public static int compareRepresentations(@Nullable Object left, @Nullable Object right) {
        if (left == null || right == null) {
            return 0;
        }
        return switch (left) {
            case Decimal value -> Integer.compare(value.scale(), ((Decimal) right).scale());
            case Double value -> Double.compare(value, (Double) right);
            case Float value -> Float.compare(value, (Float) right);
            case ArrayValue value -> value.compareRepresentations((ArrayValue) right);
            case Interval value -> value.compareRepresentations((Interval) right);
            case Jsonb value -> value.compareRepresentations((Jsonb) right);
            default -> 0;
        };
    }

    private static int compareDoubles(double left, double right) {
        return left == right ? 0 : Double.compare(left, right);
    }

    /** Code point order, which is the byte order of UTF-8; differs from {@link String#compareTo} for surrogates. */
    public static int compareText(String left, String right) {
        int length = Math.min(left.length(), right.length());
        for (int i = 0; i < length; i++) {
            char a = left.charAt(i);
            char b = right.charAt(i);
            if (a != b) {
                boolean surrogateA = Character.isSurrogate(a);
                return surrogateA == Character.isSurrogate(b) ? Character.compare(a, b) : surrogateA ? 1 : -1;
            }
        }
        return Integer.compare(left.length(), right.length());
    }

    /** The order as 16 unsigned bytes. */
    public static int compareUuids(UUID left, UUID right) {
        int high = Long.compareUnsigned(left.getMostSignificantBits(), right.getMostSignificantBits());
        return high != 0 ? high : Long.compareUnsigned(left.getLeastSignificantBits(), right.getLeastSignificantBits());
    }
}
