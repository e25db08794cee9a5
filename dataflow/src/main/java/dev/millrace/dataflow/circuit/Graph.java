package dev.millrace.dataflow.circuit;

import dev.millrace.dataflow.code.CodeCache;
import dev.millrace.dataflow.operator.Alarms;
import dev.millrace.dataflow.operator.Feed;
import dev.millrace.dataflow.operator.Operator;
import dev.millrace.dataflow.operator.Operators;
import dev.millrace.dataflow.operator.Sharding;
import dev.millrace.dataflow.operator.Timer;
import dev.millrace.dataflow.operator.WorkMeter;
import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.store.Store;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The nodes: one operator for each different feed, alive while something reads it, and one output for each plan that is a view. */
final class Graph {
    private final Map<String, Node> tables = new HashMap<>();
    private final Map<Feed, Node> operators = new HashMap<>();
    private final Map<ViewKey, Node> outputs = new HashMap<>();
    private final Sharding sharding;
    private final CodeCache code;
    private final WorkMeter meter;
    private final Alarms alarms;
    private final Runnable settle;
    private final Consumer<Node> wake;

    /** A view is kept once for each plan, once more for those who only want its changes, and for each key by which its rows are asked for. */
    private record ViewKey(Plan plan, boolean kept, List<Integer> key) {
        static ViewKey of(View view) {
            return new ViewKey(view.plan(), view.isKept(), view.key());
        }
    }

    /**
     * @param settle ends the last step
     * @param wake is given the nodes whose time has come
     */
    Graph(Sharding sharding, CodeCache code, WorkMeter meter, Alarms alarms, Runnable settle, Consumer<Node> wake) {
        this.sharding = sharding;
        this.code = code;
        this.meter = meter;
        this.alarms = alarms;
        this.settle = settle;
        this.wake = wake;
    }

    /** The node that carries out this plan, or null if it is part of another. */
    @Nullable
    Node find(Plan plan) {
        return plan instanceof Plan.Table table ? tables.get(table.id()) : operators.get(new Feed.Rows(plan));
    }

    /** The node of an installed view. */
    Node output(View view) {
        Node output = outputs.get(ViewKey.of(view));
        if (output == null) {
            throw new IllegalStateException("the view is not installed: " + view.plan());
        }
        return output;
    }

    /** The memory of all state, in bytes, without the objects that references lead to. */
    long memoryBytes() {
        return Stream.of(tables, operators, outputs)
                .flatMap(nodes -> nodes.values().stream())
                .mapToLong(node -> node.operator().memoryBytes())
                .sum();
    }

    /** Checks all operators' state. */
    void validate() {
        Stream.of(tables, operators, outputs)
                .flatMap(nodes -> nodes.values().stream())
                .forEach(node -> {
                    node.operator().validate();
                    node.errors().validate();
                });
    }

    int operatorCount() {
        return operators.size();
    }

    Node addTable(Plan.Table table, Operator rows) {
        Node node = new Node(new Feed.Rows(table), rows, List.of(), null, code);
        tables.put(table.id(), node);
        return node;
    }

    void removeTable(String id) {
        tables.remove(id);
    }

    /**
     * The view of this plan, made and filled if there is none yet. If that throws, everything is as before.
     *
     * @param kept whether its rows are, or only its changes are told
     * @param key the columns by whose values its rows are asked for, if they are
     */
    View view(Plan plan, boolean kept, List<Integer> key) {
        ViewKey wanted = new ViewKey(plan, kept, key);
        Node existing = outputs.get(wanted);
        if (existing != null && existing.view() != null) {
            return existing.view();
        }
        View view = new View(plan, kept, key, settle);
        show(view);
        return view;
    }

    /** Makes and fills the nodes of a view that are not there. If that throws, everything is as before. */
    void show(View view) {
        Feed rows = new Feed.Rows(view.plan());
        Node source = node(rows);
        try {
            Operator output = Operators.output(source.operator(), view.isKept(), view.key(), sharding, code, meter);
            Node node = new Node(rows, output, List.of(source), view, code);
            node.load();
            view.start(output, upstream(node), ErrorKeys.of(node, view.key()));
            node.connect();
            outputs.put(ViewKey.of(view), node);
        } catch (RuntimeException | Error failure) {
            removeIfUnread(source);
            throw failure;
        }
    }

