package dev.millrace.dataflow.row;

/**
 * A type with its modifiers. {@code precision} is the declared number of digits of a numeric or of characters of a char(n) or
 * varchar(n), {@code scale} the declared scale of a numeric; both are {@link #UNDECLARED} where nothing was declared.
 */
public record ColumnType(DataType type, int precision, int scale) {
    public static final int UNDECLARED = -1;

    public static ColumnType of(DataType type) {
        return new ColumnType(type, UNDECLARED, UNDECLARED);
    }

    public static ColumnType character(DataType type, int length) {
        return new ColumnType(type, length, UNDECLARED);
    }

    public static ColumnType numeric(int precision, int scale) {
        return new ColumnType(DataType.NUMERIC, precision, scale);
    }

    @Override
    public String toString() {
        if (precision == UNDECLARED) {
            return type.sqlName();
        }
        if (type == DataType.TEXT) {
            return "varchar(" + precision + ")";
        }
        return type.sqlName() + (scale == UNDECLARED ? "(" + precision + ")" : "(" + precision + "," + scale + ")");
    }
}
