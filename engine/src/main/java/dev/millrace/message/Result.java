package dev.millrace.message;

import dev.millrace.connector.Position;
import java.util.List;

/**
 * A query's whole result at one moment.
 *
 * @param rows in the query's order if it has one
 * @param consistent whether all sources the query reads are at {@code position} and connected; otherwise the result is right as of that
 *     position but the source may have moved on unseen
 */
public record Result(ResultSchema schema, List<ResultRow> rows, long epoch, Position position, boolean consistent) {
    public Result {
        rows = List.copyOf(rows);
    }
}