    /** A node like this one that nobody reads, filled from what its inputs hold now. */
    Node anew(Node node) {
        Node copy = new Node(node.feed(), operator(node.feed(), node.inputs()), node.inputs(), null, code);
        copy.load();
        return copy;
    }

    /** Whether all that came into a node can be enumerated. */
    static boolean isKept(Node node) {
        return upstream(node).stream().noneMatch(each -> each.operator() instanceof StreamRows);
    }

    /** The views that depend on a node. */
    static List<View> viewsBelow(Node node) {
        return reachable(node, Graph::readers).stream()
                .map(Node::view)
                .filter(Objects::nonNull)
                .toList();
    }

    /** A node and all that it depends on. */
    private static Set<Node> upstream(Node node) {
        return reachable(node, Node::inputs);
    }

    private static Set<Node> reachable(Node origin, Function<Node, List<Node>> next) {
        Set<Node> found = new LinkedHashSet<>();
        Deque<Node> pending = new ArrayDeque<>(List.of(origin));
        while (!pending.isEmpty()) {
            Node node = pending.remove();
            if (found.add(node)) {
                pending.addAll(next.apply(node));
            }
        }
        return found;
    }

    /** Removes a view and what nothing else reads. */
    void remove(View view) {
        Node node = outputs.remove(ViewKey.of(view));
        if (node != null) {
            upstream(node).forEach(each -> each.unwatch(view));
            node.disconnect();
            node.inputs().forEach(this::removeIfUnread);
        }
    }

    /** Removes a node and all that depends on it, and returns them. What they read stays, to be {@linkplain #prune pruned}. */
    List<Node> discard(Node origin) {
        List<Node> discarded = List.copyOf(reachable(origin, Graph::readers));
        for (Node node : discarded) {
            forget(node);
            node.disconnect();
        }
        return discarded;
    }

    /** Removes what only discarded nodes read. */
    void prune(List<Node> discarded) {
        discarded.forEach(node -> node.inputs().forEach(this::removeIfUnread));
    }

    private static List<Node> readers(Node node) {
        return node.readers().stream().map(Node.Port::node).toList();
    }

    private Node node(Feed feed) {
        @Nullable Node existing = feed instanceof Feed.Rows(Plan.Table table) ? table(table) : operators.get(feed);
        if (existing != null) {
            return existing;
        }
        List<Node> inputs = new ArrayList<>();
        try {
            for (Feed input : Operators.inputs(feed)) {
                inputs.add(node(input));
            }
            Node node = new Node(feed, operator(feed, inputs), inputs, null, code);
            node.load();
            node.connect();
            if (node.operator() instanceof Timer timer) {
                timer.alarm().listen(() -> wake.accept(node));
            }
            operators.put(feed, node);
            return node;
        } catch (RuntimeException | Error failure) {
            inputs.forEach(this::removeIfUnread);
            throw failure;
        }
    }

    private Operator operator(Feed feed, List<Node> inputs) {
        List<Operator> operators = inputs.stream().map(Node::operator).toList();
        List<@Nullable Store> tableRows = new ArrayList<>();
        operators.forEach(input -> tableRows.add(input instanceof TableRows rows ? rows.store() : null));
        return Operators.create(feed, operators, tableRows, sharding, code, alarms, meter);
    }

    private Node table(Plan.Table table) {
        Node node = tables.get(table.id());
        if (node == null) {
            throw new IllegalArgumentException("no table '" + table.id() + "'");
        }
        if (!node.feed().plan().equals(table)) {
            throw new IllegalArgumentException("table is " + node.feed().plan() + ", not " + table);
        }
        return node;
    }

    private void removeIfUnread(Node node) {
        if (node.readers().isEmpty() && !(node.feed() instanceof Feed.Rows(Plan.Table _)) && !node.isDiscarded()) {
            forget(node);
            node.disconnect();
            node.inputs().forEach(this::removeIfUnread);
        }
    }

    private void forget(Node node) {
        if (node.view() == null) {
            operators.remove(node.feed());
        } else {
            View view = node.view();
            upstream(node).forEach(each -> each.unwatch(view));
            outputs.remove(ViewKey.of(view));
        }
    }
}
