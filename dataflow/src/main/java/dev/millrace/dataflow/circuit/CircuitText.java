package dev.millrace.dataflow.circuit;

import dev.millrace.dataflow.code.Disassembly;
import dev.millrace.dataflow.code.Template;
import dev.millrace.dataflow.operator.Feed;
import dev.millrace.dataflow.operator.Operators;
import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.plan.PlanText;
import dev.millrace.dataflow.plan.StepPath;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

/**
 * What runs for a view, as a reader wants to see it: its plan, each line with the operator that carries it out, that one's state and who else reads it; or the code that was generated
 * for these operators.
 */
final class CircuitText {
    private static final String[] UNITS = {"bytes", "KiB", "MiB", "GiB"};
    private static final int UNIT = 1024;

    private final Graph graph;
    private final Function<String, List<String>> columnNames;
    private final List<String> planLines;
    private final List<String> lines = new ArrayList<>();
    private final Set<Node> shown = new LinkedHashSet<>();
    private int next;

    private CircuitText(Graph graph, Plan plan, Function<String, List<String>> columnNames) {
        this.graph = graph;
        this.columnNames = columnNames;
        this.planLines = PlanText.of(plan, columnNames);
    }

    /** The operators of a view and their state. */
    static List<String> operators(Graph graph, View view, Function<String, List<String>> columnNames) {
        CircuitText text = new CircuitText(graph, view.plan(), columnNames);
        Node output = graph.output(view);
        text.lines.add("view of " + count(view.size(), "row") + " ·" + state(output));
        text.add(view.plan());
        return text.lines;
    }

    /** The generated code of a view's operators, each class once. */
    static List<String> code(Graph graph, View view) {
        List<String> lines = new ArrayList<>();
        Set<Template<?>> templates = new LinkedHashSet<>();
        collect(graph.output(view), new HashSet<>(), templates);
        for (Template<?> template : templates) {
            lines.add("-- " + template.title());
            lines.addAll(Disassembly.of(template));
            lines.add("");
        }
        return lines;
    }

    private static void collect(Node node, Set<Node> seen, Set<Template<?>> templates) {
        if (seen.add(node)) {
            templates.addAll(node.operator().code());
            node.inputs().forEach(input -> collect(input, seen, templates));
        }
    }

    private void add(Plan plan) {
        String line = planLines.get(next++);
        Node node = graph.find(plan);
        if (node == null && StepPath.isOpen(plan)) {
            lines.add(line + "   · within the recursion");
        } else if (node == null) {
            lines.add(line + "   · in one function with the line above");
        } else if (shown.add(node)) {
            lines.add(line + "   ·" + stateAndReaders(node));
        } else {
            lines.add(line + "   · the same as above");
        }
        for (int i = 0; i < plan.inputs().size(); i++) {
            if (plan instanceof Plan.Join
                    && node != null
                    && node.inputs().get(i).feed() instanceof Feed.Arranged arranged) {
                addArrangement(node.inputs().get(i), arranged);
            }
            add(plan.inputs().get(i));
        }
    }

    /** Adds the index that a join reads its input through, before that input. */
    private void addArrangement(Node node, Feed.Arranged arranged) {
        String input = planLines.get(next);
        String indent = input.substring(0, input.length() - input.stripLeading().length());
        List<String> names = PlanText.columns(arranged.plan(), columnNames);
        List<String> key = arranged.key().stream().map(names::get).toList();
        String line = indent + "arranged by (" + String.join(", ", key) + ")";
        lines.add(line + "   ·" + (shown.add(node) ? stateAndReaders(node) : " the same as above"));
    }

    private String stateAndReaders(Node node) {
        long readers = node.readers().stream().map(Node.Port::node).distinct().count();
        return state(node) + partitioning(node) + (readers > 1 ? " · read by " + readers : "");
    }

    private String partitioning(Node node) {
        List<Integer> columns = Operators.partitioning(node.feed());
        if (columns.isEmpty()) {
            return "";
        }
        Plan input = node.feed() instanceof Feed.Rows(Plan plan)
                ? plan.inputs().getFirst()
                : node.feed().plan();
        List<String> names = PlanText.columns(input, columnNames);
        int shards = Operators.shards(node.operator());
        return " · partitioned by ("
                + String.join(", ", columns.stream().map(names::get).toList()) + "), " + count(shards, "shard");
    }

    private static String state(Node node) {
        long bytes = node.operator().memoryBytes();
        return bytes == 0 ? " no state" : " state " + size(bytes);
    }

    private static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    private static String size(long bytes) {
        double amount = bytes;
        int unit = 0;
        while (amount >= UNIT && unit + 1 < UNITS.length) {
            amount /= UNIT;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", amount, UNITS[unit]);
    }
}
