package dev.millrace.bench.live;

import dev.millrace.bench.rows.Column;
import dev.millrace.bench.rows.ColumnBatch;
import dev.millrace.bench.rows.Content;
import dev.millrace.bench.rows.Relation;
import dev.millrace.dataflow.circuit.Circuit;
import dev.millrace.dataflow.circuit.StepResult;
import dev.millrace.dataflow.circuit.TableInput;
import dev.millrace.dataflow.circuit.View;
import dev.millrace.dataflow.operator.Sharding;
import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.row.ColumnType;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Decimal;
import dev.millrace.dataflow.row.Row;
import dev.millrace.sql.SqlCompiler;
import dev.millrace.sql.binding.BoundPlan;
import dev.millrace.sql.binding.PlanBinder;
import dev.millrace.sql.binding.Template;
import dev.millrace.sql.catalog.Catalog;
import dev.millrace.sql.catalog.CatalogTable;
import dev.millrace.sql.clock.ClockPlans;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A circuit with live queries over relations, of which those without a key are streams. All that the benchmarks know of the engine is
 * here. Used by one thread.
 */
public final class LiveSql {
    private static final String SOURCE = "bench";

    private final Circuit circuit;
    private final Catalog catalog;
    private final Map<String, Input> inputs = new HashMap<>();
    private long bound;

    /** No queries yet, over relations that are still empty. Nothing is split into shards. */
    public LiveSql(List<Relation> relations) {
        this(relations, 1);
    }

    /** The same, with shards for this many threads, which work on large batches together. */
    public LiveSql(List<Relation> relations, int threads) {
        circuit = new Circuit(Sharding.ofThreads(threads));
        catalog = new Catalog(relations.stream().map(LiveSql::table).toList());
        for (CatalogTable table : catalog.tables()) {
            inputs.put(
                    table.name(),
                    table.key().isEmpty()
                            ? new Input(circuit.createStream(table.id(), table.rowTypes())::insert, null)
                            : tableInput(circuit.createTable(table.id(), table.rowTypes(), table.key())));
        }
    }

    private static Input tableInput(TableInput table) {
        return new Input(table::insert, table);
    }

    /** From the text to a query that is kept up to date, with its result so far. */
    public Query install(String sql) {
        return new Query(circuit.install(
                ClockPlans.live(SqlCompiler.compile(sql, catalog).plan())));
    }

    /** As {@link #install}, but only the changes of the result are made, and its rows are not kept. */
    public Query installChanges(String sql) {
        return new Query(
                circuit.installChanges(SqlCompiler.compile(sql, catalog).plan()));
    }

    /**
     * A query with parameters, as one circuit for all values that they are given.
     *
     * @throws IllegalArgumentException if it needs a circuit for each
     */
    public Bound installForAll(String sql) {
        Template template = Template.of(SqlCompiler.compile(sql, catalog).plan());
        return switch (PlanBinder.bind(template.plan(), template.types(), BoundPlan.tableId(++bound))) {
            case BoundPlan.Apart apart -> throw new IllegalArgumentException(apart.reason());
            case BoundPlan.Shared shared -> {
                Plan.Table table = shared.bindings();
                TableInput bindings = circuit.createTable(table.id(), table.types(), List.of(0));
                yield new Bound(bindings, circuit.install(shared.plan(), List.of(shared.binding())));
            }
        };
    }

    /** A query that is live for several values of its parameters. */
    public static final class Bound {
        private final TableInput bindings;
        private final View view;
        private long last;

        private Bound(TableInput bindings, View view) {
            this.bindings = bindings;
            this.view = view;
        }

        /** Makes it live for these values, with the next step. */
        public void bind(Row values) {
            bindings.insert(Row.of(++last).concat(values));
        }

        /** The number of rows of all results. */
        public long size() {
            return view.size();
        }
    }

    /** The memory of the engine's state by its own account, in bytes. */
    public long stateBytes() {
        return circuit.memoryBytes();
    }

    /** How long it took to generate code so far, in nanoseconds. */
    public long generationNanos() {
        return circuit.generationNanos();
    }

    /** An installed query. */
    public final class Query implements AutoCloseable {
        private final View view;

        private Query(View view) {
            this.view = view;
        }

        /** The number of rows of the result. */
        public long size() {
            return view.size();
        }

        /** The rows of the result, in no order. */
        public List<Row> rows() {
            return view.rows();
        }

