package dev.millrace.dataflow.circuit;

import dev.millrace.dataflow.failure.DataError;
import dev.millrace.dataflow.operator.Operator;
import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.row.Row;
import dev.millrace.dataflow.store.Batch;
import dev.millrace.dataflow.store.Parts;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The live result of an installed plan. While a row is there that an expression of the plan has no value for it has an {@link #error} and no result; what its rows are
 * without such rows is kept right meanwhile, so that it has its result again as soon as they are gone. Of a view with a key, an error is for those who read the rows with the key
 * that its row has, where that shows. A view that failed has no rows any more.
 */
public final class View {
    private final Plan plan;
    /** Gone once the view failed, and its state with it. */
    private @Nullable Operator output;

    private final boolean kept;
    private final List<Integer> key;
    private final Runnable settle;
    /** The nodes that it depends on and that have errors for all keys. */
    private final List<Node> erroneous = new ArrayList<>();
    /** The nodes whose errors are each for one key, and the errors by key. */
    private final Map<Node, int[]> keyed = new LinkedHashMap<>();

    private final Map<Row, TreeSet<DataError>> keyErrors = new HashMap<>();
    /** The keys whose errors came or went since this was last asked, and whether they had one then. */
    private final Map<Row, Boolean> touchedKeys = new HashMap<>();

    private Optional<Set<Row>> turnedKeys = Optional.empty();

    private boolean toldErroneous;
    private long size;
    private int uses;
    private @Nullable Throwable failure;

    /** @param settle ends the last step, whose changes may still be read until then */
    View(Plan plan, boolean kept, List<Integer> key, Runnable settle) {
        this.plan = plan;
        this.kept = kept;
        this.key = key;
        this.settle = settle;
    }

    public Plan plan() {
        return plan;
    }

    /** How many times it was installed and not yet released. */
    public int uses() {
        return uses;
    }

    /** The number of rows, each counted as often as it is there; if they are not kept, of those that have come and not gone since it was installed. */
    public long size() {
        return size;
    }

    /** Whether it has no result now. */
    public boolean isInError() {
        return !erroneous.isEmpty() || !keyErrors.isEmpty();
    }

    /** Whether its rows with these values of the key columns are no result now: an error is about them, or about rows that are for all keys. */
    public boolean isInError(Row ofKey) {
        return !erroneous.isEmpty() || keyErrors.containsKey(ofKey);
    }

    /** Why it has no result now, if that is so: the least of its errors. */
    public Optional<DataError> error() {
        return Stream.concat(ofAllKeys(), keyErrors.values().stream().map(TreeSet::first))
                .min(Comparator.naturalOrder());
    }

    private Stream<DataError> ofAllKeys() {
        return erroneous.stream().flatMap(node -> node.errors().first().stream());
    }

    /** The {@link #error} as it is told: a {@code DATA_ERROR} that also says how many others there are. */
    public Optional<MillraceException> refusal() {
        return error().map(first -> refusal(first, errorCount() - 1));
    }

    /** As {@link #refusal()}, of the rows with these values of the key columns. */
    public Optional<MillraceException> refusal(Row ofKey) {
        TreeSet<DataError> errors = keyErrors.getOrDefault(ofKey, new TreeSet<>());
        long count = errors.stream().mapToLong(error -> weight(error, ofKey)).sum();
        return Stream.concat(ofAllKeys(), errors.stream().limit(1))
                .min(Comparator.naturalOrder())
                .map(first -> refusal(first, countOfAllKeys() + count - 1));
    }

    private static MillraceException refusal(DataError first, long others) {
        String more = others == 0 ? "" : ", and " + others + (others == 1 ? " other" : " others");
        return new MillraceException(ErrorCode.DATA_ERROR, first + more);
    }

    /** How many errors there are, each counted as often as its row is there. */
    public long errorCount() {
        return countOfAllKeys()
                + keyed.keySet().stream()
                        .mapToLong(node -> node.errors().count())
                        .sum();
    }

    private long countOfAllKeys() {
        return erroneous.stream().mapToLong(node -> node.errors().count()).sum();
    }

    /** Of a view that the last step turned, the keys for which it did; nothing if for all. */
    public Optional<Set<Row>> turnedKeys() {
        return turnedKeys;
    }

    /**
     * The current rows, each as often as it is there, in no order; while there is an {@link #error}, what they are without the rows that it is about. The changes of the last step cannot be read any more after this.
     *
     * @throws IllegalStateException if the view failed, or its rows are not kept
     */
    public List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        holder().enumerate(batch -> append(batch, rows));
        return rows;
    }

    /**
     * The current rows with these values of the key columns, as {@link #rows()}, at the cost of these rows.
     *
     * @throws IllegalStateException also if it was installed without a key
     */
    public List<Row> rows(Row key) {
        List<Row> rows = new ArrayList<>();
        holder().enumerate(key, batch -> append(batch, rows));
        return rows;
    }

    private Operator holder() {
        if (!kept) {
            throw new IllegalStateException("the rows of this view are not kept");
        }
        Operator holder = output;
        if (holder == null) {
            throw new IllegalStateException("the view failed", failure);
        }
        settle.run();
        return holder;
    }

    private static void append(Batch batch, List<Row> rows) {
        for (int i = 0; i < batch.size(); i++) {
            rows.addAll(Collections.nCopies(
                    Math.toIntExact(batch.weight(i)), batch.store().row(batch.position(i))));
        }
    }

    /** Why the view stopped, once it did. */
    public @Nullable Throwable failure() {
        return failure;
    }

    boolean isKept() {
        return kept;
    }

    List<Integer> key() {
        return key;
    }

    /**
     * Begins, or begins anew, with the rows as they are.
     *
     * @param upstream the nodes that it depends on
     * @param errorKeys those whose errors are each for one key, with the columns of the key in their rows
     */
    void start(Operator rows, Collection<Node> upstream, Map<Node, int[]> errorKeys) {
        output = rows;
        size = 0;
        if (kept) {
            rows.enumerate(this::add);
        }
        erroneous.clear();
        upstream.stream()
                .filter(node -> !errorKeys.containsKey(node) && !node.errors().isEmpty())
                .forEach(erroneous::add);
        toldErroneous = !erroneous.isEmpty();
        keyed.clear();
        keyed.putAll(errorKeys);
        keyErrors.clear();
        errorKeys.forEach((node, columns) -> {
            node.watch(this, columns);
            turn(node, columns, node.errors().all());
        });
        touchedKeys.clear();
    }

    /** Errors of a node, each for one key, came or went. */
    void turn(Node node, int[] columns, Collection<DataError> errors) {
        for (DataError error : errors) {
            Row ofKey = error.values().project(columns);
            touchedKeys.putIfAbsent(ofKey, keyErrors.containsKey(ofKey));
            TreeSet<DataError> ofRows = keyErrors.computeIfAbsent(ofKey, _ -> new TreeSet<>());
            if (weight(error, ofKey) > 0) {
                ofRows.add(error);
            } else {
                ofRows.remove(error);
            }
            if (ofRows.isEmpty()) {
                keyErrors.remove(ofKey);
            }
        }
    }

    /** How often the nodes have this error for this key. */
    private long weight(DataError error, Row ofKey) {
        return keyed.entrySet().stream()
                .filter(each -> each.getKey().errors().weight(error) > 0
                        && error.values().project(each.getValue()).equals(ofKey))
                .mapToLong(each -> each.getKey().errors().weight(error))
                .sum();
    }

    /** A node that it depends on has errors now, or has none any more. */
    void turn(Node node) {
        if (node.errors().isEmpty()) {
            erroneous.remove(node);
        } else {
            erroneous.add(node);
        }
    }

    /** Whether there are errors now and were none when this was last asked, or the other way round. */
    boolean takeTurn() {
        boolean before = toldErroneous;
        toldErroneous = !erroneous.isEmpty();
        Set<Row> keys = new HashSet<>();
        touchedKeys.forEach((ofKey, wasErroneous) -> {
            if (wasErroneous != keyErrors.containsKey(ofKey)) {
                keys.add(ofKey);
            }
        });
        touchedKeys.clear();
        boolean all = before != toldErroneous;
        if (all || !keys.isEmpty()) {
            turnedKeys = all ? Optional.empty() : Optional.of(keys);
        }
        return all || !keys.isEmpty();
    }

    /** Counts a change. */
    void add(Parts change) {
        for (int part = 0; part < change.count(); part++) {
            add(change.part(part));
        }
    }

    private void add(Batch change) {
        for (int i = 0; i < change.size(); i++) {
            size += change.weight(i);
        }
    }

    void use() {
        uses++;
    }

    /** Takes one use back and returns whether it was the last. */
    boolean unuse() {
        if (uses == 0) {
            throw new IllegalStateException("view released more often than installed: " + plan);
        }
        return --uses == 0;
    }

    void fail(Throwable cause) {
        failure = cause;
        output = null;
        erroneous.clear();
        keyed.clear();
        keyErrors.clear();
        touchedKeys.clear();
        toldErroneous = false;
    }
}
