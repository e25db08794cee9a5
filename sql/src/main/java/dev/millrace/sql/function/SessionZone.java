package dev.millrace.sql.function;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.Supplier;

/** The time zone in which times with time zone are read, written and cut: a constant of what is compiled while it holds. */
public final class SessionZone {
    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final ScopedValue<ZoneId> CURRENT = ScopedValue.newInstance();

    private SessionZone() {}

    /** That of this thread now; UTC unless {@link #within} says otherwise. */
    public static ZoneId current() {
        return CURRENT.orElse(UTC);
    }

    /** Does this with a zone. */
    public static <T> T within(ZoneId zone, Supplier<T> work) {
        return ScopedValue.where(CURRENT, zone).call(work::get);
    }

    /**
     * The zone of a name.
     *
     * @throws dev.millrace.error.MillraceException with {@code DATA_ERROR} if there is none
     */
    public static ZoneId named(String name) {
        return TimeZones.zone(name);
    }

    /** Whether clocks there show UTC, so that all is as it is without a zone. */
    public static boolean isUtc(ZoneId zone) {
        return zone.normalized().equals(ZoneOffset.UTC);
    }
}
