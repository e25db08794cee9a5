package dev.millrace.sql.type;

import dev.millrace.dataflow.row.DataType;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.AbstractSqlType;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * A type of Postgres's that the planner has none for, or one that means something else there. It only carries such types along: what can be done with their values is what
 * {@link dev.millrace.sql.function} says.
 */
public final class EngineType extends AbstractSqlType {
    /** One of which the planner knows no literals and no rules; where it lists all names it does not know OTHER. */
    public static final SqlTypeName NAME = SqlTypeName.GEOMETRY;

    private final DataType type;

    EngineType(DataType type, boolean nullable) {
        super(NAME, nullable, null);
        this.type = type;
        computeDigest();
    }

    DataType type() {
        return type;
    }

    /** Whether the validator is to leave conversions from or to a type to the compiler. */
    public static boolean isOne(RelDataType type) {
        return type instanceof EngineType;
    }

    /** The type's name in a query. */
    public static String nameOf(RelDataType type) {
        return ((EngineType) type).type.sqlName();
    }

    @Override
    protected void generateTypeString(StringBuilder text, boolean withDetail) {
        text.append(type.sqlName());
    }
}
