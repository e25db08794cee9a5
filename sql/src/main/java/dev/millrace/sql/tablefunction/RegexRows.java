package dev.millrace.sql.tablefunction;

import dev.millrace.dataflow.expression.TableFunction;
import dev.millrace.dataflow.row.Row;
import dev.millrace.sql.function.RegexFunctions;
import dev.millrace.sql.function.RegexSearch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the groups of a regular expression capture, of the first match or with the option g of each, or what stands between the matches. None if an argument is NULL.
 *
 * @param split whether it is what stands between
 */
record RegexRows(boolean split) implements TableFunction {
    @Override
    public String name() {
        return split ? "regexp_split_to_table" : "regexp_matches";
    }

    @Override
    public void expand(@Nullable Object[] arguments, Consumer<Row> rows) {
        @Nullable Object options = arguments.length > 2 ? arguments[2] : "";
        if (!(arguments[0] instanceof String text)
                || !(arguments[1] instanceof String expression)
                || !(options instanceof String letters)) {
            return;
        }
        if (split) {
            RegexFunctions.parts(RegexSearch.ofOne(name(), text, expression, letters))
                    .forEach(part -> rows.accept(Row.of(part)));
            return;
        }
        RegexSearch search = RegexSearch.of(text, expression, letters);
        search.each(0, match -> {
            rows.accept(Row.of(RegexFunctions.captured(search, match)));
            return search.global();
        });
    }
}
