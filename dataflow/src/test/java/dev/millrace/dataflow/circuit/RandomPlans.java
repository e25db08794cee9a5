package dev.millrace.dataflow.circuit;

import dev.millrace.dataflow.expression.Expression;
import dev.millrace.dataflow.plan.AggregateKind;
import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.plan.Plan.AggregateCall;
import dev.millrace.dataflow.plan.Plan.JoinKey;
import dev.millrace.dataflow.plan.SortKey;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Row;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Random valid plans over the {@link TestTables}. */
public final class RandomPlans {
    /** The operator at the root of a plan. */
    public enum Root {
        TABLE,
        CONSTANT,
        FILTER,
        PROJECT,
        FLAT_MAP,
        JOIN,
        AGGREGATE,
        DISTINCT,
        TOP_K,
        SET_OPERATION,
        WINDOW,
        UNION_ALL,
        FIXPOINT
    }

    private static final List<AggregateKind> VARIANCES =
            List.of(AggregateKind.STDDEV_POP, AggregateKind.STDDEV_SAMP, AggregateKind.VAR_POP, AggregateKind.VAR_SAMP);

    private final Random random;
    private final RandomRows rows;
    private final boolean mayFail;
    private int joinsLeft;

    /**
     * Plans of all operators.
     *
     * @param mayFail whether plans may have parts that are a data error over some rows
     */
    public RandomPlans(Random random, boolean mayFail) {
        this.random = random;
        this.rows = new RandomRows(random);
        this.mayFail = mayFail;
    }

    /** Random rows of every table that a plan can read, by the table's id. */
    public static Map<String, List<Row>> tables(Random random) {
        RandomRows rows = new RandomRows(random);
        Map<String, List<Row>> tables = new TreeMap<>();
        for (Plan.Table table : TestTables.ALL) {
            List<Row> all = IntStream.range(0, random.nextInt(9))
                    .mapToObj(i -> rows.row(table.types()))
                    .toList();
            tables.put(table.id(), all);
        }
        return tables;
    }

    public Plan plan() {
        return plan(pick(List.of(Root.values())));
    }

    public Plan plan(Root root) {
        joinsLeft = 2;
        return build(root, 2);
    }

    private Plan input(int depth) {
        Root root = pick(List.of(Root.values()));
        return build(depth == 0 || random.nextInt(4) == 0 ? Root.TABLE : root, depth - 1);
    }

    private Plan build(Root root, int depth) {
        return switch (root) {
            case TABLE -> pick(TestTables.ALL);
            case CONSTANT -> constant();
            case FILTER -> {
                Plan input = input(depth);
                yield new Plan.Filter(input, condition(input.types()));
            }
            case PROJECT -> project(input(depth));
            case FLAT_MAP -> flatMap(input(depth));
            case JOIN -> joinsLeft-- > 0 ? join(input(depth), input(depth)) : input(depth);
            case AGGREGATE -> aggregate(input(depth));
            case DISTINCT -> new Plan.Distinct(input(depth));
            case TOP_K -> topK(input(depth));
            case SET_OPERATION -> setOperation(input(depth));
            case WINDOW -> new RandomWindows(random, mayFail).over(input(depth));
            case UNION_ALL -> union(input(depth));
            case FIXPOINT -> new RandomRecursion(random, this).fixpoint(input(depth), () -> input(0));
        };
    }

    private Plan constant() {
        List<DataType> types = List.of(DataType.INT4, DataType.NUMERIC);
        return new Plan.Constant(
                IntStream.range(0, random.nextInt(3))
                        .mapToObj(i -> rows.row(types))
                        .toList(),
                types);
    }

