package dev.millrace.dataflow.code;

import dev.millrace.dataflow.store.RowReader;
import dev.millrace.dataflow.store.RowWriter;
import dev.millrace.dataflow.store.Store;

/** The binary form of a layout's rows, as {@link RowWriter} describes it. Without state. */
public abstract class RowCodec {
    /** For generated code. */
    protected RowCodec() {}

    public abstract void encode(Store rows, int position, RowWriter writer);

    /** Writes the next row's values into a new row, which was allocated. */
    public abstract void decode(RowReader reader, Store rows, int position);
}
