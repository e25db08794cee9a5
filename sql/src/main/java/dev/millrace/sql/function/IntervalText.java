package dev.millrace.sql.function;

import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Interval;
import dev.millrace.error.MillraceException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Intervals from text: {@code 1 year 2 mons -3 days 04:05:06.7}, {@code 1-2 3 4:05}, {@code 1.5 hours ago}, ISO 8601's {@code P1Y2M3DT4H5M6S}, and the infinities. As in Postgres, fields are
 * read from the right, so that a unit is known before its number, and what is left over of a unit goes to the smaller ones.
 */
final class IntervalText {
    private static final Pattern FIELD = Pattern.compile(
            "(?<sign>[+-]\\s*)?(?<number>\\d+:[\\d:.]*|\\d+-[\\w-]*|\\d+(\\.\\d*)?|\\.\\d+)|(?<word>[a-z]+)|(?<infinite>[+-]\\s*infinity)");
    private static final Pattern IGNORED = Pattern.compile("[\\s,;@()]*");
    private static final Pattern CLOCK =
            Pattern.compile("(?<hours>\\d+):(?<minutes>\\d+)(:(?<seconds>\\d+))?(?<fraction>\\.\\d*)?");
    private static final Pattern ISO =
            Pattern.compile("P(?<date>([+-]?[\\d.]+[YMWD])*)(T(?<time>([+-]?[\\d.]+[HMS])+))?");
    private static final Pattern ISO_FIELD = Pattern.compile("(?<number>[+-]?(\\d+(\\.\\d*)?|\\.\\d+))(?<unit>[A-Z])");

    private final String text;

    private IntervalText(String text) {
        this.text = text;
    }

    /** @throws MillraceException {@code DATA_ERROR} if it is none */
    static Interval parse(String text) {
        return new IntervalText(text).parse();
    }

    private Interval parse() {
        try {
            Matcher iso = ISO.matcher(text.strip());
            if (text.strip().length() > 1 && iso.matches()) {
                return iso(iso);
            }
            return fields();
        } catch (ArithmeticException e) {
            throw DataErrors.of("interval field value out of range: \"" + text + "\"");
        } catch (NumberFormatException e) {
            throw malformed();
        }
    }

    private Interval iso(Matcher iso) {
        IntervalParts parts = new IntervalParts();
        isoFields(iso.group("date"), false, parts);
        if (iso.group("time") != null) {
            isoFields(iso.group("time"), true, parts);
        }
        return parts.toInterval();
    }

    private void isoFields(String fields, boolean time, IntervalParts parts) {
        Matcher field = ISO_FIELD.matcher(fields);
        int end = 0;
        while (field.find() && field.start() == end) {
            end = field.end();
            IntervalUnit unit = switch (field.group("unit").charAt(0)) {
                case 'Y' -> IntervalUnit.YEAR;
                case 'M' -> time ? IntervalUnit.MINUTE : IntervalUnit.MONTH;
                case 'W' -> IntervalUnit.WEEK;
                case 'D' -> IntervalUnit.DAY;
                case 'H' -> IntervalUnit.HOUR;
                default -> IntervalUnit.SECOND;
            };
            add(field.group("number"), unit, parts);
        }
        if (end != fields.length()) {
            throw malformed();
        }
    }

    private Interval fields() {
        List<String> fields = split();
        if (fields.size() == 1) {
            switch (fields.getFirst().replaceFirst("^([+-])\\s*", "$1")) {
                case "infinity", "+infinity" -> {
                    return Interval.INFINITY;
                }
                case "-infinity" -> {
                    return Interval.NEGATIVE_INFINITY;
                }
                default -> {}
            }
        }
        boolean ago = !fields.isEmpty() && fields.getLast().equals("ago");
        IntervalParts parts = new IntervalParts();
        read(ago ? fields.subList(0, fields.size() - 1) : fields, parts);
        return ago ? parts.negated() : parts.toInterval();
    }

    private List<String> split() {
        String lower = text.toLowerCase(Locale.ROOT);
        List<String> fields = new ArrayList<>();
        Matcher ignored = IGNORED.matcher(lower);
        Matcher field = FIELD.matcher(lower);
        int at = 0;
        while (true) {
            at = ignored.region(at, lower.length()).lookingAt() ? ignored.end() : at;
            if (at == lower.length()) {
                return fields;
            }
            if (!field.region(at, lower.length()).lookingAt()) {
                throw malformed();
            }
            fields.add(field.group());
            at = field.end();
        }
    }

