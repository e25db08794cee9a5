package dev.millrace.sql.function;

import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Decimal;
import java.math.BigDecimal;
import java.math.BigInteger;

/** Functions of integers, and what there is for all kinds of numbers alike. */
public final class NumberFunctions {
    private NumberFunctions() {}

    @Sql(
            value = {"abs(int2) int2", "@(int2) int2"},
            about = "without its sign",
            example = "abs((-5)::int2)")
    public static short abs(short value) {
        if (value == Short.MIN_VALUE) {
            throw DataErrors.outOfRange(DataType.INT2);
        }
        return (short) Math.abs(value);
    }

    @Sql(
            value = {"abs(int4) int4", "@(int4) int4"},
            about = "without its sign",
            example = "abs(-5)")
    public static int abs(int value) {
        if (value == Integer.MIN_VALUE) {
            throw DataErrors.outOfRange(DataType.INT4);
        }
        return Math.abs(value);
    }

    @Sql(
            value = {"abs(int8) int8", "@(int8) int8"},
            about = "without its sign",
            example = "abs(-5::int8)")
    public static long abs(long value) {
        if (value == Long.MIN_VALUE) {
            throw DataErrors.outOfRange(DataType.INT8);
        }
        return Math.abs(value);
    }

    @Sql(
            value = "mod(int2, int2) int2",
            about = "the remainder, with the sign of the first",
            example = "mod((-7)::int2, 3::int2)")
    public static short mod(short left, short right) {
        return IntegerArithmetic.remainder(left, right);
    }

    @Sql(value = "mod(int4, int4) int4", about = "the remainder, with the sign of the first", example = "mod(-7, 3)")
    public static int mod(int left, int right) {
        return IntegerArithmetic.remainder(left, right);
    }

    @Sql(
            value = "mod(int8, int8) int8",
            about = "the remainder, with the sign of the first",
            example = "mod(-7::int8, 3::int8)")
    public static long mod(long left, long right) {
        return IntegerArithmetic.remainder(left, right);
    }

    @Sql(value = "gcd(int4, int4) int4", about = "the greatest common divisor", example = "gcd(1071, 462)")
    public static int gcd(int left, int right) {
        long divisor = divisor(left, right);
        if (divisor > Integer.MAX_VALUE) {
            throw DataErrors.outOfRange(DataType.INT4);
        }
        return (int) divisor;
    }

    @Sql(value = "gcd(int8, int8) int8", about = "the greatest common divisor", example = "gcd(1071::int8, 462::int8)")
    public static long gcd(long left, long right) {
        return divisor(left, right);
    }

    private static long divisor(long left, long right) {
        long a = left;
        long b = right;
        while (b != 0) {
            long remainder = b == -1 ? 0 : a % b;
            a = b;
            b = remainder;
        }
        if (a == Long.MIN_VALUE) {
            throw DataErrors.outOfRange(DataType.INT8);
        }
        return Math.abs(a);
    }

    @Sql(value = "lcm(int4, int4) int4", about = "the least common multiple", example = "lcm(4, 6)")
    public static int lcm(int left, int right) {
        if (left == 0 || right == 0) {
            return 0;
        }
        long multiple = Math.abs(left / divisor(left, right) * right);
        if (multiple > Integer.MAX_VALUE) {
            throw DataErrors.outOfRange(DataType.INT4);
        }
        return (int) multiple;
    }

    @Sql(value = "lcm(int8, int8) int8", about = "the least common multiple", example = "lcm(4::int8, 6::int8)")
    public static long lcm(long left, long right) {
        if (left == 0 || right == 0) {
            return 0;
        }
        BigInteger a = BigInteger.valueOf(left);
        BigInteger b = BigInteger.valueOf(right);
        BigInteger multiple = a.divide(a.gcd(b)).multiply(b).abs();
        if (multiple.bitLength() > Long.SIZE - 1) {
            throw DataErrors.outOfRange(DataType.INT8);
        }
        return multiple.longValueExact();
    }

