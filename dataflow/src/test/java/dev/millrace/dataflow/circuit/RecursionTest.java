package dev.millrace.dataflow.circuit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.dataflow.expression.Expression;
import dev.millrace.dataflow.plan.Plan;
import dev.millrace.dataflow.plan.Plan.JoinKey;
import dev.millrace.dataflow.plan.Plan.JoinKind;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Row;
import dev.millrace.error.MillraceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;

/** Recursions over graphs: rows that lead to themselves, that have many ways to be derived, and lose some of them. */
class RecursionTest {
    private static final List<DataType> PAIR = List.of(DataType.INT4, DataType.INT4);
    private static final Plan EDGE = new Plan.Table("edge", PAIR);
    private static final Plan BLOCKED = new Plan.Table("blocked", List.of(DataType.INT4));

    /** The shapes of a step. */
    enum Shape {
        /** reach(x, z) if reach(x, y) and edge(y, z). */
        LEFT_LINEAR {
            @Override
            Plan plan() {
                Plan joined = join(new Plan.Recursion(PAIR), EDGE, JoinKind.INNER, 1, 0);
                return new Plan.Fixpoint(EDGE, columns(joined, 0, 3), false);
            }
        },
        /** reach(x, z) if edge(x, y) and reach(y, z). */
        RIGHT_LINEAR {
            @Override
            Plan plan() {
                Plan joined = join(EDGE, new Plan.Recursion(PAIR), JoinKind.INNER, 1, 0);
                return new Plan.Fixpoint(EDGE, columns(joined, 0, 3), false);
            }
        },
        /** Two edges at a time, not over those that are blocked. */
        TWO_SIDES {
            @Override
            Plan plan() {
                Plan one = columns(join(new Plan.Recursion(PAIR), EDGE, JoinKind.INNER, 1, 0), 0, 3);
                Plan two = columns(join(one, EDGE, JoinKind.INNER, 1, 0), 0, 3);
                return new Plan.Fixpoint(EDGE, join(two, BLOCKED, JoinKind.ANTI, 1, 0), false);
            }
        },
        /** Nodes from which one may go on only if they are blocked, and all nodes that are reached lead to themselves. */
        SEMI_JOINED {
            @Override
            Plan plan() {
                Plan reached = join(new Plan.Recursion(PAIR), BLOCKED, JoinKind.SEMI, 1, 0);
                Plan optional = columns(join(reached, EDGE, JoinKind.LEFT, 1, 0), 1, 3);
                return new Plan.Fixpoint(EDGE, optional, false);
            }
        },
        /** What a recursion gives is what another starts with. */
        NESTED {
            @Override
            Plan plan() {
                Plan joined = join(new Plan.Recursion(PAIR), LEFT_LINEAR.plan(), JoinKind.INNER, 1, 0);
                return new Plan.Fixpoint(columns(LEFT_LINEAR.plan(), 1, 0), columns(joined, 3, 0), false);
            }
        },
        /** The ways of at most 4 edges. */
        WAYS {
            @Override
            Plan plan() {
                List<DataType> types = List.of(DataType.INT4, DataType.INT4, DataType.INT4);
                Plan base = new Plan.Project(EDGE, List.of(column(0), column(1), literal(3)));
                Plan more = new Plan.Filter(
                        new Plan.Recursion(types),
                        new Expression.Call(TestFunction.LESS, List.of(literal(0), column(2)), DataType.BOOL));
                Plan joined = join(more, EDGE, JoinKind.INNER, 1, 0);
                Expression less =
                        new Expression.Call(TestFunction.SUBTRACT, List.of(column(2), literal(1)), DataType.INT4);
                return new Plan.Fixpoint(base, new Plan.Project(joined, List.of(column(0), column(4), less)), true);
            }
        };

        abstract Plan plan();
    }

    @Property(tries = 600, shrinking = ShrinkingMode.OFF)
    void recursion_over_a_changing_graph_equals_recomputation(@ForAll Shape shape, @ForAll long seed) {
        Random random = new Random(seed);
        Graphs graphs = new Graphs(random.nextInt(2, 8));
        Plan plan = shape.plan();
        for (int i = random.nextInt(20); i > 0; i--) {
            graphs.change(random);
        }
        graphs.circuit.step();
        View view = graphs.circuit.install(plan);
        for (int step = 0; step < 12; step++) {
            for (int i = random.nextInt(1, 4); i > 0; i--) {
                graphs.change(random);
            }
            List<Row> before = view.rows();
            StepResult result = graphs.circuit.step();
            List<ViewDelta> deltas = result.deltas();
            if (!deltas.isEmpty()) {
                Rows.assertLeads(before, deltas.getFirst().delta(), graphs.evaluate(plan), shape);
            }
            graphs.circuit.validate();
            Rows.assertSame(graphs.evaluate(plan), view.rows(), shape + " over " + graphs.contents);
        }
    }

