package dev.millrace.bench.dataflow.live;

import dev.millrace.bench.dataflow.rows.Column;
import dev.millrace.bench.dataflow.rows.ColumnBatch;
import dev.millrace.bench.dataflow.rows.Relation;
import dev.millrace.dataflow.circuit.Circuit;
import dev.millrace.dataflow.circuit.TableInput;
import dev.millrace.dataflow.circuit.View;
import dev.millrace.dataflow.row.ColumnType;
import dev.millrace.dataflow.row.Row;
import dev.millrace.sql.SqlCompiler;
import dev.millrace.sql.catalog.Catalog;
import dev.millrace.sql.catalog.CatalogTable;
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

    private final Circuit circuit = new Circuit();
    private final Catalog catalog;
    private final Map<String, TableInput> tables = new HashMap<>();

    /** No queries yet, over relations that are still empty. */
    public LiveSql(List<Relation> relations) {
        catalog = new Catalog(relations.stream().map(LiveSql::table).toList());
        for (CatalogTable table : catalog.tables()) {
            tables.put(table.name(), circuit.createTable(table.id(), table.rowTypes(), table.key()));
        }
    }

    /** From the text to a query that is kept up to date, with its result so far. */
    public Query install(String sql) {
        return new Query(circuit.install(SqlCompiler.compile(sql, catalog).plan()));
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
        TableInput table = tables.get(relation.name());
        if (table == null) {
            throw new IllegalArgumentException("no relation '" + relation.name() + "'");
        }
        return new Input(table);
    }

    /** The way into one relation. What is appended takes effect with the next {@link #step}. */
    public static final class Input {
        private final TableInput table;

        private Input(TableInput table) {
            this.table = table;
        }

        /** Adds the rows of a batch. */
        public void append(ColumnBatch batch) {
            append(batch, 0, batch.size());
        }

        /** Adds the rows of a batch from one position to before another. */
        public void append(ColumnBatch batch, int from, int to) {
            for (int position = from; position < to; position++) {
                table.insert(row(batch, position));
            }
        }
    }

    /** Brings all queries up to date. */
    public void step() {
        List<View> failed = circuit.step().failed();
        if (!failed.isEmpty()) {
            throw new IllegalStateException("a query stopped", failed.getFirst().failure());
        }
    }

    private static Row row(ColumnBatch batch, int position) {
        @Nullable Object[] values = new Object[batch.columns().size()];
        for (int column = 0; column < values.length; column++) {
            values[column] = switch (batch.columns().get(column)) {
                case Column.Longs longs -> longs.values()[position];
                case Column.Ints ints -> ints.values()[position];
                case Column.Texts texts -> texts.values()[position];
            };
        }
        return Row.owning(values);
    }

    private static CatalogTable table(Relation relation) {
        List<CatalogTable.Column> columns = relation.fields().stream()
                .map(field -> new CatalogTable.Column(
                        field.name(), field.type().sqlName(), Optional.of(ColumnType.of(field.type())), false))
                .toList();
        return new CatalogTable(SOURCE, Catalog.DEFAULT_SCHEMA, relation.name(), columns, relation.key());
    }
}
