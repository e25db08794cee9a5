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
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

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
    /** What {@code RETURNING} reads, by the ids of the tables that it stands for. */
    private final Map<String, RowSource> returnable = new HashMap<>();

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
        returnable.put(StatementRows.affected(table).id(), numbered(affected));
        List<Row> returned =
                change.returning().map(part -> rows(part, returnable)).orElse(List.of());
        return new Effect(affected.size(), returned);
    }

    private void insert(CompiledChange.Insert insert) {
        List<Supplier<Row>> proposals = new ArrayList<>();
        for (CompiledChange.Source source : insert.sources()) {
            List<Row> inputs = source.query().map(part -> rows(part, Map.of())).orElse(List.of(Row.EMPTY));
            List<List<Expression>> rows =
                    source.rows().stream().map(this::withArguments).toList();
            // As in Postgres, the rows of a query are fitted to the table as they come, those of VALUES before the
            // first is written.
            boolean asTheyCome = rows.size() == 1 && insert.sources().size() == 1;
            for (Row input : inputs) {
                for (List<Expression> row : rows) {
                    Supplier<Row> fitted = () -> OneTimeQueries.evaluated(row, input);
                    proposals.add(asTheyCome ? fitted : known(fitted.get()));
                }
            }
        }
        new Insertion(proposals, insert.conflict()).run();
    }

    private static Supplier<Row> known(Row row) {
        return () -> row;
    }

    /**
     * Puts rows into the table, one after the other: the first that fails is told. What is there already is looked at, and what replaces it computed, before anything is written, so that
     * subqueries see the table as the statement found it.
     */
    private final class Insertion {
        private final List<Supplier<Row>> proposals;
        /** Those looked at so far. */
        private final List<Row> proposed = new ArrayList<>();

        private final Optional<CompiledChange.Conflict> conflict;
        /** The rows that are there and wait to be updated for proposed ones, by the number of these. No two have the same key. */
        private final SortedMap<Integer, Row> waiting = new TreeMap<>();

        private final Set<Row> waitingKeys = new HashSet<>();
        /** The keys of rows that come of proposed ones. */
        private final Set<Row> writtenKeys = new HashSet<>();
        /** The rows that go. */
        private final List<Row> replaced = new ArrayList<>();
        /** What comes of proposed rows, by their numbers. */
        private final SortedMap<Integer, Row> done = new TreeMap<>();

        Insertion(List<Supplier<Row>> proposals, Optional<CompiledChange.Conflict> conflict) {
            this.proposals = proposals;
            this.conflict = conflict;
        }

        void run() {
            for (int i = 0; i < proposals.size(); i++) {
                MillraceException failure = propose(i);
                if (failure != null) {
                    update();
                    throw failure;
                }
            }
            update();
            replaced.forEach(changes::delete);
            done.values().forEach(ChangeExecution.this::insertNew);
            affected.addAll(done.values());
        }

        /** Decides what becomes of a proposed row; if it fails, how. */
        private @Nullable MillraceException propose(int number) {
            Row row;
            try {
                row = proposals.get(number).get();
            } catch (MillraceException e) {
                return e;
            }
            proposed.add(row);
            MillraceException isNull = nullViolation(row);
            if (isNull != null) {
                return isNull;
            }
            Optional<Row> key = changes.keyOf(row);
            if (key.map(waitingKeys::contains).orElse(false)) {
                update();
            }
            boolean written = key.map(writtenKeys::contains).orElse(false);
            Optional<Row> there = written ? Optional.empty() : changes.sameKey(row);
            if (!written && there.isEmpty()) {
                done.put(number, row);
                key.ifPresent(writtenKeys::add);
            } else if (conflict.isEmpty()) {
                return duplicate(row);
            } else if (conflict.get().update().isPresent()) {
                if (written) {
                    return affectedTwice();
                }
                waiting.put(number, there.orElseThrow());
                waitingKeys.add(key.orElseThrow());
            }
            return null;
        }

        /** Computes what the waiting rows become, of those for which the conflict's condition holds. */
        private void update() {
            if (waiting.isEmpty()) {
                return;
            }
            CompiledChange.Update update =
                    conflict.flatMap(CompiledChange.Conflict::update).orElseThrow();
            List<Integer> numbers = List.copyOf(waiting.keySet());
            Map<String, RowSource> pairs = Map.of(
                    StatementRows.existing(table).id(), numbered(List.copyOf(waiting.values())),
                    StatementRows.excluded(table).id(),
                            numbered(numbers.stream().map(proposed::get).toList()));
            List<Expression> replacement = withArguments(update.replacement());
            int column = update.rows().query().order().getFirst().column();
            for (Row row : rows(update.rows(), pairs)) {
                int number = numbers.get(((Long) Objects.requireNonNull(row.get(column))).intValue());
                writtenKeys.add(changes.keyOf(proposed.get(number)).orElseThrow());
                replaced.add(own(row));
                done.put(number, replacement(replacement, row));
            }
            waiting.clear();
            waitingKeys.clear();
        }
    }

    private void update(CompiledChange.Update update) {
        List<Expression> replacement = withArguments(update.replacement());
        List<Row> pairs = rows(update.rows(), Map.of());
        // As in Postgres, a value that cannot be assigned is an error also of a pair that does not count.
        update.joined().ifPresent(_ -> pairs.forEach(pair -> replacement(replacement, pair)));
        List<Row> rows = firstOfEach(pairs, update.joined());
        rows.forEach(row -> affected.add(replacement(replacement, row)));
        rows.forEach(row -> changes.delete(own(row)));
        affected.forEach(this::insertNew);
    }

    /** The new row that a row of an update's query gives. */
    private Row replacement(List<Expression> replacement, Row row) {
        Row fresh = OneTimeQueries.evaluated(replacement, row);
        MillraceException isNull = nullViolation(fresh);
        if (isNull != null) {
            throw isNull;
        }
        return fresh;
    }

    private void insertNew(Row fresh) {
        if (changes.sameKey(fresh).isPresent()) {
            throw duplicate(fresh);
        }
        changes.insert(fresh);
    }

    private void delete(CompiledChange.Delete delete) {
        for (Row row : firstOfEach(rows(delete.rows(), Map.of()), delete.joined())) {
            changes.delete(own(row));
            affected.add(own(row));
        }
    }

    /** Of the pairs that a row of the table is in the first, and notes what was paired; without other tables all rows. */
    private List<Row> firstOfEach(List<Row> pairs, Optional<CompiledChange.Joined> joined) {
        if (joined.isEmpty()) {
            return pairs;
        }
        pairs.sort(Row::compareExactly);
        Map<ExactRow, Row> first = new LinkedHashMap<>();
        pairs.forEach(pair -> first.putIfAbsent(new ExactRow(own(pair)), pair));
        List<Row> rows = new ArrayList<>();
        if (changes.key().isEmpty()) {
            // Each copy of a row is one by itself.
            Map<ExactRow, Integer> copies = new HashMap<>();
            changes.rows().forEach(row -> copies.merge(new ExactRow(row), 1, Integer::sum));
            first.forEach((row, pair) -> rows.addAll(Collections.nCopies(copies.getOrDefault(row, 0), pair)));
        } else {
            rows.addAll(first.values());
        }
        for (CompiledChange.JoinedTable other : joined.get().returned()) {
            int[] columns = IntStream.range(0, other.table().columns().size() - 1)
                    .map(column -> other.first() + column)
                    .toArray();
            returnable.put(
                    other.table().id(),
                    numbered(rows.stream().map(row -> row.project(columns)).toList()));
        }
        return rows;
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

    /** What is wrong with a row that has a null where there may be none. */
    private @Nullable MillraceException nullViolation(Row row) {
        for (int i = 0; i < row.size(); i++) {
            CatalogTable.Column column = table.columns().get(i);
            if (row.get(i) == null && !column.nullable()) {
                return new MillraceException(
                        ErrorCode.NOT_NULL_VIOLATION,
                        "null value in column \"" + column.name() + "\" of relation \"" + table.name()
                                + "\" violates not-null constraint");
            }
        }
        return null;
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
