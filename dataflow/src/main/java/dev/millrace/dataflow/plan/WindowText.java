package dev.millrace.dataflow.plan;

import dev.millrace.dataflow.plan.WindowFrame.Bound;
import java.util.List;
import java.util.Locale;

/** Window functions as SQL writes them. */
final class WindowText {
    private WindowText() {}

    static String of(WindowCall call, List<String> names) {
        return switch (call) {
            case WindowCall.Ranking ranking -> ranking.kind().name().toLowerCase(Locale.ROOT) + "()";
            case WindowCall.Tile tile -> "ntile(" + tile.parts() + ")";
            case WindowCall.Shifted shifted -> shifted(shifted, names);
            case WindowCall.FrameValue value -> value(value, names) + frame(value.frame());
            case WindowCall.FrameAggregate over -> PlanText.call(over.call(), names) + frame(over.frame());
        };
    }

    private static String shifted(WindowCall.Shifted shifted, List<String> names) {
        String name = shifted.distance() < 0 ? "lag(" : "lead(";
        String otherwise =
                shifted.otherwise().map(column -> ", " + names.get(column)).orElse("");
        return name + names.get(shifted.column()) + ", " + Math.abs(shifted.distance()) + otherwise + ")";
    }

    private static String value(WindowCall.FrameValue value, List<String> names) {
        String column = names.get(value.column());
        if (value.last()) {
            return "last_value(" + column + ")";
        }
        return value.nth() == 1 ? "first_value(" + column + ")" : "nth_value(" + column + ", " + value.nth() + ")";
    }

    private static String frame(WindowFrame frame) {
        return frame.isPartition()
                ? ""
                : " " + frame.unit().name().toLowerCase(Locale.ROOT) + " between "
                        + bound(frame.start(), "unbounded preceding") + " and "
                        + bound(frame.end(), "unbounded following");
    }

    private static String bound(Bound bound, String unbounded) {
        return switch (bound) {
            case Bound.Unbounded ignored -> unbounded;
            case Bound.Current ignored -> "current row";
            case Bound.Offset(boolean following, Object distance) ->
                distance + (following ? " following" : " preceding");
        };
    }
}