    @Sql(
            value = "to_hex(int4) text",
            about = "in base 16, a negative number as its two's complement",
            example = "to_hex(255)",
            mayFail = false)
    public static String toHex(int value) {
        return Integer.toHexString(value);
    }

    @Sql(
            value = "to_hex(int8) text",
            about = "in base 16, a negative number as its two's complement",
            example = "to_hex(255::int8)",
            mayFail = false)
    public static String toHex(long value) {
        return Long.toHexString(value);
    }

    @Sql(value = "to_oct(int4) text", about = "in base 8", example = "to_oct(255)", mayFail = false)
    public static String toOct(int value) {
        return Integer.toOctalString(value);
    }

    @Sql(value = "to_oct(int8) text", about = "in base 8", example = "to_oct(255::int8)", mayFail = false)
    public static String toOct(long value) {
        return Long.toOctalString(value);
    }

    @Sql(value = "to_bin(int4) text", about = "in base 2", example = "to_bin(10)", mayFail = false)
    public static String toBin(int value) {
        return Integer.toBinaryString(value);
    }

    @Sql(value = "to_bin(int8) text", about = "in base 2", example = "to_bin(10::int8)", mayFail = false)
    public static String toBin(long value) {
        return Long.toBinaryString(value);
    }

    @Sql(
            value = "width_bucket(float8, float8, float8, int4) int4",
            about = "the number of the bucket of a histogram that the first falls in, of so many between two bounds",
            example = "width_bucket(5.35, 0.024, 10.06, 5)")
    public static int widthBucket(double operand, double low, double high, int count) {
        if (Double.isNaN(operand) || Double.isNaN(low) || Double.isNaN(high)) {
            throw DataErrors.of("operand, lower bound, and upper bound cannot be NaN");
        }
        if (Double.isInfinite(low) || Double.isInfinite(high)) {
            throw DataErrors.of("lower and upper bounds must be finite");
        }
        requireBuckets(count, low == high);
        boolean ascending = low < high;
        boolean before = ascending ? operand < low : operand > low;
        boolean behind = ascending ? operand >= high : operand <= high;
        if (before || behind) {
            return before ? 0 : IntegerArithmetic.add(count, 1);
        }
        double width = high - low;
        double share =
                Double.isInfinite(width) ? (operand / 2 - low / 2) / (high / 2 - low / 2) : (operand - low) / width;
        return Math.min((int) (count * share), count - 1) + 1;
    }

    @Sql(
            value = "width_bucket(numeric, numeric, numeric, int4) int4",
            about = "the same of numerics",
            example = "width_bucket(5.35::numeric, 0.024, 10.06, 5)")
    public static int widthBucket(Decimal operand, Decimal low, Decimal high, int count) {
        if (operand.equals(Decimal.NAN) || low.equals(Decimal.NAN) || high.equals(Decimal.NAN)) {
            throw DataErrors.of("operand, lower bound, and upper bound cannot be NaN");
        }
        if (!low.isFinite() || !high.isFinite()) {
            throw DataErrors.of("lower and upper bounds must be finite");
        }
        requireBuckets(count, low.equals(high));
        boolean ascending = low.compareTo(high) < 0;
        int sign = ascending ? 1 : -1;
        if (sign * operand.compareTo(low) < 0) {
            return 0;
        }
        if (sign * operand.compareTo(high) >= 0) {
            return IntegerArithmetic.add(count, 1);
        }
        return operand.value()
                        .subtract(low.value())
                        .multiply(BigDecimal.valueOf(count))
                        .divideToIntegralValue(high.value().subtract(low.value()))
                        .intValue()
                + 1;
    }

    private static void requireBuckets(int count, boolean empty) {
        if (count <= 0) {
            throw DataErrors.of("count must be greater than zero");
        }
        if (empty) {
            throw DataErrors.of("lower bound cannot equal upper bound");
        }
    }
}
