package dev.millrace.sql.statement;

import dev.millrace.dataflow.expression.Expression;
import dev.millrace.dataflow.row.ColumnType;
import dev.millrace.sql.catalog.CatalogTable;
import dev.millrace.sql.catalog.OwnTable;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A statement that changes rows of one table, ready to be carried out as often as one likes. */
public sealed interface CompiledChange {
    OwnTable table();

    /** What gives the rows of {@code RETURNING}; reads {@link StatementRows#affected}. */
    Optional<Part> returning();

    /** The types of {@code $1} and so on. */
    List<ColumnType> parameters();

    /** The queries in it. */
    Stream<Part> parts();

    /** The ids of the tables that it reads, beside rows of its own. */
    default Set<String> tables() {
        Set<String> tables = new HashSet<>();
        parts().forEach(part -> tables.addAll(part.query().tables()));
        tables.removeIf(StatementRows::isOwn);
        return tables;
    }

    /** The ids of the tables and views that its text leads to. */
    default Set<String> reads() {
        Set<String> reads = new HashSet<>();
        parts().forEach(part -> reads.addAll(part.query().reads()));
        reads.removeIf(StatementRows::isOwn);
        return reads;
    }

    /** Puts the rows of all sources into the table, in their order. */
    record Insert(
            OwnTable table,
            List<Source> sources,
            Optional<Conflict> conflict,
            Optional<Part> returning,
            List<ColumnType> parameters)
            implements CompiledChange {
        public Insert {
            sources = List.copyOf(sources);
            parameters = List.copyOf(parameters);
        }

        @Override
        public Stream<Part> parts() {
            return Stream.of(
                            sources.stream().flatMap(source -> source.query().stream()),
                            conflict.stream()
                                    .flatMap(found -> found.update().stream())
                                    .map(Update::rows),
                            returning.stream())
                    .flatMap(parts -> parts);
        }
    }

    /**
     * Where inserted rows come from.
     *
     * @param query nothing if there is one row, without columns
     * @param rows the table's rows that each row of the query stands for, by column
     */
    record Source(Optional<Part> query, List<List<Expression>> rows) {}

    /**
     * What becomes of a row whose key is there.
     *
     * @param update of pairs of {@link StatementRows#existing} and {@link StatementRows#excluded}; nothing if the row is passed over
     */
    record Conflict(Optional<Update> update) {}

    /**
     * The tables of {@code FROM} or {@code USING}, which the rows of a statement are found by. A row that is found with several of theirs is changed once, with the first by the columns
     * of the query that gives them.
     *
     * @param returned those that {@code RETURNING} may speak of
     */
    record Joined(List<JoinedTable> returned) {
        public Joined {
            returned = List.copyOf(returned);
        }
    }

    /**
     * A table of {@code FROM} or {@code USING}, as {@code RETURNING} reads it: with a number as its last column.
     *
     * @param first of the columns of the query that are its own
     */
    record JoinedTable(CatalogTable table, int first) {}

    /**
     * Replaces rows.
     *
     * @param rows gives the columns of those that are replaced, and after them what the new ones are computed from
     * @param joined what else it reads in pairs with them
     * @param replacement the new row's columns, over a row of that
     */
    record Update(
            OwnTable table,
            Part rows,
            Optional<Joined> joined,
            List<Expression> replacement,
            Optional<Part> returning,
            List<ColumnType> parameters)
            implements CompiledChange {
        public Update {
            replacement = List.copyOf(replacement);
            parameters = List.copyOf(parameters);
        }

        @Override
        public Stream<Part> parts() {
            return Stream.concat(Stream.of(rows), returning.stream());
        }
    }

    /**
     * Removes rows.
     *
     * @param rows gives the columns of those that are removed
     * @param joined what else it reads in pairs with them
     */
    record Delete(
            OwnTable table, Part rows, Optional<Joined> joined, Optional<Part> returning, List<ColumnType> parameters)
            implements CompiledChange {
        public Delete {
            parameters = List.copyOf(parameters);
        }

        @Override
        public Stream<Part> parts() {
            return Stream.concat(Stream.of(rows), returning.stream());
        }
    }
}
