package dev.millrace.testkit.oracle;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

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
    ORDERED_SET,
    STATISTICS,
    BITS,
    JSON_AGGREGATE,
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
    ORDINALITY,
    ROWS_IN_SELECT,
    WINDOW,
    FRAME,
    ROW_COMPARISON,
    TEMPORAL,
    JSON,
    ARRAY,
    REGEX,
    SIMILAR,
    COLLATE,
    PARAMETER,
    /** Only when asked for, since what is drawn then depends on which functions there are. */
    ANY_FUNCTION,
    DATA_ERROR;

    /** Those of which queries are made unless others are asked for. */
    static Set<Feature> usual() {
        return EnumSet.complementOf(EnumSet.of(ANY_FUNCTION));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
