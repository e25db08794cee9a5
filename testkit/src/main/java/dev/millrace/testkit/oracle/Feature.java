package dev.millrace.testkit.oracle;

import java.util.Locale;

/** What a random query may use beside columns, literals and operators. */
public enum Feature {
    CASE,
    FUNCTION,
    CAST,
    LIKE,
    BETWEEN,
    IN_LIST,
    THREE_VALUED,
    INNER_JOIN,
    LEFT_JOIN,
    RIGHT_JOIN,
    FULL_JOIN,
    CROSS_JOIN,
    NATURAL_JOIN,
    USING,
    SELF_JOIN,
    DERIVED_TABLE,
    LATERAL,
    EXISTS,
    IN_SUBQUERY,
    QUANTIFIED,
    SCALAR_SUBQUERY,
    CORRELATED,
    AGGREGATE,
    GROUP_BY,
    HAVING,
    DISTINCT_AGGREGATE,
    FILTER,
    ORDERED_AGGREGATE,
    GROUPING_SETS,
    DISTINCT,
    DISTINCT_ON,
    LIMIT,
    UNION,
    INTERSECT,
    EXCEPT,
    CTE,
    RECURSION,
    VALUES,
    TABLE_FUNCTION,
    WINDOW,
    FRAME,
    ROW_COMPARISON,
    TEMPORAL,
    JSON,
    ARRAY,
    REGEX,
    PARAMETER,
    ANY_FUNCTION,
    DATA_ERROR;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
