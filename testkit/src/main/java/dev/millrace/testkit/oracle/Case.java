package dev.millrace.testkit.oracle;

import java.util.Set;

/**
 * A query and how it is watched.
 *
 * @param from the transaction before which it is made live
 * @param again the transaction before which it is closed and made live anew; none if negative
 * @param twice whether it has two subscribers
 */
record Case(Query query, Set<Feature> features, int from, int again, boolean twice) {
    String sql() {
        return query.sql().toString();
    }

    Case with(Sql sql) {
        return new Case(new Query(sql, query.columns()), features, from, again, twice);
    }
}
