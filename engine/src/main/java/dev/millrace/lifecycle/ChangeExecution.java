package dev.millrace.lifecycle;

import dev.millrace.dataflow.expression.Expression;
import dev.millrace.dataflow.plan.SortKey;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Row;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import dev.millrace.sql.binding.Template;
import dev.millrace.sql.catalog.CatalogTable;
import dev.millrace.sql.catalog.OwnTable;
import dev.millrace.sql.clock.ClockPlans;
import dev.millrace.sql.compile.CompiledQuery;
import dev.millrace.sql.statement.CompiledChange;
import dev.millrace.sql.statement.Part;
import dev.millrace.sql.statement.StatementRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Carries out one statement against what its transaction sees: rows are computed first, then checked and written, those that go before those that come. What it wrote before it failed is the
 * transaction's to take back. Used by the circuit's thread alone.
 */
final class ChangeExecution {
    private final LiveCircuit circuit;
    private final WriteSet writes;
    private final OwnTable table;
    private final TableChanges changes;
    private final Row arguments;
    private final long now;
    /** The new rows, or those deleted, in the order of the statement. */
    private final List<Row> affected = new ArrayList<>();

    /**
     * What a statement did.
     *
     * @param returned the rows of {@code RETURNING}, with the columns that only their order needs
     */
    record Effect(long count, List<Row> returned) {}

    private ChangeExecution(LiveCircuit circuit, WriteSet writes, OwnTable table, Row arguments, long now) {
        this.circuit = circuit;
        this.writes = writes;
        this.table = table;
        this.changes = writes.of(table);
        this.arguments = arguments;
        this.now = now;
    }

    /** @param now the time, in microseconds since 1970 */
    static Effect run(LiveCircuit circuit, WriteSet writes, CompiledChange change, Row arguments, long now) {
        ChangeExecution execution = new ChangeExecution(circuit, writes, change.table(), arguments, now);
        switch (change) {
            case CompiledChange.Insert insert -> execution.insert(insert);
            case CompiledChange.Update update -> execution.update(update);
            case CompiledChange.Delete delete -> execution.delete(delete);
        }
        return execution.effect(change);
    }

    private Effect effect(CompiledChange change) {
        List<Row> returned = change.returning()
                .map(part -> rows(part, Map.of(StatementRows.affected(table).id(), numbered(affected))))
                .orElse(List.of());
        return new Effect(affected.size(), returned);
    }

    private void insert(CompiledChange.Insert insert) {
        List<Row> proposed = new ArrayList<>();
        for (CompiledChange.Source source : insert.sources()) {
            List<Row> inputs = source.query().map(part -> rows(part, Map.of())).orElse(List.of(Row.EMPTY));
            List<List<Expression>> rows =
                    source.rows().stream().map(this::withArguments).toList();
            inputs.forEach(input -> rows.forEach(row -> proposed.add(OneTimeQueries.evaluated(row, input))));
        }
        List<Integer> conflicts = new ArrayList<>();
        List<Row> existing = new ArrayList<>();
        Set<Row> written = new HashSet<>();
        SortedMap<Integer, Row> done = new TreeMap<>();
        for (int i = 0; i < proposed.size(); i++) {
            Row row = proposed.get(i);
            requireNotNull(row);
            Row other = changes.sameKey(row).orElse(null);
            if (other == null) {
                changes.insert(row);
                done.put(i, row);
                changes.keyOf(row).ifPresent(written::add);
            } else if (insert.conflict().isEmpty()) {
                throw duplicate(row);
            } else if (insert.conflict().get().update().isPresent()) {
                if (written.contains(changes.keyOf(row).orElseThrow())) {
                    throw affectedTwice();
                }
                existing.add(other);
                conflicts.add(i);
            }
        }
        if (!conflicts.isEmpty()) {
            CompiledChange.Update update =
                    insert.conflict().flatMap(CompiledChange.Conflict::update).orElseThrow();
            List<Row> excluded = conflicts.stream().map(proposed::get).toList();
            Map<String, RowSource> pairs = Map.of(
                    StatementRows.existing(table).id(), numbered(existing),
                    StatementRows.excluded(table).id(), numbered(excluded));
            List<Row> rows = rows(update.rows(), pairs);
            int number = update.rows().query().order().getFirst().column();
            Set<Long> passing = new HashSet<>();
            rows.forEach(row -> passing.add((Long) Objects.requireNonNull(row.get(number))));
            for (int i = 0; i < excluded.size(); i++) {
                // A row that an earlier one did not update, since its condition does not hold, may be updated yet.
                Row key = changes.keyOf(excluded.get(i)).orElseThrow();
                if (written.contains(key)) {
                    throw affectedTwice();
                }
                if (passing.contains((long) i)) {
                    written.add(key);
                }
            }
            List<Row> replaced = replace(update, rows);
            for (int i = 0; i < rows.size(); i++) {
                Long pair = (Long) Objects.requireNonNull(rows.get(i).get(number));
                done.put(conflicts.get(pair.intValue()), replaced.get(i));
            }
        }
        affected.addAll(done.values());
    }

