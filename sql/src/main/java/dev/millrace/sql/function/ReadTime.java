package dev.millrace.sql.function;

import dev.millrace.error.MillraceException;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Year;
import java.time.temporal.JulianFields;
import java.time.temporal.TemporalAdjusters;

/** The fields of a time that were read, by their names in {@link TimePattern}, 0 if they were not; and the date and time that they mean together. */
final class ReadTime {
    private static final int[] LAST_DAYS = {31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365};

    private final String text;
    int hour;
    boolean twelveHours;
    int afternoon;
    int minute;
    int second;
    int secondOfDay;
    int millis;
    int micros;
    int precision;
    int year;
    int yearDigits;
    int beforeChrist;
    int century;
    int month;
    int week;
    int weekOfMonth;
    int day;
    int dayOfYear;
    /** From Sunday, which is 1. */
    int dayOfWeek;

    int julian;
    /** Whether years and weeks are ISO's. */
    boolean isoWeeks;
    /** 1 for a zone east of UTC, -1 for one west of it, 0 if none was read. */
    int zoneSign;

    int zoneHours;
    int zoneMinutes;
    int abbreviationSeconds;

    private int resultYear;
    private int resultMonth = 1;
    private int resultDay = 1;
    private boolean hasYear;
    private boolean hasMonth;
    private boolean hasDay;

    ReadTime(String text) {
        this.text = text;
    }

    int date() {
        timeOfDay();
        offsetSeconds();
        return (int) epochDay();
    }

    long timestamp() {
        long time = timeOfDay();
        long offset = offsetSeconds();
        long day = epochDay();
        try {
            long result = Math.addExact(
                    Math.multiplyExact(day, TimeText.MICROS_PER_DAY), time - offset * TimeText.MICROS_PER_SECOND);
            if (result < TimeText.MIN_DAY * TimeText.MICROS_PER_DAY) {
                throw DataErrors.of("timestamp out of range");
            }
            return precision == 0 ? result : rounded(result);
        } catch (ArithmeticException e) {
            throw DataErrors.of("timestamp out of range");
        }
    }

    private long rounded(long result) {
        long unit = Math.powExact(10L, 6 - precision);
        return Math.floorDiv(result + unit / 2, unit) * unit;
    }

    private long timeOfDay() {
        int hours = secondOfDay / 3600;
        int minutes = minute != 0 ? minute : secondOfDay / 60 % 60;
        int seconds = second != 0 ? second : secondOfDay % 60;
        hours = hour != 0 ? hour : hours;
        if (twelveHours) {
            if (hours < 1 || hours > 12) {
                throw DataErrors.of("hour \"" + hours + "\" is invalid for the 12-hour clock");
            }
            hours = hours % 12 + (afternoon != 0 ? 12 : 0);
        }
        long fraction = millis * 1000L + micros;
        boolean valid = hours >= 0
                && hours < 24
                && minutes >= 0
                && minutes < 60
                && seconds >= 0
                && seconds < 60
                && fraction >= 0
                && fraction < TimeText.MICROS_PER_SECOND;
        if (!valid) {
            throw outOfRange();
        }
        return ((hours * 60L + minutes) * 60 + seconds) * TimeText.MICROS_PER_SECOND + fraction;
    }

    private long offsetSeconds() {
        if (zoneSign == 0) {
            return abbreviationSeconds;
        }
        if (zoneHours < 0 || zoneHours > 15 || zoneMinutes < 0 || zoneMinutes >= 60) {
            throw DataErrors.of("time zone displacement out of range: \"" + text + "\"");
        }
        return zoneSign * 60L * (zoneHours * 60 + zoneMinutes);
    }

