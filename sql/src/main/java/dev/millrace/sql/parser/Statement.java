package dev.millrace.sql.parser;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A statement: one that changes what the database knows or what its own tables hold, or asks for rows. Queries and expressions in it are parts of its text, which the parser of queries
 * reads.
 */
public sealed interface Statement {
    /** {@code CREATE SOURCE name FROM connector (key = 'value', …)}; keys and the connector's type are folded to one case. */
    record CreateSource(String name, String connector, Map<String, String> options) implements Statement {
        public CreateSource {
            options = Map.copyOf(options);
        }
    }

    /** {@code DROP SOURCE [IF EXISTS] name}. */
    record DropSource(String name, boolean ifExists) implements Statement {}

    /**
     * {@code CREATE TABLE [IF NOT EXISTS] name (column, …)}.
     *
     * @param key the primary key's columns; empty if there is none
     */
    record CreateTable(
            SourceText source, RelationName name, boolean ifNotExists, List<TableColumn> columns, List<Name> key)
            implements Statement {
        public CreateTable {
            columns = List.copyOf(columns);
            key = List.copyOf(key);
        }
    }

    /**
     * A column of a new table.
     *
     * @param type a query whose only column is NULL of the column's type
     * @param initial the expression that stands for a value that is not given
     */
    record TableColumn(Name name, SourceText type, boolean notNull, Optional<SourceText> initial) {}

    /** {@code DROP TABLE [IF EXISTS] name, … [CASCADE | RESTRICT]}. */
    record DropTable(SourceText source, List<RelationName> names, boolean ifExists, boolean cascade)
            implements Statement {
        public DropTable {
            names = List.copyOf(names);
        }
    }

    /**
     * {@code CREATE [OR REPLACE] VIEW name [(column, …)] AS query}, or {@code CREATE MATERIALIZED VIEW [IF NOT EXISTS] …}.
     *
     * @param columns the names of its first columns, if not the query's
     */
    record CreateView(
            SourceText source,
            RelationName name,
            boolean materialized,
            boolean orReplace,
            boolean ifNotExists,
            List<Name> columns,
            SourceText query)
            implements Statement {
        public CreateView {
            columns = List.copyOf(columns);
        }
    }

    /** {@code DROP [MATERIALIZED] VIEW [IF EXISTS] name, … [CASCADE | RESTRICT]}. */
    record DropView(
            SourceText source, List<RelationName> names, boolean materialized, boolean ifExists, boolean cascade)
            implements Statement {
        public DropView {
            names = List.copyOf(names);
        }
    }

    /** {@code SHOW TABLES} and so on. */
    record Show(Kind kind) implements Statement {
        /** What can be shown. */
        public enum Kind {
            TABLES,
            VIEWS,
            SOURCES,
            QUERIES,
            FUNCTIONS
        }
    }

    /** {@code SET [SESSION | LOCAL] TIME ZONE name}, {@code SET timezone = name}; nothing for {@code DEFAULT} and {@code LOCAL}, {@code RESET timezone}. */
    record SetTimeZone(Optional<String> zone) implements Statement {}

    /** {@code SHOW TIME ZONE}, {@code SHOW timezone}. */
    record ShowTimeZone() implements Statement {}

    /** {@code DESCRIBE name}: the columns of a table or view. */
    record Describe(SourceText source, RelationName name) implements Statement {}

    /** {@code SUBSCRIBE [TO] query}, which may be in parentheses. */
    record Subscribe(String query) implements Statement {}

    /** {@code TRUNCATE [TABLE] name, …}. */
    record Truncate(SourceText source, List<RelationName> names) implements Statement {
        public Truncate {
            names = List.copyOf(names);
        }
    }

    /** A statement that changes rows of a table. */
    sealed interface Change extends Statement permits Insert, Update, Delete {
        SourceText source();

        RelationName table();

        /** What the table is called in the statement's expressions, if not by its name. */
        Optional<Name> alias();

        /** {@code RETURNING list}, as {@code SELECT list}. */
        Optional<SourceText> returning();
    }

    /**
     * {@code INSERT INTO table [AS alias] [(column, …)] rows [ON CONFLICT …] [RETURNING …]}.
     *
     * @param columns empty if they are all of the table's
     * @param rows a query; nothing for {@code DEFAULT VALUES}
     */
    record Insert(
            SourceText source,
            RelationName table,
            Optional<Name> alias,
            List<Name> columns,
            Optional<SourceText> rows,
            Optional<Conflict> conflict,
            Optional<SourceText> returning)
            implements Change {
        public Insert {
            columns = List.copyOf(columns);
        }
    }

    /**
     * {@code ON CONFLICT [(column, …) | ON CONSTRAINT name] DO NOTHING | DO UPDATE SET … [WHERE …]}.
     *
     * @param assignments empty for {@code DO NOTHING}
     */
    record Conflict(
            int offset,
            List<Name> columns,
            Optional<Name> constraint,
            List<Assignment> assignments,
            Optional<SourceText> condition) {
        public Conflict {
            columns = List.copyOf(columns);
            assignments = List.copyOf(assignments);
        }
    }

    /** {@code column = value}; no value is {@code DEFAULT}. */
    record Assignment(Name column, Optional<SourceText> value) {}

    /**
     * {@code UPDATE table [AS alias] SET assignment, … [FROM tables] [WHERE condition] [RETURNING …]}.
     *
     * @param joined {@code SELECT * FROM tables}
     */
    record Update(
            SourceText source,
            RelationName table,
            Optional<Name> alias,
            List<Assignment> assignments,
            Optional<SourceText> joined,
            Optional<SourceText> condition,
            Optional<SourceText> returning)
            implements Change {
        public Update {
            assignments = List.copyOf(assignments);
        }
    }

    /**
     * {@code DELETE FROM table [AS alias] [USING tables] [WHERE condition] [RETURNING …]}.
     *
     * @param joined {@code SELECT * FROM tables}
     */
    record Delete(
            SourceText source,
            RelationName table,
            Optional<Name> alias,
            Optional<SourceText> joined,
            Optional<SourceText> condition,
            Optional<SourceText> returning)
            implements Change {}

    /** {@code BEGIN} and its synonyms. */
    record Begin() implements Statement {}

    /** {@code COMMIT} and its synonyms. */
    record Commit() implements Statement {}

    /** {@code ROLLBACK} and its synonyms. */
    record Rollback() implements Statement {}

    /** {@code SAVEPOINT name}. */
    record Savepoint(String name) implements Statement {}

    /** {@code RELEASE [SAVEPOINT] name}. */
    record Release(String name) implements Statement {}

    /** {@code ROLLBACK [WORK | TRANSACTION] TO [SAVEPOINT] name}. */
    record RollbackTo(String name) implements Statement {}

    /** {@code SELECT …} and what else gives rows. */
    record Query(String text) implements Statement {}

    /**
     * {@code EXPLAIN [CIRCUIT | CODE] query}.
     *
     * @param query its text, after blanks in the place of what stood before it, so that errors point to their place in the statement
     */
    record Explain(ExplainMode mode, String query) implements Statement {}
}
