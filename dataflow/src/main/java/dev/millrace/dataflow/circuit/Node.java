package dev.millrace.dataflow.circuit;

import dev.millrace.dataflow.code.CodeCache;
import dev.millrace.dataflow.failure.DataErrors;
import dev.millrace.dataflow.operator.Feed;
import dev.millrace.dataflow.operator.Merger;
import dev.millrace.dataflow.operator.Operator;
import dev.millrace.dataflow.operator.PartedOperator;
import dev.millrace.dataflow.operator.Timer;
import dev.millrace.dataflow.store.Batch;
import dev.millrace.dataflow.store.Parts;
import dev.millrace.dataflow.store.Store;
import dev.millrace.dataflow.zset.ZSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A place in the graph: an operator (a table's and a view's included), what it reads, who reads it, and the changes that wait for it. */
final class Node {
    /** One input of a node: where another's output goes. */
    static final class Port {
        private final Node node;
        private final int index;
        /** Where it is among the other's readers. */
        private int place;

        Port(Node node, int index) {
            this.node = node;
            this.index = index;
        }

        Node node() {
            return node;
        }

        int index() {
            return index;
        }
    }

    private final Feed feed;
    private final Operator operator;
    private final @Nullable View view;
    private final List<Node> inputs;
    private final Port[] ports;
    private final List<Port> readers = new ArrayList<>();
    private final int rank;
    /** An empty change for each input. */
    private final Batch[] unchanged;

    private final Parts[] waiting;
    private final Parts[] taken;
    private final Parts nothing = new Parts();
    /** What an operator that knows no parts is given. */
    private final Merger[] whole;

    private final Batch[] merged;
    private final Parts result = new Parts();
    private final DataErrors errors;
    /** Whether there were errors when the views below were last told. */
    private boolean erroneous;
    /** The views that tell by key which rows its errors are about, each with the columns of the key in these rows. */
    private final Map<View, int[]> watchers = new LinkedHashMap<>();

    private boolean staged;
    private boolean ready;
    private boolean discarded;
    /** What runs after it; the {@link ReadyQueue}'s. */
    @Nullable
    Node nextReady;

    Node(Feed feed, Operator operator, List<Node> inputs, @Nullable View view, CodeCache code) {
        this.feed = feed;
        this.operator = operator;
        this.view = view;
        this.inputs = List.copyOf(inputs);
        this.rank = 1 + inputs.stream().mapToInt(Node::rank).max().orElse(-1);
        this.unchanged = inputs.isEmpty()
                ? new Batch[] {new Batch(new Store(operator.types()))}
                : inputs.stream()
                        .map(input -> new Batch(new Store(input.operator.types())))
                        .toArray(Batch[]::new);
        this.waiting = new Parts[unchanged.length];
        this.taken = new Parts[unchanged.length];
        this.whole = Arrays.stream(unchanged)
                .map(none -> new Merger(none.store().types(), code))
                .toArray(Merger[]::new);
        this.merged = unchanged.clone();
        Arrays.fill(waiting, nothing);
        this.ports = new Port[inputs.size()];
        this.errors = operator.errors();
    }

    /** What it gives to its readers. */
    Feed feed() {
        return feed;
    }

    @Nullable
    View view() {
        return view;
    }

    List<Node> inputs() {
        return inputs;
    }

    List<Port> readers() {
        return readers;
    }

    /** The length of the longest way from a table or constant: greater than that of any input. */
    int rank() {
        return rank;
    }

    boolean isDiscarded() {
        return discarded;
    }

    /** Fills the state from what the inputs hold now. */
    void load() {
        for (int i = 0; operator.hasState() && i < inputs.size(); i++) {
            Batch[] part = unchanged.clone();
            int input = i;
            inputs.get(i).operator.enumerate(rows -> {
                part[input] = rows;
                operator.load(part);
            });
        }
        operator.endLoad();
        erroneous = !errors.isEmpty();
        errors.takeTurned();
    }

    DataErrors errors() {
        return errors;
    }

    /** From now on the view is told which errors come and go. */
    void watch(View by, int[] key) {
        watchers.put(by, key);
    }

    void unwatch(View by) {
        watchers.remove(by);
    }

    /** The views that are told, each with the columns of its key. */
    Map<View, int[]> watchers() {
        return watchers;
    }

    /** Whether there are errors now and were none when this was last asked, or the other way round. */
    boolean takeErrorChange() {
        boolean before = erroneous;
        erroneous = !errors.isEmpty();
        return before != erroneous;
    }

    /** Says whether changes wait at this input of the circuit; returns what was said before. */
    boolean stage(boolean waits) {
        boolean before = staged;
        staged = waits;
        return before;
    }

    /** Takes the changes of its inputs from now on. */
    void connect() {
        for (int i = 0; i < inputs.size(); i++) {
            List<Port> others = inputs.get(i).readers;
            ports[i] = new Port(this, i);
            ports[i].place = others.size();
            others.add(ports[i]);
        }
    }

    /** Takes no changes any more. */
    void disconnect() {
        discarded = true;
        if (operator instanceof Timer timer) {
            timer.alarm().listen(null);
        }
        for (int i = 0; i < inputs.size(); i++) {
            List<Port> others = inputs.get(i).readers;
            Port last = others.removeLast();
            if (!last.equals(ports[i])) {
                last.place = ports[i].place;
                others.set(last.place, last);
            }
        }
    }

    /** The current output, copied. */
    ZSet rows() {
        ZSet rows = new ZSet();
        operator.enumerate(batch -> rows.addAll(batch.toZSet()));
        return rows;
    }

    /** The output before its inputs had these changes. The node is of no use any more. */
    ZSet rowsWithout(List<ZSet> changes) {
        Batch[] undone = new Batch[changes.size()];
        for (int i = 0; i < undone.length; i++) {
            Store store = unchanged[i].store();
            undone[i] = new Batch(store);
            ZSet change = changes.get(i).negate();
            for (int entry = 0; entry < change.size(); entry++) {
                undone[i].append(store.append(change.row(entry)), change.weight(entry));
            }
        }
        operator.apply(undone);
        operator.endStep();
        return rows();
    }

    /** The changes that it was given last, copied, one for each input. */
    List<ZSet> given() {
        return Arrays.stream(taken).map(Parts::toZSet).toList();
    }

    /** Says that the node is to run though no input may have changed; returns whether it did not wait to run before. */
    boolean wake() {
        boolean first = !ready;
        ready = true;
        return first;
    }

    /** Lays a change before an input; returns whether it is the first that the node waits to run for. */
    boolean offer(int input, Parts change) {
        waiting[input] = change;
        return wake();
    }

    /** Takes the waiting changes through the operator. */
    Parts run() {
        ready = false;
        System.arraycopy(waiting, 0, taken, 0, taken.length);
        Arrays.fill(waiting, nothing);
        if (operator instanceof PartedOperator parted) {
            return parted.apply(taken);
        }
        for (int i = 0; i < taken.length; i++) {
            merged[i] = whole[i].merge(taken[i]);
        }
        result.clear();
        result.add(operator.apply(merged));
        return result;
    }

    /** Ends the step that it ran in. */
    void endStep() {
        operator.endStep();
        for (Merger merger : whole) {
            merger.clear();
        }
    }

    Operator operator() {
        return operator;
    }
}
