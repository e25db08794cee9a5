package dev.millrace.sql.parser;

import java.util.Map;

/** A statement that changes what the database knows. */
public sealed interface Statement {
    /** {@code CREATE SOURCE name FROM connector (key = 'value', …)}; keys and the connector's type are folded to one case. */
    record CreateSource(String name, String connector, Map<String, String> options) implements Statement {
        public CreateSource {
            options = Map.copyOf(options);
        }
    }

    /** {@code DROP SOURCE [IF EXISTS] name}. */
    record DropSource(String name, boolean ifExists) implements Statement {}
}
