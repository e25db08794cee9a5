package dev.millrace.dataflow.operator;

import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The time of a circuit, and which of its operators change when it goes on. It goes on between steps alone, and never back, so all that runs in a step runs at one time. O(log n) in the number of
 * operators that wait for a time.
 */
public final class Alarms {
    /** When there is nothing to wait for. */
    public static final long NEVER = Long.MAX_VALUE;

    private final TreeSet<Alarm> set = new TreeSet<>();
    private long now = Long.MIN_VALUE + 1;
    private long made;

    /** One operator's. It rings for who {@linkplain #listen listens}, once its time has come, until it is set to a later one. */
    public final class Alarm implements Comparable<Alarm> {
        private final long number = ++made;
        private long due = NEVER;
        private @Nullable Runnable listener;

        private Alarm() {}

        /** The time of the circuit, in microseconds since 1970. */
        public long now() {
            return now;
        }

        /** From now on it rings when this time has come. */
        public void set(long time) {
            if (time != due) {
                set.remove(this);
                due = time;
                enter();
            }
        }

        /** Who is told that the time has come; nobody any more if null. */
        public void listen(@Nullable Runnable to) {
            set.remove(this);
            listener = to;
            enter();
        }

        private void enter() {
            if (listener != null && due != NEVER) {
                set.add(this);
            }
        }

        @Override
        public int compareTo(Alarm other) {
            return due == other.due ? Long.compare(number, other.number) : Long.compare(due, other.due);
        }

        private void ring() {
            if (listener != null) {
                listener.run();
            }
        }
    }

    /** A new one, which waits for nothing yet. */
    public Alarm create() {
        return new Alarm();
    }

    public long now() {
        return now;
    }

    /** When the next one rings, or {@link #NEVER}. */
    public long next() {
        return set.isEmpty() ? NEVER : set.first().due;
    }

    /** Goes on to a time, if it is later, and rings what is due. */
    public void advance(long time) {
        now = Math.max(now, time);
        if (next() > now) {
            return;
        }
        for (Alarm alarm : set) {
            if (alarm.due > now) {
                break;
            }
            alarm.ring();
        }
    }
}
