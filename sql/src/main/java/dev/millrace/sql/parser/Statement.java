package dev.millrace.sql.parser;

import java.util.Map;

/** A statement of Millrace's own: one that changes what the database knows, or asks how it would answer a query. */
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
     * {@code EXPLAIN [CIRCUIT | CODE] query}.
     *
     * @param query its text, after blanks in the place of what stood before it, so that errors point to their place in the statement
     */
    record Explain(ExplainMode mode, String query) implements Statement {}
}
