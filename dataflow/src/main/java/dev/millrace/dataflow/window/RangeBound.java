package dev.millrace.dataflow.window;

import dev.millrace.dataflow.plan.SortKey;
import dev.millrace.dataflow.plan.WindowFrame.Bound;
import dev.millrace.dataflow.plan.WindowFrame.Span;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Decimal;
import dev.millrace.dataflow.store.Pages;
import dev.millrace.dataflow.store.Store;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * A value that is at a distance from a row's key: Postgres's {@code in_range}. What is out of the type's range is as infinite. An infinite key less an infinite distance is
 * nowhere, and every key counts as being just there. NaN is at no distance from other values.
 */
abstract sealed class RangeBound {
    /** No distance: the row's peers. */
    static final RangeBound PEERS = new Peers();

    private static final long MICROS_A_SECOND = 1_000_000;
    private static final long MICROS_A_DAY = 86_400 * MICROS_A_SECOND;
    private static final int NANOS_A_MICRO = 1000;

    private final boolean descending;
    /** Whether the distance is added to the key. */
    final boolean adds;

    RangeBound(boolean descending, boolean following) {
        this.descending = descending;
        this.adds = following != descending;
    }

    /** @throws IllegalArgumentException if a key of this type has no such distances */
    static RangeBound of(Bound.Offset bound, DataType type, SortKey key) {
        boolean following = bound.following();
        return switch (bound.distance()) {
            case Long distance
            when type == DataType.INT2 || type == DataType.INT4 || type == DataType.INT8 ->
                new Integers(type, key.descending(), following, distance);
            case Double distance
            when type == DataType.FLOAT4 || type == DataType.FLOAT8 ->
                new Floats(type, key.descending(), following, distance);
            case Decimal distance when type == DataType.NUMERIC -> new Decimals(key.descending(), following, distance);
            case Span distance
            when type == DataType.DATE || type == DataType.TIMESTAMP || type == DataType.TIMESTAMPTZ ->
                new Times(type, key.descending(), following, distance);
            default -> throw new IllegalArgumentException("no distance " + bound.distance() + " of a " + type);
        };
    }

    final boolean isPeers() {
        return this == PEERS;
    }

    /** Where, in the order, the key of one row is compared with the value that is at the distance from the key of another. Neither key is NULL. */
    final int compare(Store rows, int position, int of, int column) {
        int order = compareAscending(rows, rows.slot(position), rows.slot(of), column);
        return descending ? -order : order;
    }

    abstract int compareAscending(Store rows, int slot, int of, int column);

    private static final class Peers extends RangeBound {
        Peers() {
            super(false, false);
        }

        @Override
        int compareAscending(Store rows, int slot, int of, int column) {
            throw new IllegalStateException("peers have no distance");
        }
    }

    private static final class Integers extends RangeBound {
        private final DataType type;
        private final long distance;

        Integers(DataType type, boolean descending, boolean following, long distance) {
            super(descending, following);
            this.type = type;
            this.distance = distance;
        }

        @Override
        int compareAscending(Store rows, int slot, int of, int column) {
            long key = key(rows, of, column);
            long bound = adds ? key + distance : key - distance;
            if (adds ? bound < key : bound > key) {
                return adds ? -1 : 1;
            }
            return Long.compare(key(rows, slot, column), bound);
        }

        private long key(Store rows, int slot, int column) {
            int page = slot >>> Pages.SHIFT;
            int at = slot & Pages.MASK;
            return type == DataType.INT8
                    ? rows.longs(column)[page][at]
                    : type == DataType.INT4 ? rows.ints(column)[page][at] : rows.shorts(column)[page][at];
        }
    }

    /** What {@link Floats} and {@link Decimals} do with NaN and infinities. */
    private static int compareDoubles(double key, double of, double distance, boolean adds) {
        if (Double.isNaN(key) || Double.isNaN(of)) {
            return Boolean.compare(Double.isNaN(key), Double.isNaN(of));
        }
        double bound = adds ? of + distance : of - distance;
        return Double.isNaN(bound) || key == bound ? 0 : Double.compare(key, bound);
    }

    private static final class Floats extends RangeBound {
        private final DataType type;
        private final double distance;

        Floats(DataType type, boolean descending, boolean following, double distance) {
            super(descending, following);
            this.type = type;
            this.distance = distance;
        }

        @Override
        int compareAscending(Store rows, int slot, int of, int column) {
            return compareDoubles(key(rows, slot, column), key(rows, of, column), distance, adds);
        }

        private double key(Store rows, int slot, int column) {
            int page = slot >>> Pages.SHIFT;
            int at = slot & Pages.MASK;
            return type == DataType.FLOAT8 ? rows.doubles(column)[page][at] : rows.floats(column)[page][at];
        }
    }

    private static final class Decimals extends RangeBound {
        private final Decimal distance;

        Decimals(boolean descending, boolean following, Decimal distance) {
            super(descending, following);
            this.distance = distance;
        }

        @Override
        int compareAscending(Store rows, int slot, int of, int column) {
            Decimal key = key(rows, slot, column);
            Decimal base = key(rows, of, column);
            if (base.isFinite() && distance.isFinite()) {
                Decimal bound = Decimal.of(
                        adds ? base.value().add(distance.value()) : base.value().subtract(distance.value()));
                return key.compareTo(bound);
            }
            return compareDoubles(special(key), special(base), special(distance), adds);
        }

        private static Decimal key(Store rows, int slot, int column) {
            return (Decimal) rows.references(column)[slot >>> Pages.SHIFT][slot & Pages.MASK];
        }

        /** Beside infinities all finite numbers are alike. */
        private static double special(Decimal number) {
            return number.isFinite() ? 0 : number.doubleValue();
        }
    }

    private static final class Times extends RangeBound {
        private final DataType type;
        private final Span distance;

        Times(DataType type, boolean descending, boolean following, Span distance) {
            super(descending, following);
            this.type = type;
            this.distance = distance;
        }

        @Override
        int compareAscending(Store rows, int slot, int of, int column) {
            return Long.compare(key(rows, slot, column), bound(key(rows, of, column)));
        }

        private long key(Store rows, int slot, int column) {
            int page = slot >>> Pages.SHIFT;
            int at = slot & Pages.MASK;
            if (type != DataType.DATE) {
                return rows.longs(column)[page][at];
            }
            int days = rows.ints(column)[page][at];
            return days == Integer.MAX_VALUE
                    ? Long.MAX_VALUE
                    : days == Integer.MIN_VALUE ? Long.MIN_VALUE : days * MICROS_A_DAY;
        }

        /** An infinity stays one. */
        private long bound(long key) {
            if (key == Long.MAX_VALUE || key == Long.MIN_VALUE) {
                return key;
            }
            long moved = distance.months() == 0 ? key : plusMonths(key, adds ? distance.months() : -distance.months());
            long bound = adds ? moved + distance.micros() : moved - distance.micros();
            return adds == bound < moved && bound != moved ? (adds ? Long.MAX_VALUE : Long.MIN_VALUE) : bound;
        }

        private static long plusMonths(long micros, int months) {
            Instant instant = Instant.ofEpochSecond(
                    Math.floorDiv(micros, MICROS_A_SECOND), Math.floorMod(micros, MICROS_A_SECOND) * NANOS_A_MICRO);
            LocalDateTime moved =
                    LocalDateTime.ofInstant(instant, ZoneOffset.UTC).plusMonths(months);
            return ChronoUnit.MICROS.between(Instant.EPOCH, moved.toInstant(ZoneOffset.UTC));
        }
    }
}
