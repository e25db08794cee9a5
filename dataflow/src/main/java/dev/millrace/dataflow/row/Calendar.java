package dev.millrace.dataflow.row;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.List;

/**
 * The days and months of a time zone, by Postgres's rules: of an interval the months are added first, on what the zone's clocks show, then the days, then the time. What clocks skip is taken as before
 * the change, what they show twice as after it. A moment is in microseconds since 1970; {@link Long#MAX_VALUE} and {@link Long#MIN_VALUE} are infinity, which is also what is beyond all moments.
 */
public record Calendar(ZoneId zone) {
    public static final Calendar UTC = new Calendar(ZoneOffset.UTC);

    private static final long MICROS_PER_SECOND = 1_000_000;
    /** Beyond this no date is computed: some 200,000 years. */
    private static final long FAR = 200_000L * 366 * Interval.MICROS_PER_DAY;

    /** The moment that is later by an interval. */
    public long plus(long moment, Interval by) {
        if (!by.isFinite()) {
            return by.months() > 0 ? Long.MAX_VALUE : Long.MIN_VALUE;
        }
        if (moment == Long.MAX_VALUE || moment == Long.MIN_VALUE) {
            return moment;
        }
        if (isUniform(by)) {
            return later(moment, uniform(by));
        }
        long months = by.months() == 0 ? moment : moved(moment, by.months(), 0);
        long days = by.days() == 0 ? months : moved(months, 0, by.days());
        return later(days, by.micros());
    }

    /** The moment that is later by so many microseconds. */
    public static long later(long moment, long micros) {
        if (moment == Long.MAX_VALUE || moment == Long.MIN_VALUE) {
            return moment;
        }
        long sum = moment + micros;
        boolean overflow = ((moment ^ sum) & (micros ^ sum)) < 0;
        return overflow ? (micros > 0 ? Long.MAX_VALUE : Long.MIN_VALUE) : sum;
    }

    /** Whether an interval moves all moments alike. */
    public boolean isUniform(Interval by) {
        return !by.isFinite()
                || (by.months() == 0 && (by.days() == 0 || zone.getRules().isFixedOffset()));
    }

    /** By how many microseconds a uniform interval moves a moment. */
    public long uniform(Interval by) {
        return later(by.micros(), by.days() * Interval.MICROS_PER_DAY);
    }

    /** The first moment after this one from which on an interval may move moments by another length than it does until then. */
    public long nextChange(long moment, Interval by) {
        long next = nextTransition(moment);
        long moved = moment;
        if (by.months() != 0) {
            next = Math.min(next, nextMidnight(moment));
            LocalDateTime local = local(moment).plusMonths(by.months());
            next = Math.min(next, later(moment, untilTransition(local)));
            moved = moment(local);
        }
        if (by.days() != 0) {
            next = Math.min(next, later(nextTransition(moved), moment - moved));
            next = Math.min(next, later(moment, untilTransition(local(moved).plusDays(by.days()))));
        }
        return next;
    }

    /** How long it is until clocks that show this time, and are not changed, come to where some begin or end to be skipped or shown twice. */
    private long untilTransition(LocalDateTime local) {
        ZoneRules rules = zone.getRules();
        ZoneOffsetTransition transition =
                rules.nextTransition(local.minusDays(2).toInstant(ZoneOffset.UTC));
        while (transition != null) {
            long next =
                    Math.min(until(local, transition.getDateTimeBefore()), until(local, transition.getDateTimeAfter()));
            if (next != Long.MAX_VALUE) {
                return next;
            }
            transition = rules.nextTransition(transition.getInstant());
        }
        return Long.MAX_VALUE;
    }

    private static long until(LocalDateTime local, LocalDateTime later) {
        long micros = ChronoUnit.MICROS.between(local, later);
        return micros > 0 ? micros : Long.MAX_VALUE;
    }

    private long nextTransition(long moment) {
        ZoneOffsetTransition next =
                Math.abs(moment) > FAR ? null : zone.getRules().nextTransition(instant(moment));
        return next == null ? Long.MAX_VALUE : micros(next.getInstant());
    }

    private long nextMidnight(long moment) {
        return moment(local(moment).toLocalDate().plusDays(1).atStartOfDay());
    }

    private long moved(long moment, int months, int days) {
        if (Math.abs(moment) > FAR) {
            return moment > 0 ? Long.MAX_VALUE : Long.MIN_VALUE;
        }
        LocalDateTime local = local(moment).plusMonths(months).plusDays(days);
        boolean far = Math.abs((long) local.getYear()) > FAR / Interval.MICROS_PER_DAY / 366;
        return far ? (local.getYear() > 0 ? Long.MAX_VALUE : Long.MIN_VALUE) : moment(local);
    }

    private LocalDateTime local(long moment) {
        return LocalDateTime.ofInstant(instant(moment), zone);
    }

    private long moment(LocalDateTime local) {
        ZoneRules rules = zone.getRules();
        List<ZoneOffset> offsets = rules.getValidOffsets(local);
        ZoneOffset offset = offsets.isEmpty() ? rules.getTransition(local).getOffsetBefore() : offsets.getLast();
        return micros(local.toInstant(offset));
    }

    private static Instant instant(long moment) {
        return Instant.ofEpochSecond(
                Math.floorDiv(moment, MICROS_PER_SECOND), Math.floorMod(moment, MICROS_PER_SECOND) * 1000);
    }

    private static long micros(Instant instant) {
        return instant.getEpochSecond() * MICROS_PER_SECOND + instant.getNano() / 1000;
    }
}
