package dev.millrace.bench.flink;

import java.util.List;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.jspecify.annotations.Nullable;

/** The one split of a source that is not divided; its one reader knows what to read without being given it. */
record WholeSplit() implements SourceSplit {
    @Override
    public String splitId() {
        return "whole";
    }

    /** Gives nothing to anybody. */
    static final class Enumerator implements SplitEnumerator<WholeSplit, WholeSplit> {
        @Override
        public void start() {}

        @Override
        public void handleSplitRequest(int subtask, @Nullable String host) {}

        @Override
        public void addSplitsBack(List<WholeSplit> splits, int subtask) {}

        @Override
        public void addReader(int subtask) {}

        @Override
        public WholeSplit snapshotState(long checkpoint) {
            return new WholeSplit();
        }

        @Override
        public void close() {}
    }

    /** No bytes. */
    static final class Serializer implements SimpleVersionedSerializer<WholeSplit> {
        @Override
        public int getVersion() {
            return 1;
        }

        @Override
        public byte[] serialize(WholeSplit split) {
            return new byte[0];
        }

        @Override
        public WholeSplit deserialize(int version, byte[] bytes) {
            return new WholeSplit();
        }
    }
}
