package dev.millrace.lifecycle;

import dev.millrace.dataflow.circuit.Circuit;
import dev.millrace.dataflow.circuit.TableInput;
import dev.millrace.dataflow.circuit.View;
import dev.millrace.dataflow.expression.Expression;
import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.plan.PlanExpressions;
import dev.millrace.dataflow.row.Row;
import dev.millrace.sql.binding.KeyLookup;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Queries within statements, evaluated once: installed, read and removed. Some of their tables may be given as rows. Filters, projections and joins of few rows, those that are given or that
 * a key finds, need no operators: their expressions are evaluated one by one.
 */
final class OneTimeQueries {
    private final Circuit circuit;
    private final Function<String, Optional<TableInput>> tables;
    private long created;

    /** @param tables of which rows can be found by their key */
    OneTimeQueries(Circuit circuit, Function<String, Optional<TableInput>> tables) {
        this.circuit = circuit;
        this.tables = tables;
    }

    /**
     * The rows of a plan, in no order.
     *
     * @param given rows, by the ids of the tables that they stand for
     * @throws dev.millrace.error.MillraceException {@code DATA_ERROR} if an expression has no value for some row
     */
    List<Row> evaluate(Plan plan, Map<String, RowSource> given) {
        return ofFewRows(plan, given).orElseGet(() -> install(plan, given));
    }

    private Optional<List<Row>> ofFewRows(Plan plan, Map<String, RowSource> given) {
        return switch (plan) {
            case Plan.Constant constant -> Optional.of(constant.rows());
            case Plan.Table table -> Optional.ofNullable(given.get(table.id())).map(RowSource::rows);
            case Plan.Filter filter ->
                found(filter, given)
                        .or(() -> ofFewRows(filter.input(), given))
                        .map(rows ->
                                rows.stream().filter(filter.condition()::isTrue).toList());
            case Plan.Project project ->
                ofFewRows(project.input(), given)
                        .map(rows -> rows.stream()
                                .map(row -> evaluated(project.expressions(), row))
                                .toList());
            case Plan.Join join
            when join.kind() == Plan.JoinKind.INNER ->
                ofFewRows(join.left(), given)
                        .flatMap(left -> ofFewRows(join.right(), given).map(right -> joined(join, left, right)));
            default -> Optional.empty();
        };
    }

    /** The row that a filter can only let through, found by its key. */
    private Optional<List<Row>> found(Plan.Filter filter, Map<String, RowSource> given) {
        if (!(filter.input() instanceof Plan.Table table)) {
            return Optional.empty();
        }
        RowSource source = given.get(table.id());
        if (source != null) {
            return KeyLookup.of(filter, source.key())
                    .map(key -> source.find(key).stream().toList());
        }
        return tables.apply(table.id())
                .flatMap(input -> KeyLookup.of(filter, input.key())
                        .map(key -> Stream.ofNullable(input.find(key)).toList()));
    }

    private static List<Row> joined(Plan.Join join, List<Row> left, List<Row> right) {
        int[] leftKey = join.keys().stream().mapToInt(Plan.JoinKey::left).toArray();
        int[] rightKey = join.keys().stream().mapToInt(Plan.JoinKey::right).toArray();
        Map<Row, List<Row>> byKey = new HashMap<>();
        right.forEach(row ->
                byKey.computeIfAbsent(row.key(rightKey), _ -> new ArrayList<>()).add(row));
        List<Row> pairs = new ArrayList<>();
        for (Row row : left) {
            boolean matches = join.keys().stream().allMatch(key -> key.nullsMatch() || row.get(key.left()) != null);
            for (Row partner : matches ? byKey.getOrDefault(row.key(leftKey), List.of()) : List.<Row>of()) {
                Row pair = row.concat(partner);
                if (join.residual().map(condition -> condition.isTrue(pair)).orElse(true)) {
                    pairs.add(pair);
                }
            }
        }
        return pairs;
    }

    static Row evaluated(List<Expression> expressions, Row row) {
        return Row.owning(
                expressions.stream().map(expression -> expression.evaluate(row)).toArray());
    }

    private List<Row> install(Plan plan, Map<String, RowSource> given) {
        Map<String, String> copies = new HashMap<>();
        View view = null;
        try {
            Plan renamed = withCopies(plan, given, copies);
            circuit.step();
            view = circuit.install(renamed);
            view.refusal().ifPresent(refusal -> {
                throw refusal;
            });
            return new ArrayList<>(view.rows());
        } finally {
            if (view != null) {
                circuit.release(view);
            }
            copies.values().forEach(circuit::dropTable);
        }
    }

    /** The plan over tables of the given rows, which it creates. */
    private Plan withCopies(Plan plan, Map<String, RowSource> given, Map<String, String> copies) {
        RowSource source = plan instanceof Plan.Table(String id, var ignored) ? given.get(id) : null;
        if (plan instanceof Plan.Table table && source != null) {
            String copy = copies.computeIfAbsent(table.id(), _ -> create(table, source.rows()));
            return new Plan.Table(copy, table.types());
        }
        List<Plan> inputs = plan.inputs().stream()
                .map(input -> withCopies(input, given, copies))
                .toList();
        return PlanExpressions.with(plan, inputs, PlanExpressions.of(plan));
    }

    private String create(Plan.Table table, List<Row> rows) {
        String id = "rows " + ++created + " of " + table.id();
        TableInput input = circuit.createTable(id, table.types(), List.of());
        rows.forEach(input::insert);
        return id;
    }
}
