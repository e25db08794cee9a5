package dev.millrace.testkit.oracle;

/**
 * A value of a query.
 *
 * @param bound the greatest absolute value of a number, so that nothing overflows unless it is meant to
 * @param exact whether Postgres's value is determined to the last digit, which is so unless it depends on the order of float additions
 */
record Expression(Sql sql, Type type, double bound, boolean exact) {
    static Expression of(Type type, double bound, Object... parts) {
        return new Expression(Sql.phrase(Sql.Kind.value(type), parts), type, bound, true);
    }

    static Expression condition(Object... parts) {
        return of(Type.BOOL, 0, parts);
    }
}
