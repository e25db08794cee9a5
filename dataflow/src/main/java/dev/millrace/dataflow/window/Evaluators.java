package dev.millrace.dataflow.window;

import dev.millrace.dataflow.code.CodeCache;
import dev.millrace.dataflow.failure.DataErrors;
import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.plan.Plan.AggregateCall;
import dev.millrace.dataflow.plan.WindowCall;
import dev.millrace.dataflow.plan.WindowCall.Ranking;
import dev.millrace.dataflow.plan.WindowFrame;
import dev.millrace.dataflow.row.DataType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Which evaluator does a call. Sums over one frame share one. */
final class Evaluators {
    private final Plan.Window plan;
    private final List<DataType> types;
    private final WindowRows rows;
    private final DataErrors errors;
    private final List<Evaluator> evaluators = new ArrayList<>();
    private final Map<WindowFrame, List<Integer>> sums = new LinkedHashMap<>();

    private Evaluators(Plan.Window plan, WindowRows rows, DataErrors errors) {
        this.plan = plan;
        this.types = plan.input().types();
        this.rows = rows;
        this.errors = errors;
    }

    /**
     * One or more for the calls of a plan.
     *
     * @param errors is given those of rows that a call has no value for
     * @throws IllegalArgumentException if there is no such function for these types
     */
    static List<Evaluator> create(Plan.Window plan, WindowRows rows, DataErrors errors, CodeCache cache) {
        Evaluators factory = new Evaluators(plan, rows, errors);
        for (int call = 0; call < plan.calls().size(); call++) {
            factory.add(call);
        }
        factory.sums.forEach((frame, calls) -> factory.addSums(frame, calls, cache));
        return factory.evaluators;
    }

    private void add(int index) {
        int column = types.size() + index;
        switch (plan.calls().get(index)) {
            case WindowCall.Ranking(Ranking.Kind kind) ->
                evaluators.add(
                        kind == Ranking.Kind.PERCENT_RANK || kind == Ranking.Kind.CUME_DIST
                                ? new Shares(kind, column, rows)
                                : new Numbers(kind, column, rows));
            case WindowCall.Tile(int parts) -> evaluators.add(new Tiles(parts, column, rows));
            case WindowCall.Shifted shifted -> evaluators.add(new Shift(shifted, column, rows));
            case WindowCall.FrameValue value -> evaluators.add(new FrameEdge(value, column, types, plan.order(), rows));
            case WindowCall.FrameAggregate(AggregateCall call, WindowFrame frame) -> aggregate(index, call, frame);
        }
    }

    private void aggregate(int index, AggregateCall call, WindowFrame frame) {
        if (call.distinct()) {
            throw new IllegalArgumentException("no window function: " + call);
        }
        switch (call.kind()) {
            case MIN, MAX -> evaluators.add(new FrameExtreme(call, types.size() + index, frame(frame), rows));
            case COUNT, SUM, AVG, BOOL_AND, BOOL_OR, STDDEV_POP, STDDEV_SAMP, VAR_POP, VAR_SAMP ->
                sums.computeIfAbsent(frame, same -> new ArrayList<>()).add(index);
            default -> throw new IllegalArgumentException("no window function: " + call);
        }
    }

    private void addSums(WindowFrame frame, List<Integer> indexes, CodeCache cache) {
        List<AggregateCall> calls = indexes.stream()
                .map(index -> ((WindowCall.FrameAggregate) plan.calls().get(index)).call())
                .toList();
        int[] columns = indexes.stream().mapToInt(index -> types.size() + index).toArray();
        Plan.Aggregate aggregate = new Plan.Aggregate(plan.input(), List.of(), calls);
        List<String> names = calls.stream()
                .map(call -> call.kind().name().toLowerCase(Locale.ROOT)
                        + call.column().map(column -> "(#" + column + ")").orElse("(*)") + " over")
                .toList();
        evaluators.add(new FrameSums(aggregate, columns, names, frame(frame), rows, errors, cache));
    }

    private Frame frame(WindowFrame frame) {
        return Frame.of(frame, types, plan.order(), rows);
    }
}
