package dev.millrace.sql.type;

import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.EnumType;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.AbstractSqlType;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * A type of Postgres's that the planner has none for, or one that means something else there. It only carries such types along: what can be done with their values is what
 * {@link dev.millrace.sql.function} says.
 */
public final class EngineType extends AbstractSqlType {
    /** One of which the planner knows no literals and no rules; where it lists all names it does not know OTHER. */
    public static final SqlTypeName NAME = SqlTypeName.GEOMETRY;

    private final DataType type;
    private final @Nullable EnumType labels;

    EngineType(DataType type, boolean nullable) {
        this(type, null, nullable);
    }

    private EngineType(DataType type, @Nullable EnumType labels, boolean nullable) {
        super(NAME, nullable, null);
        this.type = type;
        this.labels = labels;
        computeDigest();
    }

    /** An enum type. */
    public static EngineType of(EnumType labels) {
        return new EngineType(DataType.ENUM, labels, false);
    }

    EngineType withNullability(boolean nullable) {
        return new EngineType(type, labels, nullable);
    }

    Optional<EnumType> labels() {
        return Optional.ofNullable(labels);
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
        EngineType known = (EngineType) type;
        return known.labels == null ? known.type.sqlName() : nameOf(known.labels);
    }

    /** The name that an enum type has beside that in its source, and shares with no other type. */
    public static String nameOf(EnumType labels) {
        return labels.name() + " #" + labels.id();
    }

    /** Whether a value needs no cast, in an array too, where the planner has no name for the target: NULL or not makes no difference. */
    @Override
    public boolean equalsSansFieldNames(@Nullable RelDataType other) {
        return other instanceof EngineType known && withNullability(true).equals(known.withNullability(true));
    }

    @Override
    protected void generateTypeString(StringBuilder text, boolean withDetail) {
        text.append(nameOf(this));
    }
}
