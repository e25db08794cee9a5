package dev.millrace.testkit.oracle;

import java.util.List;

/** A named column of a table or a query; bound and exactness as in {@link Expression}. */
record Column(String name, Type type, double bound, boolean exact) {
    Expression of(String alias) {
        Sql reference = Sql.phrase(Sql.Kind.value(type), alias + "." + name);
        return new Expression(reference, type, bound, exact);
    }

    static List<Expression> of(String alias, List<Column> columns) {
        return columns.stream().map(column -> column.of(alias)).toList();
    }
}
