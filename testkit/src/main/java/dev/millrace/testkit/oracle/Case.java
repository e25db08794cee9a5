package dev.millrace.testkit.oracle;

import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A query and how it is watched.
 *
 * @param from the transaction before which it is made live
 * @param again the transaction before which it is closed and made live anew; none if negative
 * @param twice whether it has two subscribers
 * @param arguments the values of its parameters, as texts; some may have been left out of the query
 */
record Case(Query query, Set<Feature> features, int from, int again, boolean twice, List<String> arguments) {
    private static final Pattern PARAMETER = Pattern.compile("\\$(\\d)");

    Case {
        arguments = List.copyOf(arguments);
    }

    /** With its parameters numbered in the order in which they stand. */
    String sql() {
        List<String> numbers = numbers();
        return PARAMETER
                .matcher(query.sql().toString())
                .replaceAll(found -> "\\$" + (numbers.indexOf(found.group(1)) + 1));
    }

    /** The values of those parameters. */
    Object[] given() {
        return numbers().stream().map(this::argument).toArray();
    }

    /** The query with the values in the place of the parameters. */
    String literal() {
        return PARAMETER
                .matcher(query.sql().toString())
                .replaceAll(found -> Matcher.quoteReplacement("'" + argument(found.group(1)) + "'"));
    }

    private String argument(String number) {
        return arguments.get(Integer.parseInt(number) - 1);
    }

    private List<String> numbers() {
        return PARAMETER
                .matcher(query.sql().toString())
                .results()
                .map(found -> found.group(1))
                .distinct()
                .toList();
    }

    Case with(Sql sql) {
        return new Case(new Query(sql, query.columns()), features, from, again, twice, arguments);
    }
}
