package dev.millrace.testkit.oracle;

import java.util.ArrayList;
import java.util.List;

/**
 * What an expression may name.
 *
 * @param here the columns of the query's own FROM; above a grouping its keys and aggregates
 * @param outer the columns of the queries around it
 * @param below what a sub-query may name of this query
 */
record Scope(List<Expression> here, List<Expression> outer, List<Expression> below) {
    /** The scope of a query with these columns in its FROM. */
    static Scope of(List<Expression> columns, List<Expression> outer) {
        List<Expression> below = new ArrayList<>(outer);
        below.addAll(columns);
        return new Scope(columns, outer, below);
    }

    /** The scope above a grouping, of which sub-queries name nothing. */
    static Scope grouped(List<Expression> keys, List<Expression> aggregates) {
        List<Expression> here = new ArrayList<>(keys);
        here.addAll(aggregates);
        return new Scope(here, List.of(), List.of());
    }
}
