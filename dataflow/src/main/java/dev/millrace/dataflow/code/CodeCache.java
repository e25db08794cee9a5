package dev.millrace.dataflow.code;

import java.lang.invoke.MethodHandles;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The generated code that a circuit has asked for. Behind it, all circuits of the process share one class for each template, so that a query that comes again finds code
 * that the JVM has compiled. A class that no operator uses stays while it is among the {@value #KEPT} that were asked for last; then it is unloaded. Used by one thread at a time.
 */
public final class CodeCache {
    private static final int KEPT = 512;
    private static final Map<Template<?>, Entry> ENTRIES = new HashMap<>();
    private static final ReferenceQueue<Object> COLLECTED = new ReferenceQueue<>();
    /** What was asked for last, the least recent first: this keeps it from being collected. */
    private static final Map<Template<?>, Object> RECENT = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Template<?>, Object> eldest) {
            return size() > KEPT;
        }
    };

    private long classes;
    private long nanos;

    /** Nothing was asked for yet. */
    public CodeCache() {}

    private static final class Entry extends WeakReference<Object> {
        private final Template<?> template;

        Entry(Template<?> template, Object code) {
            super(code, COLLECTED);
            this.template = template;
        }
    }

    /** The code of a template, generated if there is none. It has no state, so all who ask for it share one object. */
    public <T> T get(Template<T> template) {
        synchronized (ENTRIES) {
            purge();
            Entry entry = ENTRIES.get(template);
            Object existing = entry == null ? null : entry.get();
            T code = existing == null ? generate(template) : template.type().cast(existing);
            RECENT.put(template, code);
            return code;
        }
    }

    /** How many classes were generated for this circuit. */
    public long classes() {
        return classes;
    }

    /** How long that took, in nanoseconds. */
    public long nanos() {
        return nanos;
    }

    private <T> T generate(Template<T> template) {
        long start = System.nanoTime();
        T code = load(template, template.generate());
        nanos += System.nanoTime() - start;
        classes++;
        ENTRIES.put(template, new Entry(template, code));
        return code;
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

    private static void purge() {
        for (Object gone = COLLECTED.poll(); gone != null; gone = COLLECTED.poll()) {
            Entry entry = (Entry) gone;
            ENTRIES.remove(entry.template, entry);
        }
    }
}
