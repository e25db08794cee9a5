package dev.millrace.bench.flink;

import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.factories.DynamicTableSinkFactory;
import org.apache.flink.table.factories.DynamicTableSourceFactory;
import org.apache.flink.table.factories.FactoryUtil;

/** The connector {@code millrace-bench}: tables that read a relation of a {@link FlinkRun}, or take its result. Found by Flink. */
public final class BatchTableFactory implements DynamicTableSourceFactory, DynamicTableSinkFactory {
    static final String CONNECTOR = "millrace-bench";
    static final ConfigOption<String> RUN =
            ConfigOptions.key("run").stringType().noDefaultValue();

    /** Made by Flink. */
    public BatchTableFactory() {}

    @Override
    public String factoryIdentifier() {
        return CONNECTOR;
    }

    @Override
    public Set<ConfigOption<?>> requiredOptions() {
        return Set.of(RUN);
    }

    @Override
    public Set<ConfigOption<?>> optionalOptions() {
        return Set.of();
    }

    @Override
    public DynamicTableSource createDynamicTableSource(Context context) {
        return new BatchTableSource(run(context), context.getObjectIdentifier().getObjectName());
    }

    @Override
    public DynamicTableSink createDynamicTableSink(Context context) {
        return new ResultTableSink(run(context), context.getPhysicalRowDataType());
    }

    private String run(Context context) {
        var helper = FactoryUtil.createTableFactoryHelper(this, context);
        helper.validate();
        return helper.getOptions().get(RUN);
    }
}
