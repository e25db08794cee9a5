package dev.millrace.dataflow.circuit;

import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.plan.SortKey;
import dev.millrace.dataflow.plan.WindowCall;
import dev.millrace.dataflow.plan.WindowFrame;
import dev.millrace.dataflow.plan.WindowFrame.Bound;
import dev.millrace.dataflow.plan.WindowFrame.Unit;
import dev.millrace.dataflow.row.Decimal;
import dev.millrace.dataflow.row.Row;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Computes window functions over one partition: for each row it looks at all others. */
final class ReferenceWindow {
    private final Plan.Window plan;
    private final List<Row> rows;
    private final Comparator<Row> keys;
    /** Of each row the number of its group of peers. */
    private final int[] groups;

    ReferenceWindow(Plan.Window plan, List<Row> partition) {
        this.plan = plan;
        this.keys = SortKey.comparator(plan.order());
        this.rows = partition.stream()
                .sorted(keys.thenComparing(Row::compareExactly))
                .toList();
        this.groups = new int[rows.size()];
        for (int i = 1; i < groups.length; i++) {
            groups[i] = groups[i - 1] + (keys.compare(rows.get(i - 1), rows.get(i)) == 0 ? 0 : 1);
        }
    }

    List<Row> rows() {
        List<Row> result = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            int rank = i;
            result.add(rows.get(i)
                    .concat(Row.owning(
                            plan.calls().stream().map(call -> value(call, rank)).toArray())));
        }
        return result;
    }

    private @Nullable Object value(WindowCall call, int rank) {
        return switch (call) {
            case WindowCall.Ranking ranking -> ranking(ranking.kind(), rank);
            case WindowCall.Tile tile -> tile(tile.parts(), rank);
            case WindowCall.Shifted shifted -> {
                long other = rank + shifted.distance();
                yield other >= 0 && other < rows.size()
                        ? rows.get((int) other).get(shifted.column())
                        : shifted.otherwise().map(rows.get(rank)::get).orElse(null);
            }
            case WindowCall.FrameValue value -> {
                List<Row> frame = frame(value.frame(), rank);
                long wanted = value.last() ? frame.size() - 1 : value.nth() - 1;
                yield wanted >= 0 && wanted < frame.size()
                        ? frame.get((int) wanted).get(value.column())
                        : null;
            }
            case WindowCall.FrameAggregate over ->
                ReferenceAggregate.compute(over.call(), plan.input().types(), frame(over.frame(), rank));
        };
    }

    private Object ranking(WindowCall.Ranking.Kind kind, int rank) {
        long before =
                IntStream.range(0, rank).filter(i -> groups[i] < groups[rank]).count();
        long withPeers = IntStream.range(0, groups.length)
                .filter(i -> groups[i] <= groups[rank])
                .count();
        return switch (kind) {
            case ROW_NUMBER -> rank + 1L;
            case RANK -> before + 1;
            case DENSE_RANK -> groups[rank] + 1L;
            case PERCENT_RANK -> rows.size() == 1 ? 0.0 : (double) before / (rows.size() - 1);
            case CUME_DIST -> (double) withPeers / rows.size();
        };
    }

    private int tile(int parts, int rank) {
        int seen = 0;
        for (int part = 0; part < parts; part++) {
            seen += rows.size() / parts + (part < rows.size() % parts ? 1 : 0);
            if (rank < seen) {
                return part + 1;
            }
        }
        throw new AssertionError("a row in no part");
    }

    private List<Row> frame(WindowFrame frame, int rank) {
        return IntStream.range(0, rows.size())
                .filter(other -> distance(frame.start(), frame.unit(), other, rank) >= 0)
                .filter(other -> distance(frame.end(), frame.unit(), other, rank) <= 0)
                .mapToObj(rows::get)
                .toList();
    }

    /** Whether a row is before (negative), at (0) or behind a bound of another one's frame. */
    private int distance(Bound bound, Unit unit, int other, int rank) {
        return switch (bound) {
            case Bound.Unbounded ignored -> 0;
            case Bound.Current ignored -> Integer.compare(place(unit, other), place(unit, rank));
            case Bound.Offset(boolean following, Long distance)
            when unit != Unit.RANGE ->
                Long.compare(place(unit, other), place(unit, rank) + (following ? distance : -distance));
            case Bound.Offset(boolean following, Object distance) -> {
                SortKey key = plan.order().getFirst();
                Object value = rows.get(other).get(key.column());
                Object of = rows.get(rank).get(key.column());
                if (value == null || of == null) {
                    yield keys.compare(rows.get(other), rows.get(rank));
                }
                int ascending = compare(value, of, distance, following != key.descending());
                yield key.descending() ? -ascending : ascending;
            }
        };
    }

    private int place(Unit unit, int rank) {
        return unit == Unit.ROWS ? rank : groups[rank];
    }

    /** Compares a value with the sum, or difference, of another and a distance. */
    private static int compare(Object value, Object of, Object distance, boolean adds) {
        if (!isFinite(value) || !isFinite(of) || !isFinite(distance)) {
            return compareSpecials(special(value), special(of), special(distance), adds);
        }
        if (distance instanceof Double added) {
            double sum = ((Number) of).doubleValue() + (adds ? added : -added);
            double number = ((Number) value).doubleValue();
            return number == sum ? 0 : Double.compare(number, sum);
        }
        BigDecimal bound =
                adds ? decimal(of).add(decimal(distance)) : decimal(of).subtract(decimal(distance));
        return decimal(value).compareTo(bound);
    }

    private static int compareSpecials(double value, double of, double distance, boolean adds) {
        if (Double.isNaN(value) || Double.isNaN(of)) {
            return Boolean.compare(Double.isNaN(value), Double.isNaN(of));
        }
        double bound = adds ? of + distance : of - distance;
        return Double.isNaN(bound) ? 0 : Double.compare(value, bound);
    }

    private static double special(Object value) {
        return isFinite(value) ? 0.0 : value instanceof Decimal number ? number.doubleValue() : (Double) value;
    }

    private static boolean isFinite(Object value) {
        return switch (value) {
            case Double number -> Double.isFinite(number);
            case Decimal number -> number.isFinite();
            default -> true;
        };
    }

    private static BigDecimal decimal(Object value) {
        return value instanceof Decimal number ? number.value() : BigDecimal.valueOf(((Number) value).longValue());
    }
}
