package dev.millrace.sql.statement;

import dev.millrace.sql.compile.CompiledQuery;
import java.util.List;

/**
 * A query within a statement.
 *
 * @param parameters of each of its parameters, which of the statement's it is, from 0
 */
public record Part(CompiledQuery query, List<Integer> parameters) {
    public Part {
        parameters = List.copyOf(parameters);
    }
}
