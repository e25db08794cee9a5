package dev.millrace.dataflow.code;

import dev.millrace.dataflow.expression.Expression;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.SampleValues;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Makes programs of every kind of expression over every type. */
final class RandomProgram {
    private final Random random;
    private final Map<List<DataType>, List<Expression>> made = new HashMap<>();

    RandomProgram(Random random) {
        this.random = random;
    }

    /** A chain of some steps over rows or pairs. */
    RowProgram next() {
        List<DataType> left = SampleValues.layout(random, 0, 5);
        Optional<List<DataType>> right =
                random.nextBoolean() ? Optional.of(SampleValues.layout(random, 0, 4)) : Optional.empty();
        List<DataType> columns = Stream.concat(left.stream(), right.stream().flatMap(List::stream))
                .toList();
        List<RowProgram.Step> steps = new ArrayList<>();
        int count = random.nextInt(5);
        for (int i = 0; i < count; i++) {
            if (random.nextInt(3) == 0) {
                steps.add(new RowProgram.Step.Condition(expression(DataType.BOOL, 3, columns)));
            } else {
                List<Expression> expressions = new ArrayList<>();
                for (DataType type : SampleValues.layout(random, 0, 5)) {
                    expressions.add(expression(type, 3, columns));
                }
                steps.add(new RowProgram.Step.Projection(expressions));
                columns = expressions.stream().map(Expression::type).toList();
            }
        }
        boolean mayMiss = right.isPresent() && random.nextBoolean();
        return new RowProgram(left, right, mayMiss, steps, right.isEmpty() && random.nextBoolean());
    }

    /** An expression of a type, of so many levels at most; now and then one that was made before over these columns. */
    Expression expression(DataType type, int depth, List<DataType> columns) {
        List<Expression> before = made.computeIfAbsent(columns, absent -> new ArrayList<>()).stream()
                .filter(expression -> expression.type() == type)
                .toList();
        if (!before.isEmpty() && random.nextInt(4) == 0) {
            return before.get(random.nextInt(before.size()));
        }
        Expression expression = another(type, depth, columns);
        made.getOrDefault(columns, List.of()).add(expression);
        return expression;
    }

    private Expression another(DataType type, int depth, List<DataType> columns) {
        if (depth == 0 || random.nextInt(6) == 0) {
            return leaf(type, columns);
        }
        return switch (random.nextInt(type == DataType.BOOL ? 7 : 4)) {
            case 0 -> choice(type, depth, columns);
            case 1 ->
                new Expression.Call(
                        new Conversion(type, random.nextBoolean()),
                        some(SampleValues.layout(random, 0, 3), depth, columns),
                        type);
            case 2, 3 -> new Expression.Call(probe(type), some(List.of(type, type), depth, columns), type);
            case 4, 5 -> new Expression.And(some(booleans(), depth, columns));
            default -> new Expression.Or(some(booleans(), depth, columns));
        };
    }

    private Probe probe(DataType type) {
        Probe.Style[] styles = Probe.Style.values();
        return new Probe(type, styles[random.nextInt(styles.length)], random.nextInt(3));
    }

    private Expression choice(DataType type, int depth, List<DataType> columns) {
        List<DataType> branches = booleans();
        return new Expression.Case(
                some(branches, depth, columns),
                some(branches.stream().map(branch -> type).toList(), depth, columns),
                expression(type, depth - 1, columns),
                type);
    }

    private List<DataType> booleans() {
        return IntStream.range(0, 1 + random.nextInt(3))
                .mapToObj(i -> DataType.BOOL)
                .toList();
    }

    private List<Expression> some(List<DataType> types, int depth, List<DataType> columns) {
        return types.stream().map(type -> expression(type, depth - 1, columns)).toList();
    }

    private Expression leaf(DataType type, List<DataType> columns) {
        int[] candidates = IntStream.range(0, columns.size())
                .filter(column -> columns.get(column) == type)
                .toArray();
        if (candidates.length > 0 && random.nextInt(4) > 0) {
            return new Expression.Column(candidates[random.nextInt(candidates.length)], type);
        }
        return new Expression.Literal(SampleValues.nullable(type, random), type);
    }
}
