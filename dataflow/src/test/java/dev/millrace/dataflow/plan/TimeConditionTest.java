package dev.millrace.dataflow.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.millrace.dataflow.row.Calendar;
import dev.millrace.dataflow.row.Interval;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

class TimeConditionTest {
    private static final long MINUTE = 60_000_000L;
    private static final long DAY = Interval.MICROS_PER_DAY;
    private static final Interval MONTH_AGO = new Interval(-1, 0, 0);
    private static final List<Calendar> CALENDARS = List.of(
            Calendar.UTC, new Calendar(ZoneId.of("Europe/Zurich")), new Calendar(ZoneId.of("America/New_York")));

    @Property(tries = 5000, shrinking = ShrinkingMode.OFF)
    void it_holds_as_it_does_until_it_changes(@ForAll long seed) {
        Random random = new Random(seed);
        long now = at("2024-02-20T00:00:00Z") + random.nextInt(500 * 1440) * MINUTE;
        Interval shift = shift(random);
        Calendar calendar = CALENDARS.get(random.nextInt(CALENDARS.size()));
        TimeCondition condition = new TimeCondition(0, Optional.of(1), random.nextBoolean(), calendar);
        long moment = calendar.plus(now, shift) + (random.nextInt(14 * 1440) - 7 * 1440) * MINUTE;
        boolean holds = condition.holds(now, moment, shift);
        long changes = condition.changes(now, moment, shift);
        long end = Math.min(changes, now + 60 * DAY);
        for (long time = now; time < end; time += 29 * MINUTE) {
            assertEquals(holds, condition.holds(time, moment, shift), "at " + time + " of " + now + " to " + changes);
        }
        if (changes != Long.MAX_VALUE) {
            assertEquals(holds, condition.holds(changes - 1, moment, shift));
            assertNotEquals(holds, condition.holds(changes, moment, shift));
        }
    }

    @Example
    void a_month_ago_goes_back() {
        TimeCondition condition = new TimeCondition(0, Optional.of(1), false, Calendar.UTC);
        long moment = at("2025-02-28T11:00:00Z");
        assertEquals(at("2025-03-28T11:00:00Z"), condition.changes(at("2025-03-01T00:00:00Z"), moment, MONTH_AGO));
        assertEquals(at("2025-03-29T00:00:00Z"), condition.changes(at("2025-03-28T11:00:00Z"), moment, MONTH_AGO));
        assertEquals(at("2025-03-29T11:00:00Z"), condition.changes(at("2025-03-29T00:00:00Z"), moment, MONTH_AGO));
        assertEquals(Long.MAX_VALUE, condition.changes(at("2025-03-31T11:00:00Z"), moment, MONTH_AGO));
    }

    @Example
    void what_is_beyond_all_moments_never_changes() {
        TimeCondition condition = new TimeCondition(0, Optional.of(1), false, Calendar.UTC);
        for (Interval shift :
                List.of(Interval.INFINITY, Interval.NEGATIVE_INFINITY, new Interval(Integer.MIN_VALUE, 0, 0))) {
            assertEquals(Long.MAX_VALUE, condition.changes(0, 5, shift));
        }
        assertEquals(Long.MAX_VALUE, condition.changes(0, Long.MAX_VALUE, MONTH_AGO));
        assertEquals(Long.MAX_VALUE, condition.changes(0, Long.MIN_VALUE, MONTH_AGO));
    }

    private static Interval shift(Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> Interval.ZERO;
            case 1 -> new Interval(0, 0, (random.nextInt(2000) - 1000) * MINUTE);
            case 2 -> new Interval(0, random.nextInt(60) - 30, random.nextInt(100) * MINUTE);
            case 3 -> new Interval(random.nextInt(30) - 15, 0, 0);
            default -> new Interval(random.nextInt(5) - 2, random.nextInt(5) - 2, random.nextInt(100) * MINUTE);
        };
    }

    private static long at(String time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(time));
    }
}
