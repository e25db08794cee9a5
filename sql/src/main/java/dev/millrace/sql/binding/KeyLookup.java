package dev.millrace.sql.binding;

import dev.millrace.dataflow.expression.Expression;
import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Row;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the key of the only row that a filter over a keyed table can let through: each of the key's columns is equal to a constant. */
public final class KeyLookup {
    private KeyLookup() {}

    /**
     * The key's values, if the condition says them.
     *
     * @param key the columns that identify a row
     */
    public static Optional<Row> of(Plan.Filter filter, List<Integer> key) {
        if (key.isEmpty()) {
            return Optional.empty();
        }
        List<DataType> types = filter.input().types();
        List<Equality> equalities = Selection.conjuncts(filter.condition()).stream()
                .flatMap(conjunct -> Equality.of(conjunct).stream())
                .toList();
        @Nullable Object[] values = new Object[key.size()];
        for (int i = 0; i < values.length; i++) {
            int column = key.get(i);
            values[i] = equalities.stream()
                    .filter(equality -> equality.column().columns().contains(column))
                    .flatMap(equality -> value(equality, types.get(column)).stream())
                    .findFirst()
                    .orElse(null);
            if (values[i] == null) {
                return Optional.empty();
            }
        }
        return Optional.of(Row.owning(values));
    }

    /** The constant as a value of the column's type; an integer that fits may be of another width. */
    private static Optional<Object> value(Equality equality, DataType type) {
        if (!(equality.value() instanceof Expression.Literal(Object value, DataType ignored)) || value == null) {
            return Optional.empty();
        }
        if (equality.value().type() == type && equality.column() instanceof Expression.Column) {
            return Optional.of(value);
        }
        if (!(value instanceof Long wide)) {
            return Optional.empty();
        }
        return switch (type) {
            case INT2 -> wide == wide.shortValue() ? Optional.of(wide.shortValue()) : Optional.empty();
            case INT4 -> wide == wide.intValue() ? Optional.of(wide.intValue()) : Optional.empty();
            default -> Optional.empty();
        };
    }
}