    private void read(List<String> fields, IntervalParts parts) {
        Set<IntervalUnit> seen = EnumSet.noneOf(IntervalUnit.class);
        IntervalUnit unit = IntervalUnit.SECOND;
        boolean pending = false;
        for (String field : fields.reversed()) {
            if (Character.isLetter(field.charAt(0))) {
                if (pending) {
                    throw malformed();
                }
                unit = IntervalUnit.named(field).orElseThrow(this::malformed);
                pending = true;
                continue;
            }
            pending = false;
            Set<IntervalUnit> given;
            if (field.indexOf(':') >= 0) {
                parts.addMicros(clock(field));
                given = IntervalUnit.CLOCK;
                unit = IntervalUnit.DAY;
            } else if (field.indexOf('-', 1) > 0) {
                yearsAndMonths(field, parts);
                given = EnumSet.of(IntervalUnit.MONTH);
                unit = IntervalUnit.MONTH;
            } else {
                add(field.replaceFirst("\\s+", ""), unit, parts);
                boolean fractional = unit == IntervalUnit.SECOND && hasFraction(field);
                given = fractional ? IntervalUnit.SECONDS : EnumSet.of(unit);
                unit = unit == IntervalUnit.HOUR ? IntervalUnit.DAY : unit;
            }
            if (!Collections.disjoint(seen, given)) {
                throw malformed();
            }
            seen.addAll(given);
        }
        if (pending || seen.isEmpty()) {
            throw malformed();
        }
    }

    private static boolean hasFraction(String field) {
        int point = field.indexOf('.');
        return point >= 0 && field.chars().skip(point + 1L).anyMatch(digit -> digit != '0');
    }

    private void yearsAndMonths(String field, IntervalParts parts) {
        boolean negative = field.startsWith("-");
        String[] numbers = field.replaceFirst("^[+-]\\s*", "").split("-", -1);
        if (numbers.length != 2) {
            throw malformed();
        }
        int months = Integer.parseInt(numbers[1]);
        if (months >= IntervalUnit.MONTHS_PER_YEAR) {
            throw new ArithmeticException("more months than a year has");
        }
        long total =
                Math.addExact(Math.multiplyExact(Long.parseLong(numbers[0]), IntervalUnit.MONTHS_PER_YEAR), months);
        parts.addMonths(negative ? -total : total);
    }

    /** Hours, minutes and seconds; minutes and seconds if the seconds of two numbers have a fraction. */
    private long clock(String field) {
        boolean negative = field.startsWith("-");
        Matcher clock = CLOCK.matcher(field.replaceFirst("^[+-]\\s*", ""));
        if (!clock.matches()) {
            throw malformed();
        }
        long first = Long.parseLong(clock.group("hours"));
        long second = Long.parseLong(clock.group("minutes"));
        boolean two = clock.group("seconds") == null;
        boolean shifted = two && clock.group("fraction") != null;
        long hours = shifted ? 0 : first;
        long minutes = shifted ? first : second;
        long seconds = shifted ? second : two ? 0 : Long.parseLong(clock.group("seconds"));
        if (minutes > 59 || seconds > 60) {
            throw new ArithmeticException("no time of day");
        }
        double fraction =
                clock.group("fraction") == null || clock.group("fraction").length() == 1
                        ? 0
                        : Double.parseDouble("0" + clock.group("fraction"));
        long micros = Math.multiplyExact(hours, IntervalUnit.HOUR.micros())
                + minutes * IntervalUnit.MINUTE.micros()
                + seconds * IntervalUnit.SECOND.micros()
                + (long) Math.rint(fraction * IntervalUnit.SECOND.micros());
        return negative ? -micros : micros;
    }

    private static void add(String number, IntervalUnit unit, IntervalParts parts) {
        int point = number.indexOf('.');
        String whole = point < 0 ? number : number.substring(0, point);
        boolean none = whole.isEmpty() || whole.equals("-") || whole.equals("+");
        long value;
        try {
            value = none ? 0 : Long.parseLong(whole);
        } catch (NumberFormatException e) {
            throw new ArithmeticException("more digits than a long has");
        }
        double fraction =
                point < 0 || point == number.length() - 1 ? 0 : Double.parseDouble("0" + number.substring(point));
        parts.add(value, number.startsWith("-") ? -fraction : fraction, unit);
    }

    private MillraceException malformed() {
        return DataErrors.invalidText(DataType.INTERVAL, text);
    }
}
