package dev.millrace.dataflow.operator;

import static dev.millrace.dataflow.row.DataType.BOOL;
import static dev.millrace.dataflow.row.DataType.FLOAT4;
import static dev.millrace.dataflow.row.DataType.FLOAT8;
import static dev.millrace.dataflow.row.DataType.INT2;
import static dev.millrace.dataflow.row.DataType.INT4;
import static dev.millrace.dataflow.row.DataType.INT8;
import static dev.millrace.dataflow.row.DataType.NUMERIC;

import dev.millrace.dataflow.circuit.RandomAggregates;
import dev.millrace.dataflow.circuit.ReferenceAggregate;
import dev.millrace.dataflow.code.CodeCache;
import dev.millrace.dataflow.plan.AggregateKind;
import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.plan.Plan.AggregateCall;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Row;
import dev.millrace.dataflow.zset.ZSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

/** Whatever comes and goes, the operator's output is what the aggregates are over all rows that are there. */
class AggregatePropertyTest {
    private static final int STEPS = 8;
    private static final int FILTER = 3;
    private static final int VALUE = 4;
    private static final int OTHERS = 6;

    private final CodeCache cache = new CodeCache();

    @Property(tries = 60)
    void every_aggregate_of_a_type_is_that_of_the_rows_that_are_there(
            @ForAll DataType type, @ForAll boolean finite, @ForAll long seed) {
        Random random = new Random(seed);
        List<DataType> types = List.of(INT4, FLOAT8, NUMERIC, BOOL, type);
        List<AggregateCall> calls = calls(type);
        RandomAggregates others = new RandomAggregates(random, true);
        for (int i = 0; i < OTHERS; i++) {
            Optional<Integer> filter = random.nextBoolean() ? Optional.of(FILTER) : Optional.empty();
            calls.add(others.call(types, random.nextBoolean() ? VALUE : 1, random.nextBoolean(), filter));
        }
        Collections.shuffle(calls, random);
        check(types, keys(random), calls, finite, random);
    }

    private void check(
            List<DataType> types, List<Integer> keys, List<AggregateCall> calls, boolean finite, Random random) {
        boolean appendOnly = random.nextInt(3) == 0;
        Plan.Aggregate plan = new Plan.Aggregate(new Plan.Table("t", types), keys, calls);
        DrivenOperator operator = new DrivenOperator(new Aggregate(plan, appendOnly, cache, new WorkMeter()), types);
        DrivenOperator.assertSame(expected(plan, List.of()), operator.output());
        for (int step = 0; step < STEPS; step++) {
            operator.step(RandomChange.of(types, appendOnly ? new ZSet() : operator.input(), finite, random));
            DrivenOperator.assertSame(expected(plan, operator.inputRows()), operator.output());
        }
        if (appendOnly) {
            return;
        }
        operator.step(operator.input().negate());
        DrivenOperator.assertSame(expected(plan, List.of()), operator.output());
    }

    private static List<Integer> keys(Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> List.of();
            case 1 -> List.of(0);
            case 2 -> List.of(1);
            case 3 -> List.of(2);
            default -> List.of(2, 0, 1);
        };
    }

    private static ZSet expected(Plan.Aggregate plan, List<Row> rows) {
        int[] keys = plan.keys().stream().mapToInt(Integer::intValue).toArray();
        Map<Row, List<Row>> groups = new LinkedHashMap<>();
        if (keys.length == 0) {
            groups.put(Row.EMPTY, new ArrayList<>());
        }
        rows.forEach(row -> groups.computeIfAbsent(row.key(keys), absent -> new ArrayList<>())
                .add(row));
        ZSet expected = new ZSet();
        groups.forEach((key, group) -> {
            Row shown = group.stream()
                    .map(row -> row.project(keys))
                    .min(Row::compareExactly)
                    .orElse(Row.EMPTY);
            @Nullable
            Object[] results = plan.calls().stream()
                    .map(call -> ReferenceAggregate.compute(call, plan.input().types(), group))
                    .toArray();
            expected.append(shown.concat(Row.of(results)), 1);
        });
        return expected;
    }

    /** All that there is over a column of this type, but SINGLE_VALUE. */
    private static List<AggregateCall> calls(DataType type) {
        List<AggregateCall> calls = new ArrayList<>();
        calls.add(new AggregateCall(AggregateKind.COUNT, Optional.empty(), false, Optional.empty(), INT8));
        calls.add(new AggregateCall(AggregateKind.COUNT, Optional.empty(), false, Optional.of(FILTER), INT8));
        for (boolean distinct : List.of(false, true)) {
            for (Optional<Integer> filter : List.of(Optional.<Integer>empty(), Optional.of(FILTER))) {
                results(type)
                        .forEach((kind, result) ->
                                calls.add(new AggregateCall(kind, Optional.of(VALUE), distinct, filter, result)));
            }
        }
        return calls;
    }

    private static Map<AggregateKind, DataType> results(DataType type) {
        Map<AggregateKind, DataType> results = new LinkedHashMap<>();
        results.put(AggregateKind.COUNT, INT8);
        results.put(AggregateKind.MIN, type);
        results.put(AggregateKind.MAX, type);
        results.put(AggregateKind.ANY_VALUE, type);
        if (type == BOOL) {
            results.put(AggregateKind.BOOL_AND, BOOL);
            results.put(AggregateKind.BOOL_OR, BOOL);
        }
        if (List.of(INT2, INT4, INT8, NUMERIC, FLOAT4, FLOAT8).contains(type)) {
            boolean isFloat = type == FLOAT4 || type == FLOAT8;
            results.put(AggregateKind.SUM, type == INT8 ? NUMERIC : type == INT2 || type == INT4 ? INT8 : type);
            for (AggregateKind kind : List.of(
                    AggregateKind.AVG,
                    AggregateKind.VAR_POP,
                    AggregateKind.VAR_SAMP,
                    AggregateKind.STDDEV_POP,
                    AggregateKind.STDDEV_SAMP)) {
                results.put(kind, isFloat ? FLOAT8 : NUMERIC);
            }
        }
        return results;
    }
}
