package dev.millrace.bench.rows;

import dev.millrace.dataflow.row.DataType;

/** The values of one column in one batch; none is null. The arrays are shared by all contestants, and read only. */
public sealed interface Column {
    DataType type();

    int size();

    /** Of type {@code int8}. */
    record Longs(long[] values) implements Column {
        @Override
        public DataType type() {
            return DataType.INT8;
        }

        @Override
        public int size() {
            return values.length;
        }
    }

    /** Of type {@code int4}. */
    record Ints(int[] values) implements Column {
        @Override
        public DataType type() {
            return DataType.INT4;
        }

        @Override
        public int size() {
            return values.length;
        }
    }

    /** Of type {@code text}. */
    record Texts(String[] values) implements Column {
        @Override
        public DataType type() {
            return DataType.TEXT;
        }

        @Override
        public int size() {
            return values.length;
        }
    }

    /** Of type {@code timestamp}, in microseconds since 1970. */
    record Timestamps(long[] values) implements Column {
        @Override
        public DataType type() {
            return DataType.TIMESTAMP;
        }

        @Override
        public int size() {
            return values.length;
        }
    }
}
