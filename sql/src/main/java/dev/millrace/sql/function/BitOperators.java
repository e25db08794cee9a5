package dev.millrace.sql.function;

/** The bits of integers. A shift by a number counts by the bits of that number that make sense for the type, as processors do: those of a smallint as if it were an integer. */
public final class BitOperators {
    private BitOperators() {}

    @Sql(value = "&(int2, int2) int2", about = "the bits of both", example = "6::int2 & 3::int2", mayFail = false)
    public static short and(short left, short right) {
        return (short) (left & right);
    }

    @Sql(value = "&(int4, int4) int4", about = "the bits of both", example = "6 & 3", mayFail = false)
    public static int and(int left, int right) {
        return left & right;
    }

    @Sql(value = "&(int8, int8) int8", about = "the bits of both", example = "6::int8 & 3", mayFail = false)
    public static long and(long left, long right) {
        return left & right;
    }

    @Sql(value = "|(int2, int2) int2", about = "the bits of either", example = "6::int2 | 3::int2", mayFail = false)
    public static short or(short left, short right) {
        return (short) (left | right);
    }

    @Sql(value = "|(int4, int4) int4", about = "the bits of either", example = "6 | 3", mayFail = false)
    public static int or(int left, int right) {
        return left | right;
    }

    @Sql(value = "|(int8, int8) int8", about = "the bits of either", example = "6::int8 | 3", mayFail = false)
    public static long or(long left, long right) {
        return left | right;
    }

    @Sql(value = "#(int2, int2) int2", about = "the bits of one only", example = "6::int2 # 3::int2", mayFail = false)
    public static short xor(short left, short right) {
        return (short) (left ^ right);
    }

    @Sql(value = "#(int4, int4) int4", about = "the bits of one only", example = "6 # 3", mayFail = false)
    public static int xor(int left, int right) {
        return left ^ right;
    }

    @Sql(value = "#(int8, int8) int8", about = "the bits of one only", example = "6::int8 # 3", mayFail = false)
    public static long xor(long left, long right) {
        return left ^ right;
    }

    @Sql(value = "~(int2) int2", about = "the other bits", example = "~ 6::int2", mayFail = false)
    public static short not(short value) {
        return (short) ~value;
    }

    @Sql(value = "~(int4) int4", about = "the other bits", example = "~ 6", mayFail = false)
    public static int not(int value) {
        return ~value;
    }

    @Sql(value = "~(int8) int8", about = "the other bits", example = "~ 6::int8", mayFail = false)
    public static long not(long value) {
        return ~value;
    }

    @Sql(value = "<<(int2, int4) int2", about = "shifted up", example = "6::int2 << 2", mayFail = false)
    public static short shiftLeft(short value, int bits) {
        return (short) (value << bits);
    }

    @Sql(value = "<<(int4, int4) int4", about = "shifted up", example = "6 << 2", mayFail = false)
    public static int shiftLeft(int value, int bits) {
        return value << bits;
    }

    @Sql(value = "<<(int8, int4) int8", about = "shifted up", example = "6::int8 << 2", mayFail = false)
    public static long shiftLeft(long value, int bits) {
        return value << bits;
    }

    @Sql(
            value = ">>(int2, int4) int2",
            about = "shifted down, keeping the sign",
            example = "6::int2 >> 1",
            mayFail = false)
    public static short shiftRight(short value, int bits) {
        return (short) (value >> bits);
    }

    @Sql(value = ">>(int4, int4) int4", about = "shifted down, keeping the sign", example = "-6 >> 1", mayFail = false)
    public static int shiftRight(int value, int bits) {
        return value >> bits;
    }

    @Sql(
            value = ">>(int8, int4) int8",
            about = "shifted down, keeping the sign",
            example = "6::int8 >> 1",
            mayFail = false)
    public static long shiftRight(long value, int bits) {
        return value >> bits;
    }
}
