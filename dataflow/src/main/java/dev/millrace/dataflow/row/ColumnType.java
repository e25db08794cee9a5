package dev.millrace.dataflow.row;

import java.util.Optional;

/**
 * A type with its modifiers. {@code precision} is the declared number of digits of a numeric or of characters of a char(n) or
 * varchar(n), {@code scale} the declared scale of a numeric; both are {@link #UNDECLARED} where nothing was declared. {@code labels} is the enum type of an
 * enum or an array of them; nothing where it is not known which one.
 */
public record ColumnType(DataType type, int precision, int scale, Optional<EnumType> labels) {
    public static final int UNDECLARED = -1;

    public static ColumnType of(DataType type) {
        return new ColumnType(type, UNDECLARED, UNDECLARED, Optional.empty());
    }

    public static ColumnType character(DataType type, int length) {
        return new ColumnType(type, length, UNDECLARED, Optional.empty());
    }

    public static ColumnType numeric(int precision, int scale) {
        return new ColumnType(DataType.NUMERIC, precision, scale, Optional.empty());
    }

    /** An enum type, or arrays of its values. */
    public static ColumnType labelled(DataType type, EnumType labels) {
        return new ColumnType(type, UNDECLARED, UNDECLARED, Optional.of(labels));
    }

    /** The type of an array's elements; what is declared of it is declared of them. */
    public ColumnType element() {
        return new ColumnType(type.element(), precision, scale, labels);
    }

    @Override
    public String toString() {
        if (labels.isPresent()) {
            return (type.isArray() ? "_" : "") + labels.get();
        }
        if (precision == UNDECLARED) {
            return type.sqlName();
        }
        if (type == DataType.TEXT) {
            return "varchar(" + precision + ")";
        }
        return type.sqlName() + (scale == UNDECLARED ? "(" + precision + ")" : "(" + precision + "," + scale + ")");
    }
}
