package dev.millrace.dataflow.code;

import dev.millrace.dataflow.row.DataType;

/** Where the code of one row finds the value of a column. */
sealed interface Operand {
    DataType type();

    /**
     * In an input store.
     *
     * @param slot the local variable with the row's slot; negative for a row of nulls, if it may be one
     */
    record Input(Emitter.ColumnAccess column, int slot, boolean mayMiss) implements Operand {
        @Override
        public DataType type() {
            return column.type();
        }
    }

    /** In a local variable, since it was computed; a second one is 1 if the value is NULL. */
    record Computed(DataType type, int value, int isNull) implements Operand {}

    /** In the frame of a program of several methods: elements of two arrays, in local variables. */
    record Framed(DataType type, int values, int objects, int index) implements Operand {}

    /** Nowhere, since nothing reads it. */
    record Unread(DataType type) implements Operand {}
}
