package dev.millrace.dataflow.plan;

import dev.millrace.dataflow.row.Calendar;
import dev.millrace.dataflow.row.Interval;
import java.util.Optional;

/**
 * Whether the clock, moved by an interval, has come to a moment: {@code now + shift >= moment}.
 *
 * @param moment the column of the moment, of type timestamptz
 * @param shift that of the interval, if there is one
 * @param strict whether the clock has to be past it: {@code now + shift > moment}
 * @param calendar how long the interval's days and months are
 */
public record TimeCondition(int moment, Optional<Integer> shift, boolean strict, Calendar calendar) {
    /** More than intervals of as many months and days, from moments that are not far apart, can differ in length. */
    private static final long SLACK = 6 * Interval.MICROS_PER_DAY;

    /** Whether it is so at a time. */
    public boolean holds(long now, long moment, Interval shift) {
        long moved = calendar.plus(now, shift);
        return strict ? moved > moment : moved >= moment;
    }

    /**
     * The first time after {@code now} at which it is otherwise, or {@link Long#MAX_VALUE} if there is none. Months are not all as long, so what has become true may become false again: {@code now() - '1 month'} is later on
     * the 29th of March at noon than on the 30th in the morning. Then the pieces of time in which the interval is of one length are looked at one by one; there are at most some dozen that matter.
     */
    public long changes(long now, long moment, Interval shift) {
        long moved = calendar.plus(now, shift);
        boolean never = moment == Long.MAX_VALUE
                || moment == Long.MIN_VALUE
                || moved == Long.MAX_VALUE
                || moved == Long.MIN_VALUE;
        if (never) {
            return Long.MAX_VALUE;
        }
        if (calendar.isUniform(shift)) {
            long reached = reached(moment, Math.negateExact(calendar.uniform(shift)));
            return now < reached ? reached : Long.MAX_VALUE;
        }
        boolean before = holds(now, moment, shift);
        long at = now;
        if (!before) {
            long near = Calendar.later(moment, now - moved - SLACK);
            at = Math.max(at, near);
        }
        while (true) {
            if (at != now && holds(at, moment, shift) != before) {
                return at;
            }
            long length = calendar.plus(at, shift) - at;
            if (at + length - SLACK > moment) {
                return Long.MAX_VALUE;
            }
            long end = calendar.nextChange(at, shift);
            long reached = reached(moment, -length);
            if (!before && reached > at && reached < end) {
                return reached;
            }
            at = end;
        }
    }

    private long reached(long moment, long back) {
        long reached = Calendar.later(moment, back);
        return strict ? Calendar.later(reached, 1) : reached;
    }
}
