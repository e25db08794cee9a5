package dev.millrace.dataflow.code;

import java.lang.invoke.MethodHandles;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;

/**
 * The generated code of one circuit. It does not keep what it gives: a class goes when no operator has an object of it any more. Used by one thread
 * at a time.
 */
public final class CodeCache {
    private final Map<Template<?>, Entry> entries = new HashMap<>();
    private final ReferenceQueue<Object> collected = new ReferenceQueue<>();
    private long classes;
    private long nanos;

    /** An empty cache. */
    public CodeCache() {}

    private static final class Entry extends WeakReference<Object> {
        private final Template<?> template;

        Entry(Template<?> template, Object code, ReferenceQueue<Object> queue) {
            super(code, queue);
            this.template = template;
        }
    }

    /** The code of a template, generated if there is none. It has no state, so all who ask for it share one object. */
    public <T> T get(Template<T> template) {
        purge();
        Entry entry = entries.get(template);
        Object existing = entry == null ? null : entry.get();
        if (existing != null) {
            return template.type().cast(existing);
        }
        long start = System.nanoTime();
        T code = load(template, template.generate());
        nanos += System.nanoTime() - start;
        classes++;
        entries.put(template, new Entry(template, code, collected));
        return code;
    }

    /** How many classes were generated so far. */
    public long classes() {
        return classes;
    }

    /** How long that took, in nanoseconds. */
    public long nanos() {
        return nanos;
    }

    /** A new object of a template's class. */
    static <T> T load(Template<T> template, Bytecode bytecode) {
        try {
            MethodHandles.Lookup generated =
                    MethodHandles.lookup().defineHiddenClassWithClassData(bytecode.array(), bytecode.constants(), true);
            return template.type()
                    .cast(generated.lookupClass().getDeclaredConstructor().newInstance());
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new IllegalStateException("generated code is not valid: " + template, e);
        }
    }

    private void purge() {
        for (Object gone = collected.poll(); gone != null; gone = collected.poll()) {
            Entry entry = (Entry) gone;
            entries.remove(entry.template, entry);
        }
    }
}