    private void update(CompiledChange.Update update) {
        affected.addAll(replace(update, rows(update.rows(), Map.of())));
    }

    /** Puts new rows in the place of those that these rows begin with. */
    private List<Row> replace(CompiledChange.Update update, List<Row> rows) {
        List<Expression> replacement = withArguments(update.replacement());
        List<Row> replaced = new ArrayList<>();
        for (Row row : rows) {
            Row fresh = OneTimeQueries.evaluated(replacement, row);
            requireNotNull(fresh);
            replaced.add(fresh);
            changes.delete(own(row));
        }
        for (Row fresh : replaced) {
            if (changes.sameKey(fresh).isPresent()) {
                throw duplicate(fresh);
            }
            changes.insert(fresh);
        }
        return replaced;
    }

    private void delete(CompiledChange.Delete delete) {
        for (Row row : rows(delete.rows(), Map.of())) {
            changes.delete(own(row));
            affected.add(own(row));
        }
    }

    /** The table's columns of a row that begins with them. */
    private Row own(Row row) {
        int width = table.columns().size();
        if (row.size() == width) {
            return row;
        }
        int[] columns = new int[width];
        Arrays.setAll(columns, i -> i);
        return row.project(columns);
    }

    /** The rows of a query within the statement, in its order. */
    private List<Row> rows(Part part, Map<String, RowSource> given) {
        CompiledQuery query = part.query();
        Row values = arguments.project(
                part.parameters().stream().mapToInt(Integer::intValue).toArray());
        Template template = Template.of(ClockPlans.at(query.plan(), now));
        Map<String, RowSource> all = writes.changed(query.tables());
        all.putAll(given);
        List<Row> rows = new ArrayList<>(circuit.evaluate(template.alone(template.values(values)), all));
        if (!query.order().isEmpty()) {
            rows.sort(SortKey.comparator(query.order()));
        }
        return rows;
    }

    private List<Expression> withArguments(List<Expression> expressions) {
        return expressions.stream()
                .map(expression -> ClockPlans.at(expression, now)
                        .replacingLeaves(leaf -> leaf instanceof Expression.Parameter(int index, DataType type)
                                ? new Expression.Literal(arguments.get(index), type)
                                : leaf))
                .toList();
    }

    private static RowSource numbered(List<Row> rows) {
        List<Row> numbered = new ArrayList<>(rows.size());
        for (int i = 0; i < rows.size(); i++) {
            numbered.add(rows.get(i).concat(Row.of((long) i)));
        }
        return RowSource.of(numbered);
    }

    private void requireNotNull(Row row) {
        for (int i = 0; i < row.size(); i++) {
            CatalogTable.Column column = table.columns().get(i);
            if (row.get(i) == null && !column.nullable()) {
                throw new MillraceException(
                        ErrorCode.NOT_NULL_VIOLATION,
                        "null value in column \"" + column.name() + "\" of relation \"" + table.name()
                                + "\" violates not-null constraint");
            }
        }
    }

    private static MillraceException affectedTwice() {
        return new MillraceException(
                ErrorCode.UNIQUE_VIOLATION,
                "ON CONFLICT DO UPDATE command cannot affect row a second time: two rows to be inserted have the same key");
    }

    private MillraceException duplicate(Row row) {
        List<Integer> key = table.table().key();
        List<String> names =
                key.stream().map(column -> table.columns().get(column).name()).toList();
        List<String> values =
                key.stream().map(column -> String.valueOf(row.get(column))).toList();
        return new MillraceException(
                ErrorCode.UNIQUE_VIOLATION,
                "duplicate key value violates unique constraint \"" + table.name() + "_pkey\": key ("
                        + String.join(", ", names) + ")=(" + String.join(", ", values) + ") already exists");
    }
}