        /** What the result consists of. */
        public Content content() {
            List<DataType> types = view.plan().types();
            Content content = Content.NONE;
            for (Row row : view.rows()) {
                List<@Nullable Object> values = new ArrayList<>();
                for (int column = 0; column < row.size(); column++) {
                    values.add(ofJava(types.get(column), row.get(column)));
                }
                content = content.with(values, 1);
            }
            return content;
        }

        private static @Nullable Object ofJava(DataType type, @Nullable Object value) {
            return switch (value) {
                case null -> null;
                case Decimal number -> number.value();
                case Integer days when type == DataType.DATE -> LocalDate.ofEpochDay(days);
                case Long micros
                when type == DataType.TIMESTAMP ->
                    LocalDateTime.ofEpochSecond(
                            Math.floorDiv(micros, 1_000_000),
                            (int) Math.floorMod(micros, 1_000_000L) * 1_000,
                            ZoneOffset.UTC);
                default -> value;
            };
        }

        /** The query is not kept up to date any more. */
        @Override
        public void close() {
            circuit.release(view);
        }
    }

    /**
     * Where the rows of a relation go in.
     *
     * @throws IllegalArgumentException if this relation is not among those it was made with
     */
    public Input input(Relation relation) {
        Input input = inputs.get(relation.name());
        if (input == null) {
            throw new IllegalArgumentException("no relation '" + relation.name() + "'");
        }
        return input;
    }

    /** Takes rows column by column. */
    @FunctionalInterface
    private interface Columns {
        void insert(int count, List<?> columns);
    }

    /** The way into one relation. What is appended takes effect with the next {@link #step}. */
    public static final class Input {
        private final Columns rows;
        private final @Nullable TableInput table;

        private Input(Columns rows, @Nullable TableInput table) {
            this.rows = rows;
            this.table = table;
        }

        /**
         * Adds a row.
         *
         * @throws IllegalStateException if it is not a table with a key
         */
        public void insert(Row row) {
            table().insert(row);
        }

        /**
         * Takes away the row of this key.
         *
         * @throws IllegalStateException if it is not a table with a key
         */
        public void delete(Row key) {
            table().delete(key);
        }

        private TableInput table() {
            if (table == null) {
                throw new IllegalStateException("single rows are changed in tables with keys only");
            }
            return table;
        }

        /** Adds the rows of a batch. */
        public void append(ColumnBatch batch) {
            rows.insert(batch.size(), arrays(batch));
        }

        /** Adds the rows of a batch from one position to before another. */
        public void append(ColumnBatch batch, int from, int to) {
            if (from == 0 && to == batch.size()) {
                append(batch);
                return;
            }
            List<Object> part = new ArrayList<>();
            for (Column column : batch.columns()) {
                part.add(
                        switch (column) {
                            case Column.Longs longs -> Arrays.copyOfRange(longs.values(), from, to);
                            case Column.Ints ints -> Arrays.copyOfRange(ints.values(), from, to);
                            case Column.Texts texts -> Arrays.copyOfRange(texts.values(), from, to);
                            case Column.Timestamps timestamps -> Arrays.copyOfRange(timestamps.values(), from, to);
                        });
            }
            rows.insert(to - from, part);
        }

        private static List<Object> arrays(ColumnBatch batch) {
            List<Object> arrays = new ArrayList<>();
            for (Column column : batch.columns()) {
                arrays.add(
                        switch (column) {
                            case Column.Longs longs -> longs.values();
                            case Column.Ints ints -> ints.values();
                            case Column.Texts texts -> texts.values();
                            case Column.Timestamps timestamps -> timestamps.values();
                        });
            }
            return arrays;
        }
    }

    /** Brings all queries up to date. */
    public void step() {
        requireRunning(circuit.step());
    }

    /** As {@link #step()}, at this time, in microseconds since 1970. */
    public void step(long now) {
        requireRunning(circuit.step(now));
    }

    private static void requireRunning(StepResult result) {
        if (!result.failed().isEmpty()) {
            throw new IllegalStateException(
                    "a query stopped", result.failed().getFirst().failure());
        }
        if (!result.turned().isEmpty()) {
            throw new IllegalStateException(
                    "a query has no result: " + result.turned().getFirst().error());
        }
    }

    private static CatalogTable table(Relation relation) {
        List<CatalogTable.Column> columns = relation.fields().stream()
                .map(field -> new CatalogTable.Column(
                        field.name(), field.type().sqlName(), Optional.of(ColumnType.of(field.type())), false))
                .toList();
        return new CatalogTable(SOURCE, Catalog.DEFAULT_SCHEMA, relation.name(), columns, relation.key());
    }
}
