package dev.millrace.lifecycle;

import dev.millrace.sql.catalog.Catalog;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Compiles queries, and remembers those asked for last: who makes one query live for many values does so with one text. A text means the same as long as the catalog is the same. Safe for
 * use by several threads.
 */
final class Compilations {
    private static final int MOST_CHARACTERS = 1 << 20;

    private final LinkedHashMap<String, Compilation> byText = new LinkedHashMap<>(16, 0.75f, true);
    private int characters;

    /**
     * A query, compiled for this catalog.
     *
     * @throws dev.millrace.error.MillraceException what is wrong with it
     */
    Compilation get(String sql, Catalog catalog) {
        Compilation known = known(sql);
        if (known != null && known.catalog().equals(catalog)) {
            return known;
        }
        Compilation compiled = Compilation.of(sql, catalog);
        remember(sql, compiled);
        return compiled;
    }

    private synchronized @Nullable Compilation known(String sql) {
        return byText.get(sql);
    }

    private synchronized void remember(String sql, Compilation compiled) {
        if (byText.put(sql, compiled) == null) {
            characters += sql.length();
        }
        Iterator<Map.Entry<String, Compilation>> eldest = byText.entrySet().iterator();
        while (characters > MOST_CHARACTERS) {
            Map.Entry<String, Compilation> oldest = eldest.next();
            characters -= oldest.getKey().length();
            eldest.remove();
        }
    }
}
