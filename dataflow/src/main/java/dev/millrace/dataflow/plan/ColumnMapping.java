package dev.millrace.dataflow.plan;

import dev.millrace.dataflow.expression.Expression;
import java.util.BitSet;
import java.util.List;

/** Where the columns of an expression's input are, and where they go when that input changes. */
public final class ColumnMapping {
    private ColumnMapping() {}

    /** The columns that any of these expressions reads. */
    static BitSet columnsOf(List<Expression> expressions) {
        BitSet columns = new BitSet();
        expressions.forEach(expression -> expression.columns().forEach(columns::set));
        return columns;
    }

    /** The expression with each column replaced by the one that stands at its index here. */
    public static Expression replace(Expression expression, List<? extends Expression> columns) {
        return expression.replacingLeaves(
                leaf -> leaf instanceof Expression.Column column ? columns.get(column.index()) : leaf);
    }

    /** As {@link #replace}, of each. */
    public static List<Expression> replaceAll(List<Expression> expressions, List<? extends Expression> columns) {
        return expressions.stream()
                .map(expression -> replace(expression, columns))
                .toList();
    }
}
