package dev.millrace.connector.postgres;

import dev.millrace.connector.TableName;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tables whose changes are wanted: those that are live, and those whose contents are being loaded. Changed by one thread
 * at a time, read by any.
 */
final class FollowedTables {
    private volatile State state = new State(0, Map.of(), Map.of());

    private record State(long version, Map<TableName, Entry> byName, Map<Integer, Entry> byOid) {}

    private record Entry(PostgresTable table, boolean live) {}

    /** Is another one after each change. */
    long version() {
        return state.version;
    }

    @Nullable
    PostgresTable find(int oid) {
        Entry entry = state.byOid.get(oid);
        return entry == null ? null : entry.table;
    }

    boolean isLive(TableName name) {
        Entry entry = state.byName.get(name);
        return entry != null && entry.live;
    }

    List<PostgresTable> live() {
        return state.byName.values().stream()
                .filter(Entry::live)
                .map(Entry::table)
                .toList();
    }

    void addLoading(Collection<PostgresTable> tables) {
        add(tables, false);
    }

    void addLive(Collection<PostgresTable> tables) {
        add(tables, true);
    }

    private void add(Collection<PostgresTable> tables, boolean live) {
        Map<TableName, Entry> changed = new HashMap<>(state.byName);
        tables.forEach(table -> changed.put(table.name(), new Entry(table, live)));
        replace(changed);
    }

    void remove(Collection<TableName> names) {
        Map<TableName, Entry> changed = new HashMap<>(state.byName);
        changed.keySet().removeAll(List.copyOf(names));
        replace(changed);
    }

    private void replace(Map<TableName, Entry> byName) {
        Map<Integer, Entry> byOid = new HashMap<>();
        byName.values().forEach(entry -> byOid.put(entry.table.oid(), entry));
        state = new State(state.version + 1, Map.copyOf(byName), Map.copyOf(byOid));
    }
}