    @Property(tries = 300, shrinking = ShrinkingMode.OFF)
    void ways_through_a_graph_without_circles_are_counted(@ForAll long seed) {
        Random random = new Random(seed);
        Graphs graphs = new Graphs(7);
        Plan plan = new Plan.Fixpoint(
                EDGE, columns(join(new Plan.Recursion(PAIR), EDGE, JoinKind.INNER, 1, 0), 0, 3), true);
        View view = graphs.circuit.install(plan);
        for (int step = 0; step < 15; step++) {
            // The order of the nodes changes in a step, so that old and new edges together may well lead in a circle.
            if (random.nextInt(4) == 0) {
                graphs.turnAround();
            } else {
                graphs.changeDownhill(random);
            }
            graphs.circuit.step();
            graphs.circuit.validate();
            Rows.assertSame(graphs.evaluate(plan), view.rows(), graphs.contents);
        }
    }

    @Test
    void rows_on_a_circle_do_not_hold_each_other_up() {
        Graphs graphs = new Graphs(5);
        Plan start = new Plan.Filter(
                EDGE, new Expression.Call(TestFunction.EQUAL, List.of(column(0), literal(0)), DataType.BOOL));
        Plan reached = new Plan.Fixpoint(
                columns(start, 1),
                columns(join(new Plan.Recursion(List.of(DataType.INT4)), EDGE, JoinKind.INNER, 0, 0), 2),
                false);
        View view = graphs.circuit.install(reached);
        graphs.insert(0, 1);
        graphs.insert(1, 2);
        graphs.insert(2, 3);
        graphs.insert(3, 1);
        graphs.circuit.step();
        assertEquals(List.of("[1]", "[2]", "[3]"), Rows.shown(view.rows()));
        graphs.delete(0, 1);
        graphs.circuit.step();
        assertEquals(List.of(), view.rows());
        graphs.insert(0, 3);
        graphs.circuit.step();
        assertEquals(List.of("[1]", "[2]", "[3]"), Rows.shown(view.rows()));
    }

    @Test
    void union_all_over_a_circle_is_a_data_error() {
        Graphs graphs = new Graphs(3);
        Plan endless = new Plan.Fixpoint(
                EDGE, columns(join(new Plan.Recursion(PAIR), EDGE, JoinKind.INNER, 1, 0), 0, 3), true);
        graphs.insert(0, 1);
        graphs.insert(1, 2);
        graphs.circuit.step();
        View view = graphs.circuit.install(endless);
        assertEquals(3, view.size());
        graphs.insert(2, 0);
        graphs.circuit.step();
        assertTrue(view.isInError());
        assertEquals(List.of(), view.rows());
        View late = graphs.circuit.install(new Plan.Project(endless, List.of(column(1))));
        assertTrue(late.isInError());
        graphs.insert(1, 0);
        graphs.circuit.step();
        assertTrue(view.isInError());
        graphs.delete(1, 0);
        graphs.circuit.step();
        assertTrue(view.isInError());
        graphs.delete(1, 2);
        graphs.circuit.step();
        graphs.circuit.validate();
        assertFalse(view.isInError());
        assertFalse(late.isInError());
        assertEquals(Set.of(Row.of(0, 1), Row.of(2, 0), Row.of(2, 1)), Set.copyOf(view.rows()));
        assertEquals(3, view.rows().size());
    }

    @Test
    void union_that_counts_up_for_ever_is_a_data_error_while_it_has_a_row_to_begin_with() {
        Graphs graphs = new Graphs(3);
        Expression next = new Expression.Call(TestFunction.SUBTRACT, List.of(column(0), literal(-1)), DataType.INT4);
        Expression small = new Expression.Call(TestFunction.LESS, List.of(column(1), literal(2)), DataType.BOOL);
        Plan step = new Plan.Project(new Plan.Filter(new Plan.Recursion(PAIR), small), List.of(next, column(1)));
        View view = graphs.circuit.install(new Plan.Fixpoint(EDGE, step, false));
        graphs.insert(0, 2);
        graphs.circuit.step();
        assertEquals(List.of(Row.of(0, 2)), view.rows());
        graphs.insert(1, 1);
        graphs.circuit.step();
        assertTrue(view.isInError());
        MillraceException refusal = view.refusal().orElseThrow();
        assertTrue(refusal.getMessage().contains("100000 rounds"), refusal::getMessage);
        assertEquals(List.of(), view.rows());
        graphs.insert(2, 2);
        graphs.circuit.step();
        assertTrue(view.isInError());
        graphs.delete(1, 1);
        graphs.circuit.step();
        graphs.circuit.validate();
        assertFalse(view.isInError());
        assertEquals(Set.of(Row.of(0, 2), Row.of(2, 2)), Set.copyOf(view.rows()));
    }

