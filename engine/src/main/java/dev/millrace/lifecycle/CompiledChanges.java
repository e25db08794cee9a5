package dev.millrace.lifecycle;

import dev.millrace.sql.catalog.Catalog;
import dev.millrace.sql.parser.Statement;
import dev.millrace.sql.statement.CompiledChange;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The statements that were carried out last, compiled, since most are carried out again with other values. Safe for use by several threads. */
final class CompiledChanges {
    private static final int MOST = 256;
    private static final int LONGEST = 4096;

    private final LinkedHashMap<Statement.Change, Known> known = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Statement.Change, Known> eldest) {
            return size() > MOST;
        }
    };

    private record Known(CompiledChange compiled, Catalog catalog) {}

    /** The statement as it was compiled for this very catalog. */
    synchronized Optional<CompiledChange> get(Statement.Change statement, Catalog catalog) {
        @Nullable Known found = known.get(statement);
        return found != null && found.catalog.equals(catalog) ? Optional.of(found.compiled) : Optional.empty();
    }

    synchronized void put(Statement.Change statement, CompiledChange compiled, Catalog catalog) {
        if (statement.source().text().length() <= LONGEST) {
            known.put(statement, new Known(compiled, catalog));
        }
    }
}