    private long epochDay() {
        try {
            year();
            if (julian != 0) {
                set(LocalDate.EPOCH.with(JulianFields.JULIAN_DAY, julian));
            }
            weeks();
            if (day != 0) {
                resultDay = day;
                hasDay = true;
            }
            if (month != 0) {
                resultMonth = month;
                hasMonth = true;
            }
            if (dayOfYear != 0 && (resultMonth <= 1 || resultDay <= 1)) {
                dayOfYear();
            }
            requireValid();
            long days = LocalDate.of(resultYear, resultMonth, 1).toEpochDay() + resultDay - 1;
            if (days < TimeText.MIN_DAY || days > TimeText.MAX_DAY) {
                throw DataErrors.of("date out of range: \"" + text + "\"");
            }
            return days;
        } catch (DateTimeException | ArithmeticException e) {
            throw outOfRange();
        }
    }

    private void requireValid() {
        boolean valid = (!hasMonth || (resultMonth >= 1 && resultMonth <= 12))
                && (!hasDay || (resultDay >= 1 && resultDay <= 31));
        if (valid && hasYear && hasMonth && hasDay) {
            valid = resultDay <= LocalDate.of(resultYear, resultMonth, 1).lengthOfMonth();
        }
        if (!valid) {
            throw outOfRange();
        }
    }

    private MillraceException outOfRange() {
        return DataErrors.of("date/time field value out of range: \"" + text + "\"");
    }

    /** Two digits are those of the century that was read, which lasts from 1 to 100. */
    private void year() {
        int signed = beforeChrist != 0 ? -century : century;
        if (year != 0 && (century == 0 || yearDigits > 2)) {
            resultYear = beforeChrist != 0 ? -year : year;
            resultYear += resultYear < 0 ? 1 : 0;
        } else if (year != 0) {
            int ofCentury = year % 100;
            if (ofCentury == 0) {
                resultYear = Math.addExact(Math.multiplyExact(signed, 100), signed >= 0 ? 0 : 1);
            } else if (signed >= 0) {
                resultYear = Math.addExact(Math.multiplyExact(signed - 1, 100), ofCentury);
            } else {
                resultYear = Math.addExact(Math.subtractExact(Math.multiplyExact(signed + 1, 100), ofCentury), 1);
            }
        } else if (century != 0) {
            resultYear = Math.addExact(Math.multiplyExact(signed >= 0 ? signed - 1 : signed, 100), 1);
        }
        hasYear = year != 0 || century != 0;
    }

    private void weeks() {
        if (week != 0 && isoWeeks) {
            int ofWeek = dayOfWeek == 0 ? 0 : dayOfWeek > 1 ? dayOfWeek - 2 : 6;
            set(firstMonday().plusDays(7L * (week - 1L) + ofWeek));
        } else if (week != 0) {
            dayOfYear = Math.addExact(Math.multiplyExact(Math.subtractExact(week, 1), 7), 1);
        }
        if (weekOfMonth != 0) {
            day = Math.addExact(Math.multiplyExact(Math.subtractExact(weekOfMonth, 1), 7), 1);
        }
    }

    /** Of the ISO year. */
    private LocalDate firstMonday() {
        return LocalDate.of(resultYear, 1, 4).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    }

    private void dayOfYear() {
        if (resultYear == 0 && beforeChrist == 0) {
            throw DataErrors.of("cannot calculate day of year without year information");
        }
        if (isoWeeks) {
            set(firstMonday().plusDays(dayOfYear - 1L));
            return;
        }
        int leap = Year.isLeap(resultYear) ? 1 : 0;
        int ofMonth = 0;
        while (ofMonth < LAST_DAYS.length && dayOfYear > lastDay(ofMonth, leap)) {
            ofMonth++;
        }
        if (resultMonth <= 1) {
            resultMonth = ofMonth + 1;
        }
        if (resultDay <= 1) {
            resultDay = dayOfYear - (ofMonth == 0 ? 0 : lastDay(ofMonth - 1, leap));
        }
        hasMonth = true;
        hasDay = true;
    }

    private static int lastDay(int month, int leap) {
        return LAST_DAYS[month] + (month > 0 ? leap : 0);
    }

    private void set(LocalDate date) {
        resultYear = date.getYear();
        resultMonth = date.getMonthValue();
        resultDay = date.getDayOfMonth();
        hasYear = true;
        hasMonth = true;
        hasDay = true;
    }
}
