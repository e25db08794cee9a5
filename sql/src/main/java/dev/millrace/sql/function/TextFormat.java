package dev.millrace.sql.function;

import org.jspecify.annotations.Nullable;

/** {@code format}: a text in which {@code %s}, {@code %I} and {@code %L} stand for arguments as they are, as names and as literals of SQL. */
public final class TextFormat {
    private final String format;
    private final @Nullable String[] arguments;
    private final StringBuilder result = new StringBuilder();
    private int at;
    /** The argument that was read last, from 1. */
    private int last;

    private TextFormat(String format, @Nullable String[] arguments) {
        this.format = format;
        this.arguments = arguments;
    }

    @Sql(
            value = {"format(text) text", "format(text, any...) text"},
            about =
                    "a text with arguments in it: %s as text, %I as a name, %L as a literal; %2$s the second one, %10s in 10 characters",
            example = "format('%s is %L, in %I', 'it', 'O''Reilly', 'Foo')",
            strict = false,
            nullable = true)
    public static @Nullable String format(@Nullable String format, @Nullable String... arguments) {
        return format == null ? null : new TextFormat(format, arguments).formatted();
    }

    private String formatted() {
        while (at < format.length()) {
            char c = format.charAt(at++);
            if (c != '%') {
                result.append(c);
            } else if (peek() == '%') {
                result.append('%');
                at++;
            } else {
                specifier();
            }
        }
        return result.toString();
    }

    private char peek() {
        if (at == format.length()) {
            throw DataErrors.of("unterminated format() type specifier");
        }
        return format.charAt(at);
    }

    private void specifier() {
        int position = -1;
        int width = number();
        if (width >= 0 && peek() == '$') {
            at++;
            position = width;
            width = -1;
        }
        boolean left = false;
        if (width < 0) {
            while (peek() == '-') {
                left = true;
                at++;
            }
            if (peek() == '*') {
                at++;
                width = widthArgument();
                left |= width < 0;
                width = Math.abs(width);
            } else {
                width = number();
            }
        }
        char type = peek();
        at++;
        if (type != 's' && type != 'I' && type != 'L') {
            throw DataErrors.of("unrecognized format() type specifier \"" + type + "\"");
        }
        pad(value(type, argument(position)), width, left);
    }

    /** The number here, or -1. */
    private int number() {
        int start = at;
        while (at < format.length() && format.charAt(at) >= '0' && format.charAt(at) <= '9') {
            at++;
        }
        if (at == start) {
            return -1;
        }
        peek();
        try {
            return Integer.parseInt(format.substring(start, at));
        } catch (NumberFormatException e) {
            throw DataErrors.of("number is out of range");
        }
    }

    private int widthArgument() {
        int position = number();
        if (position >= 0) {
            if (peek() != '$') {
                throw DataErrors.of("width argument position must be ended by \"$\"");
            }
            at++;
        }
        String width = argument(position);
        if (width == null) {
            return 0;
        }
        int number = IntegerConversion.int4(width);
        if (number == Integer.MIN_VALUE) {
            throw DataErrors.of("number is out of range");
        }
        return number;
    }

    private @Nullable String argument(int position) {
        if (position == 0) {
            throw DataErrors.of("format specifies argument 0, but arguments are numbered from 1");
        }
        last = position > 0 ? position : last + 1;
        if (last > arguments.length) {
            throw DataErrors.of("too few arguments for format()");
        }
        return arguments[last - 1];
    }

    private static String value(char type, @Nullable String argument) {
        if (type == 'L') {
            return TextBuilding.quoteNullable(argument);
        }
        if (argument == null && type == 'I') {
            throw DataErrors.of("null values cannot be formatted as an SQL identifier");
        }
        return argument == null ? "" : type == 'I' ? SqlNames.quoted(argument) : argument;
    }

    private void pad(String text, int width, boolean left) {
        String padded = left
                ? TextBuilding.rpad(text, Math.max(width, TextFunctions.length(text)))
                : TextBuilding.lpad(text, Math.max(width, TextFunctions.length(text)));
        result.append(padded);
    }
}
