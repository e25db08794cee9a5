package dev.millrace.sql.function;

import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Decimal;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Numbers, booleans and uuids from text, and floats as text, as Postgres's input and output functions have it. */
final class TextForm {
    private static final Pattern INTEGER = Pattern.compile("[+-]?\\d+");
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
    private static final Pattern OID = Pattern.compile("[+-]?(0[xX][0-9a-fA-F]+|0[0-7]*|[1-9]\\d*)");
    private static final long MAX_OID = 0xFFFF_FFFFL;
    private static final Pattern UUID_TEXT = Pattern.compile("[0-9a-fA-F]{32}");
    private static final List<String> TRUE = List.of("t", "tr", "tru", "true", "y", "ye", "yes", "on", "1");
    private static final List<String> FALSE = List.of("f", "fa", "fal", "fals", "false", "n", "no", "of", "off", "0");
    private static final int MIN_PLAIN_EXPONENT = -4;
    private static final int FLOAT8_PLAIN_DIGITS = 15;
    private static final int FLOAT4_PLAIN_DIGITS = 6;

    private TextForm() {}

    static String format(double value) {
        return format(value, Double.toString(value), FLOAT8_PLAIN_DIGITS);
    }

    static String format(float value) {
        return format(value, Float.toString(value), FLOAT4_PLAIN_DIGITS);
    }

    /** The shortest digits that read back as the same number (Java's own), with an exponent where Postgres has one. */
    private static String format(double value, String shortest, int plainDigits) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "Infinity" : "-Infinity";
        }
        if (value == 0) {
            return 1 / value < 0 ? "-0" : "0";
        }
        BigDecimal digits = shortest(value, new BigDecimal(shortest).stripTrailingZeros(), plainDigits);
        int exponent = digits.precision() - digits.scale() - 1;
        if (exponent >= MIN_PLAIN_EXPONENT && exponent < plainDigits) {
            return digits.toPlainString();
        }
        String mantissa = digits.movePointLeft(exponent).toPlainString();
        return mantissa + String.format(Locale.ROOT, "e%s%02d", exponent < 0 ? "-" : "+", Math.abs(exponent));
    }

    /** Java writes two digits at least, of which the smallest numbers need but one. */
    private static BigDecimal shortest(double value, BigDecimal digits, int plainDigits) {
        BigDecimal single = digits.round(new MathContext(1));
        boolean same = plainDigits == FLOAT4_PLAIN_DIGITS
                ? single.floatValue() == (float) value
                : single.doubleValue() == value;
        return same ? single.stripTrailingZeros() : digits;
    }

    static boolean parseBool(String text) {
        String word = text.strip().toLowerCase(Locale.ROOT);
        if (TRUE.contains(word)) {
            return true;
        }
        if (FALSE.contains(word)) {
            return false;
        }
        throw DataErrors.invalidText(DataType.BOOL, text);
    }

    static BigInteger parseInteger(DataType type, String text) {
        String number = text.strip();
        if (!INTEGER.matcher(number).matches()) {
            throw DataErrors.invalidText(type, text);
        }
        return new BigInteger(number);
    }

    /** As C reads an unsigned number: 0x10 is hexadecimal, 010 octal, and negative numbers are those of the same 32 bits. */
    static long parseOid(String text) {
        String number = text.strip();
        if (!OID.matcher(number).matches()) {
            throw DataErrors.invalidText(DataType.OID, text);
        }
        long value;
        try {
            value = Long.decode(number);
        } catch (NumberFormatException e) {
            value = Long.MAX_VALUE;
        }
        if (value > MAX_OID || value < Integer.MIN_VALUE) {
            throw DataErrors.of("value \"" + text + "\" is out of range for type oid");
        }
        return value;
    }

    static double parseDouble(String text, DataType type) {
        String number = text.strip();
        Double special = special(number);
        if (special != null) {
            return special;
        }
        if (!NUMBER.matcher(number).matches()) {
            throw DataErrors.invalidText(type, text);
        }
        double value = Double.parseDouble(number);
        if (Double.isInfinite(value) || (value == 0 && new BigDecimal(number).signum() != 0)) {
            throw DataErrors.of("\"" + text + "\" is out of range for type double precision");
        }
        return value;
    }

    static Decimal parseNumeric(String text) {
        String number = text.strip();
        Double special = special(number);
        if (special != null) {
            return Decimal.special(special);
        }
        if (!NUMBER.matcher(number).matches()) {
            throw DataErrors.invalidText(DataType.NUMERIC, text);
        }
        return Decimal.of(new BigDecimal(number));
    }

    private static @Nullable Double special(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "nan" -> Double.NaN;
            case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
            case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
            default -> null;
        };
    }

    static UUID parseUuid(String text) {
        String digits = text.strip().replace("-", "").replace("{", "").replace("}", "");
        if (!UUID_TEXT.matcher(digits).matches()) {
            throw DataErrors.invalidText(DataType.UUID, text);
        }
        return new UUID(
                Long.parseUnsignedLong(digits.substring(0, 16), 16), Long.parseUnsignedLong(digits.substring(16), 16));
    }
}
