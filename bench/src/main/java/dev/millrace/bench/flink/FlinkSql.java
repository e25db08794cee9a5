package dev.millrace.bench.flink;

import dev.millrace.bench.rows.Query;
import dev.millrace.bench.rows.Relation;
import dev.millrace.dataflow.row.DataType;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.Table;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.api.config.ExecutionConfigOptions;

/** Runs queries as jobs of Flink SQL, in a cluster within this process. */
final class FlinkSql {
    /** More than the best of all groups: by default Flink would go to its state for most of them. */
    private static final long RANKED_ROWS_CACHED = 1_000_000;

    private FlinkSql() {}

    /**
     * Runs the query over all of its rows.
     *
     * @param readsContent whether to read the result, and not only count it
     * @throws Exception what Flink says
     */
    @SuppressWarnings("try") // that closing can be interrupted is among what is thrown here
    static Finished run(FlinkInput input, MiniBatch miniBatch, boolean readsContent) throws Exception {
        Query query = input.query();
        try (FlinkRun run = FlinkRun.of(input, readsContent);
                StreamExecutionEnvironment environment =
                        StreamExecutionEnvironment.createLocalEnvironment(1, configuration(miniBatch))) {
            StreamTableEnvironment tables = StreamTableEnvironment.create(environment);
            for (Relation relation : query.relations()) {
                tables.executeSql(createTable(relation, run));
            }
            Table result = tables.sqlQuery(query.flinkSql());
            tables.executeSql(createSink(result, run));
            result.insertInto("result").execute().await();
            return new Finished(query.rows() * 1e9 / run.nanos(), run.content());
        }
    }

    private static Configuration configuration(MiniBatch miniBatch) {
        Configuration configuration = new Configuration();
        configuration.set(ExecutionOptions.RUNTIME_MODE, RuntimeExecutionMode.STREAMING);
        configuration.set(StateBackendOptions.STATE_BACKEND, "hashmap");
        configuration.set(PipelineOptions.OBJECT_REUSE, true);
        configuration.set(PipelineOptions.AUTO_WATERMARK_INTERVAL, Duration.ZERO);
        configuration.set(ExecutionConfigOptions.TABLE_EXEC_RANK_TOPN_CACHE_SIZE, RANKED_ROWS_CACHED);
        if (miniBatch == MiniBatch.ON) {
            configuration.set(ExecutionConfigOptions.TABLE_EXEC_MINIBATCH_ENABLED, true);
            configuration.set(ExecutionConfigOptions.TABLE_EXEC_MINIBATCH_ALLOW_LATENCY, Duration.ofSeconds(1));
            configuration.set(ExecutionConfigOptions.TABLE_EXEC_MINIBATCH_SIZE, (long) Relation.BATCH_ROWS);
        }
        return configuration;
    }

    private static String createTable(Relation relation, FlinkRun run) {
        List<Relation.Field> fields = relation.fields();
        String columns = fields.stream()
                .map(field -> "`" + field.name() + "` " + sqlType(field.type()) + " NOT NULL")
                .collect(Collectors.joining(", "));
        String key = relation.key().isEmpty()
                ? ""
                : relation.key().stream()
                        .map(column -> "`" + fields.get(column).name() + "`")
                        .collect(Collectors.joining(", ", ", PRIMARY KEY (", ") NOT ENFORCED"));
        return create(relation.name(), columns + key, run);
    }

    private static String createSink(Table result, FlinkRun run) {
        String columns = result.getResolvedSchema().getColumns().stream()
                .map(column -> "`" + column.getName() + "` "
                        // Nullable, or Flink would check each row.
                        + column.getDataType().getLogicalType().copy(true).asSerializableString())
                .collect(Collectors.joining(", "));
        return create("result", columns, run);
    }

    private static String create(String table, String columns, FlinkRun run) {
        return "CREATE TEMPORARY TABLE `" + table + "` (" + columns + ") WITH ('connector' = '"
                + BatchTableFactory.CONNECTOR + "', '" + BatchTableFactory.RUN.key() + "' = '" + run.id() + "')";
    }

    private static String sqlType(DataType type) {
        return switch (type) {
            case INT8 -> "BIGINT";
            case INT4 -> "INT";
            case TEXT -> "STRING";
            case TIMESTAMP -> "TIMESTAMP(3)";
            default -> throw new IllegalArgumentException("no column has type " + type);
        };
    }
}
