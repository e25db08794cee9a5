package dev.millrace.dataflow.row;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An enum type: a name and the labels of its values. Each is itself and no other, whatever its labels are. Labels are added while it is in use and never go or move, so what was made of it stays right. Safe for use by
 * several threads.
 */
public final class EnumType {
    private static long lastId;

    private final long id = nextId();
    private final String name;
    private volatile Map<String, EnumLabel> labels;

    /** @param name as it is named in SQL, unquoted and without its schema */
    public EnumType(String name, Collection<EnumLabel> labels) {
        this.name = name;
        this.labels = byText(labels);
    }

    private static synchronized long nextId() {
        return ++lastId;
    }

    private static Map<String, EnumLabel> byText(Collection<EnumLabel> labels) {
        Map<String, EnumLabel> byText = new HashMap<>();
        labels.forEach(label -> byText.put(label.label(), label));
        return Map.copyOf(byText);
    }

    public String name() {
        return name;
    }

    /** What tells it from all other types of this process. */
    public long id() {
        return id;
    }

    /** The value of this label, if there is one. */
    public Optional<EnumLabel> label(String text) {
        return Optional.ofNullable(labels.get(text));
    }

    /** All labels, in order. */
    public List<EnumLabel> labels() {
        List<EnumLabel> all = new ArrayList<>(labels.values());
        Collections.sort(all);
        return all;
    }

    /**
     * Takes over the labels that the type has now.
     *
     * @return whether it could: it cannot if a label that was known has been renamed or moved, so that this is another type
     */
    public synchronized boolean grow(Collection<EnumLabel> current) {
        Map<String, EnumLabel> grown = byText(current);
        if (!grown.values().containsAll(labels.values())) {
            return false;
        }
        labels = grown;
        return true;
    }

    @Override
    public String toString() {
        return name;
    }
}
