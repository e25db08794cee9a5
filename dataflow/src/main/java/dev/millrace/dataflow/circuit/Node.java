package dev.millrace.dataflow.circuit;

import dev.millrace.dataflow.operator.Operator;
import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.zset.Relation;
import dev.millrace.dataflow.zset.RowConsumer;
import dev.millrace.dataflow.zset.ZSet;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A place in the graph: an operator (a table's and a view's included), what it reads, who reads it, and the changes that wait for it. */
final class Node implements Relation {
    /** One input of a node: where another's output goes. */
    record Port(Node node, int index) {}

    private static final ZSet UNCHANGED = new ZSet(0);

    private final Plan plan;
    private final Operator operator;
    private final @Nullable View view;
    private final List<Node> inputs;
    private final Set<Port> readers = new LinkedHashSet<>();
    private final int rank;
    private final ZSet[] waiting;
    private boolean ready;
    private boolean discarded;

    Node(Plan plan, Operator operator, List<Node> inputs, @Nullable View view) {
        this.plan = plan;
        this.operator = operator;
        this.view = view;
        this.inputs = List.copyOf(inputs);
        this.rank = 1 + inputs.stream().mapToInt(Node::rank).max().orElse(-1);
        this.waiting = new ZSet[Math.max(1, inputs.size())];
        Arrays.fill(waiting, UNCHANGED);
    }

    Plan plan() {
        return plan;
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

    /** Fills the state from what the inputs hold now, and from then on takes their changes. */
    void connect() {
        if (operator.hasState()) {
            ZSet[] contents = new ZSet[inputs.size()];
            for (int i = 0; i < contents.length; i++) {
                contents[i] = new ZSet();
                inputs.get(i).forEach(contents[i]::append);
            }
            operator.apply(contents);
        }
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
    boolean offer(int input, ZSet change) {
        waiting[input] = change;
        boolean first = !ready;
        ready = true;
        return first;
    }

    /** Takes the waiting changes through the operator. The change of the output is consolidated. */
    ZSet run() {
        ready = false;
        ZSet[] changes = waiting.clone();
        Arrays.fill(waiting, UNCHANGED);
        return operator.apply(changes).consolidate();
    }

    @Override
    public void forEach(RowConsumer consumer) {
        operator.forEach(consumer);
    }
}
