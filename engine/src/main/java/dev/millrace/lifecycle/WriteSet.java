package dev.millrace.lifecycle;

import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import dev.millrace.sql.catalog.OwnTable;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a transaction did to own tables and has not committed, and how to take it back, the last change first. Used by the circuit's thread alone. */
final class WriteSet {
    private final LiveCircuit circuit;
    private final Map<String, TableChanges> tables = new LinkedHashMap<>();
    private final Deque<Runnable> undo = new ArrayDeque<>();

    WriteSet(LiveCircuit circuit) {
        this.circuit = circuit;
    }

    TableChanges of(OwnTable table) {
        return tables.computeIfAbsent(
                table.id(),
                id -> new TableChanges(
                        table,
                        circuit.table(id)
                                .orElseThrow(() -> new MillraceException(
                                        ErrorCode.UNKNOWN_TABLE, "the table '" + table.name() + "' was just dropped")),
                        undo::push));
    }

    /** Of these tables, those that it changed, as the transaction sees them. */
    Map<String, RowSource> changed(Collection<String> ids) {
        Map<String, RowSource> changed = new HashMap<>();
        for (String id : ids) {
            TableChanges changes = tables.get(id);
            if (changes != null && !changes.isEmpty()) {
                changed.put(id, changes);
            }
        }
        return changed;
    }

    /** Now, to be {@linkplain #takeBack gone back to}. */
    int mark() {
        return undo.size();
    }

    /** Takes back what was done since this mark was taken. */
    void takeBack(int mark) {
        while (undo.size() > mark) {
            undo.pop().run();
        }
    }

    /** Nothing that was done is taken back any more, and no mark holds. */
    void keep() {
        undo.clear();
    }

    /** Takes the changes to the queries, all in one step; without any there is no step. */
    void commit() {
        boolean changed = false;
        for (TableChanges changes : tables.values()) {
            changed |= changes.apply();
        }
        if (changed) {
            circuit.commitOwn();
        }
    }
}