    private Plan project(Plan input) {
        List<Expression> expressions = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(3); i++) {
            expressions.add(random.nextInt(3) == 0 ? condition(input.types()) : expression(input.types()));
        }
        return new Plan.Project(input, expressions);
    }

    private Plan join(Plan left, Plan right) {
        List<JoinKey> keys = new ArrayList<>();
        for (int i = 0; i < random.nextInt(3); i++) {
            int column = random.nextInt(left.types().size());
            List<Integer> partners = columnsOf(right.types(), left.types().get(column));
            if (!partners.isEmpty()) {
                keys.add(new JoinKey(column, pick(partners), random.nextBoolean()));
            }
        }
        Plan.JoinKind kind = pick(List.of(Plan.JoinKind.values()));
        List<DataType> pair = new ArrayList<>(left.types());
        pair.addAll(right.types());
        Optional<Expression> residual = random.nextInt(3) == 0 ? Optional.of(condition(pair)) : Optional.empty();
        return new Plan.Join(left, right, kind, keys, residual);
    }

    Plan flatMap(Plan input) {
        List<Integer> integers = columnsOf(input.types(), DataType.INT4);
        if (!integers.isEmpty() && random.nextBoolean()) {
            Expression last = new Expression.Column(pick(integers), DataType.INT4);
            return new Plan.FlatMap(
                    input, TestTableFunction.COUNT_UP, List.of(last), List.of(DataType.INT4, DataType.BOOL));
        }
        DataType type = pick(input.types());
        List<Expression> arguments = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            arguments.add(new Expression.Column(pick(columnsOf(input.types(), type)), type));
        }
        return new Plan.FlatMap(input, TestTableFunction.EACH, arguments, List.of(type));
    }

    private Plan aggregate(Plan input) {
        List<Integer> keys = new ArrayList<>();
        for (int i = 0; i < random.nextInt(3); i++) {
            keys.add(random.nextInt(input.types().size()));
        }
        List<AggregateCall> calls = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(4); i++) {
            calls.add(call(input.types()));
        }
        return new Plan.Aggregate(input, keys, calls);
    }

    private AggregateCall call(List<DataType> types) {
        List<Integer> booleans = columnsOf(types, DataType.BOOL);
        Optional<Integer> filter =
                booleans.isEmpty() || random.nextBoolean() ? Optional.empty() : Optional.of(pick(booleans));
        int column = random.nextInt(types.size());
        DataType type = types.get(column);
        boolean distinct = random.nextInt(3) == 0;
        return switch (random.nextInt(9)) {
            case 0 -> new AggregateCall(AggregateKind.COUNT, Optional.empty(), false, filter, DataType.INT8);
            case 1 -> new AggregateCall(AggregateKind.COUNT, Optional.of(column), distinct, filter, DataType.INT8);
            case 2 -> extreme(type, column, distinct, filter);
            case 3 -> array(types, column, distinct, filter);
            case 4, 5 -> new RandomAggregates(random, mayFail).call(types, column, distinct, filter);
            default ->
                switch (type) {
                    case INT4, INT8, NUMERIC, FLOAT8 -> sumOrAverage(type, column, distinct, filter);
                    case BOOL ->
                        new AggregateCall(
                                random.nextBoolean() ? AggregateKind.BOOL_AND : AggregateKind.BOOL_OR,
                                Optional.of(column),
                                distinct,
                                filter,
                                type);
                    case TEXT -> concatenation(types, column, distinct, filter);
                    default -> extreme(type, column, distinct, filter);
                };
        };
    }

    private AggregateCall extreme(DataType type, int column, boolean distinct, Optional<Integer> filter) {
        AggregateKind kind = random.nextInt(3) == 0
                ? random.nextBoolean() ? AggregateKind.SINGLE_VALUE : AggregateKind.ANY_VALUE
                : random.nextBoolean() ? AggregateKind.MIN : AggregateKind.MAX;
        return new AggregateCall(kind, Optional.of(column), distinct, filter, type);
    }

    /** Of a column whose type has arrays, or else how many there are. */
    private AggregateCall array(List<DataType> types, int column, boolean distinct, Optional<Integer> filter) {
        return types.get(column)
                .array()
                .map(type -> new AggregateCall(
                        AggregateKind.ARRAY_AGG,
                        Optional.of(column),
                        distinct,
                        filter,
                        type,
                        Optional.empty(),
                        order(types, distinct ? List.of(column) : List.of())))
                .orElseGet(() ->
                        new AggregateCall(AggregateKind.COUNT, Optional.of(column), distinct, filter, DataType.INT8));
    }

    private AggregateCall concatenation(List<DataType> types, int column, boolean distinct, Optional<Integer> filter) {
        int separator = pick(columnsOf(types, DataType.TEXT));
        return new AggregateCall(
                AggregateKind.STRING_AGG,
                Optional.of(column),
                distinct,
                filter,
                DataType.TEXT,
                Optional.of(separator),
                order(types, distinct ? List.of(column, separator) : List.of()));
    }

    /** By any of some columns, or by any column if those are none. */
    private List<SortKey> order(List<DataType> types, List<Integer> columns) {
        List<SortKey> order = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            int key = columns.isEmpty() ? random.nextInt(types.size()) : pick(columns);
            order.add(new SortKey(key, random.nextBoolean(), random.nextBoolean()));
        }
        return order;
    }

    private AggregateCall sumOrAverage(DataType type, int column, boolean distinct, Optional<Integer> filter) {
        // The squares of large floats are out of range.
        if ((mayFail || type != DataType.FLOAT8) && random.nextInt(3) == 0) {
            return new AggregateCall(
                    pick(VARIANCES),
                    Optional.of(column),
                    distinct,
                    filter,
                    type == DataType.FLOAT8 ? DataType.FLOAT8 : DataType.NUMERIC);
        }
        boolean average = random.nextBoolean();
        DataType result = switch (type) {
            case INT4 -> average ? DataType.NUMERIC : DataType.INT8;
            case INT8, NUMERIC -> DataType.NUMERIC;
            default -> DataType.FLOAT8;
        };
        return new AggregateCall(
                average ? AggregateKind.AVG : AggregateKind.SUM, Optional.of(column), distinct, filter, result);
    }

    private Plan topK(Plan input) {
        List<SortKey> order = new ArrayList<>();
        for (int i = 0; i < random.nextInt(3); i++) {
            order.add(new SortKey(random.nextInt(input.types().size()), random.nextBoolean(), random.nextBoolean()));
        }
        long limit = random.nextInt(8) == 0 ? Long.MAX_VALUE : random.nextInt(5);
        List<Integer> groups = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            groups.add(random.nextInt(input.types().size()));
        }
        boolean numbered = random.nextBoolean();
        return new Plan.TopK(input, groups, order, random.nextInt(3), limit, numbered);
    }

    /** Of rows that mostly overlap, some of them several times, or of any others of their types. */
    private Plan setOperation(Plan input) {
        Plan filtered = new Plan.Filter(input, condition(input.types()));
        List<Plan> others = TestTables.ALL.stream()
                .<Plan>map(table -> table)
                .filter(table -> table.types().equals(input.types()))
                .toList();
        Plan other = others.isEmpty() ? union(input) : pick(others);
        List<Plan> sides =
                new ArrayList<>(List.of(input, filtered, new Plan.UnionAll(List.of(filtered, other)), other));
        Collections.shuffle(sides, random);
        return new Plan.SetOperation(
                sides.get(0), sides.get(1), pick(List.of(Plan.SetKind.values())), random.nextBoolean());
    }

    private Plan union(Plan input) {
        Plan filtered = new Plan.Filter(input, condition(input.types()));
        return new Plan.UnionAll(random.nextBoolean() ? List.of(input, filtered) : List.of(filtered, input, input));
    }

    private Expression expression(List<DataType> types) {
        int column = random.nextInt(types.size());
        List<Integer> integers = columnsOf(types, DataType.INT4);
        if (integers.isEmpty() || random.nextInt(3) > 0) {
            return new Expression.Column(column, types.get(column));
        }
        Expression left = new Expression.Column(pick(integers), DataType.INT4);
        Expression right = new Expression.Column(pick(integers), DataType.INT4);
        TestFunction function = mayFail && random.nextInt(3) == 0 ? TestFunction.DIVIDE : TestFunction.SUBTRACT;
        return new Expression.Call(function, List.of(left, right), DataType.INT4);
    }

    Expression condition(List<DataType> types) {
        if (random.nextInt(4) == 0) {
            List<Expression> both = List.of(comparison(types), comparison(types));
            return random.nextBoolean() ? new Expression.And(both) : new Expression.Or(both);
        }
        return comparison(types);
    }

    private Expression comparison(List<DataType> types) {
        Expression left = expression(types);
        TestFunction function = pick(List.of(TestFunction.LESS, TestFunction.EQUAL, TestFunction.IS_NULL));
        if (function == TestFunction.IS_NULL) {
            return new Expression.Call(function, List.of(left), DataType.BOOL);
        }
        List<Integer> others = columnsOf(types, left.type());
        Expression right = others.size() > 1 && random.nextBoolean()
                ? new Expression.Column(pick(others), left.type())
                : new Expression.Literal(rows.value(left.type()), left.type());
        return new Expression.Call(function, List.of(left, right), DataType.BOOL);
    }

    <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    static List<Integer> columnsOf(List<DataType> types, DataType type) {
        return IntStream.range(0, types.size())
                .filter(column -> types.get(column) == type)
                .boxed()
                .toList();
    }
}
