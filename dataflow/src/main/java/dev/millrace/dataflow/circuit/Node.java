package dev.millrace.dataflow.circuit;

import dev.millrace.dataflow.code.CodeCache;
import dev.millrace.dataflow.operator.Feed;
import dev.millrace.dataflow.operator.Merger;
import dev.millrace.dataflow.operator.Operator;
import dev.millrace.dataflow.operator.PartedOperator;
import dev.millrace.dataflow.store.Batch;
import dev.millrace.dataflow.store.Parts;
import dev.millrace.dataflow.store.Store;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A place in the graph: an operator (a table's and a view's included), what it reads, who reads it, and the changes that wait for it. */
final class Node {
    /** One input of a node: where another's output goes. */
    record Port(Node node, int index) {}

    private final Feed feed;
    private final Operator operator;
    private final @Nullable View view;
    private final List<Node> inputs;
    private final Set<Port> readers = new LinkedHashSet<>();
    private final int rank;
    /** An empty change for each input. */
    private final Batch[] unchanged;

    private final Parts[] waiting;
    private final Parts[] taken;
    private final Parts nothing = new Parts();
    /** What an operator that knows no parts is given. */
    private final Merger[] whole;

    private final Parts result = new Parts();
    private boolean ready;
    private boolean discarded;

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
        Arrays.fill(waiting, nothing);
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

    Set<Port> readers() {
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
    }

    /** Takes the changes of its inputs from now on. */
    void connect() {
        for (int i = 0; i < inputs.size(); i++) {
            inputs.get(i).readers.add(new Port(this, i));
        }
    }

    /** Takes no changes any more. */
    void disconnect() {
        discarded = true;
        for (int i = 0; i < inputs.size(); i++) {
            inputs.get(i).readers.remove(new Port(this, i));
        }
    }

    /** Lays a change before an input; returns whether it is the first that the node waits to run for. */
    boolean offer(int input, Parts change) {
        waiting[input] = change;
        boolean first = !ready;
        ready = true;
        return first;
    }

    /** Takes the waiting changes through the operator. */
    Parts run() {
        ready = false;
        System.arraycopy(waiting, 0, taken, 0, taken.length);
        Arrays.fill(waiting, nothing);
        if (operator instanceof PartedOperator parted) {
            return parted.apply(taken);
        }
        Batch[] changes = new Batch[taken.length];
        for (int i = 0; i < taken.length; i++) {
            changes[i] = whole[i].merge(taken[i]);
        }
        result.clear();
        result.add(operator.apply(changes));
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