    @Test
    void equal_recursions_are_one() {
        Graphs graphs = new Graphs(3);
        View view = graphs.circuit.install(Shape.LEFT_LINEAR.plan());
        int nodes = graphs.circuit.nodeCount();
        View twice =
                graphs.circuit.install(new Plan.UnionAll(List.of(Shape.LEFT_LINEAR.plan(), Shape.LEFT_LINEAR.plan())));
        assertEquals(nodes + 1, graphs.circuit.nodeCount());
        graphs.circuit.release(twice);
        graphs.circuit.release(view);
        assertEquals(0, graphs.circuit.nodeCount());
    }

    @Test
    void an_edge_that_derives_nothing_new_costs_what_it_reaches() {
        assertEquals(costOfDetour(100), costOfDetour(10_000));
    }

    /** The cost of an edge beside another, which gives each row that it leads to a second derivation, and of its end. */
    private static long costOfDetour(int size) {
        Graphs graphs = new Graphs(size);
        for (int i = 0; i < size; i++) {
            graphs.insert(2 * i, 2 * i + 1);
        }
        graphs.circuit.step();
        graphs.circuit.install(Shape.LEFT_LINEAR.plan());
        long before = graphs.circuit.rowsTouched();
        graphs.insert(2, 3);
        graphs.circuit.step();
        graphs.delete(2, 3);
        graphs.circuit.step();
        return graphs.circuit.rowsTouched() - before;
    }

    /** Tables of edges and of nodes, and what is in them. */
    private static final class Graphs {
        private final Circuit circuit = new Circuit();
        private final TableInput edges = circuit.createTable("edge", PAIR, List.of());
        private final TableInput nodes = circuit.createTable("blocked", List.of(DataType.INT4), List.of());
        private final List<Row> edgeRows = new ArrayList<>();
        private final List<Row> nodeRows = new ArrayList<>();
        private final Map<String, List<Row>> contents = Map.of("edge", edgeRows, "blocked", nodeRows);
        private final int size;

        Graphs(int size) {
            this.size = size;
        }

        List<Row> evaluate(Plan plan) {
            return new ReferenceEvaluator(contents).evaluate(plan);
        }

        void insert(int from, int to) {
            edges.insert(Row.of(from, to));
            edgeRows.add(Row.of(from, to));
        }

        void delete(int from, int to) {
            edges.delete(Row.of(from, to));
            edgeRows.remove(Row.of(from, to));
        }

        void change(Random random) {
            if (random.nextInt(6) == 0) {
                Row node = Row.of(random.nextInt(size));
                if (nodeRows.remove(node)) {
                    nodes.delete(node);
                } else {
                    nodes.insert(node);
                    nodeRows.add(node);
                }
            } else if (edgeRows.isEmpty() || random.nextInt(2 * size + edgeRows.size()) > edgeRows.size()) {
                insert(random.nextInt(size), random.nextInt(size));
            } else {
                Row edge = edgeRows.remove(random.nextInt(edgeRows.size()));
                edges.delete(edge);
            }
        }

        void changeDownhill(Random random) {
            boolean turned = !edgeRows.isEmpty() && from(edgeRows.getFirst()) > to(edgeRows.getFirst());
            if (edgeRows.size() > random.nextInt(12)) {
                edges.delete(edgeRows.removeLast());
            } else {
                int from = random.nextInt(size - 1);
                int to = random.nextInt(from + 1, size);
                insert(turned ? to : from, turned ? from : to);
            }
        }

        void turnAround() {
            List<Row> before = List.copyOf(edgeRows);
            before.forEach(edge -> delete(from(edge), to(edge)));
            before.forEach(edge -> insert(to(edge), from(edge)));
        }

        private static int from(Row edge) {
            return (Integer) java.util.Objects.requireNonNull(edge.get(0));
        }

        private static int to(Row edge) {
            return (Integer) java.util.Objects.requireNonNull(edge.get(1));
        }
    }

    private static Plan join(Plan left, Plan right, JoinKind kind, int leftKey, int rightKey) {
        return new Plan.Join(left, right, kind, List.of(new JoinKey(leftKey, rightKey, false)), Optional.empty());
    }

    private static Plan columns(Plan input, int... columns) {
        List<Expression> expressions = new ArrayList<>();
        for (int column : columns) {
            expressions.add(column(column));
        }
        return new Plan.Project(input, expressions);
    }

    private static Expression column(int index) {
        return new Expression.Column(index, DataType.INT4);
    }

    private static Expression literal(int value) {
        return new Expression.Literal(value, DataType.INT4);
    }
}
