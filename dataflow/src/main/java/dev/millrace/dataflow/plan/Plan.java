package dev.millrace.dataflow.plan;

import dev.millrace.dataflow.expression.Expression;
import dev.millrace.dataflow.expression.TableFunction;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A relational plan: a tree whose leaves are tables and constants. Each node is a multiset of rows with these column types. */
public sealed interface Plan {
    List<DataType> types();

    default List<Plan> inputs() {
        return List.of();
    }

    /** The contents of a table that is fed from outside, known to the circuit by its id. */
    record Table(String id, List<DataType> types) implements Plan {
        public Table {
            types = List.copyOf(types);
        }
    }

    /** Rows that never change. Equal to another only if their rows are identical, scales of decimals included. */
    record Constant(List<Row> rows, List<DataType> types) implements Plan {
        public Constant {
            rows = List.copyOf(rows);
            types = List.copyOf(types);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            if (!(other instanceof Constant that) || rows.size() != that.rows.size() || !types.equals(that.types)) {
                return false;
            }
            for (int i = 0; i < rows.size(); i++) {
                if (!Row.identical(rows.get(i), that.rows.get(i))) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public int hashCode() {
            return 31 * types.hashCode() + rows.hashCode();
        }
    }

    /** One row: the circuit's time, a timestamptz, cut to so many microseconds; it changes as the time comes to the next multiple of them since 1970. */
    record Clock(long period) implements Plan {
        @Override
        public List<DataType> types() {
            return List.of(DataType.TIMESTAMPTZ);
        }
    }

    /** The rows for which the condition is TRUE. */
    record Filter(Plan input, Expression condition) implements Plan {
        @Override
        public List<DataType> types() {
            return input.types();
        }

        @Override
        public List<Plan> inputs() {
            return List.of(input);
        }
    }

    /** Each row replaced by the values of these expressions. */
    record Project(Plan input, List<Expression> expressions) implements Plan {
        public Project {
            expressions = List.copyOf(expressions);
        }

        @Override
        public List<DataType> types() {
            return expressions.stream().map(Expression::type).toList();
        }

        @Override
        public List<Plan> inputs() {
            return List.of(input);
        }
    }

    /** Each row once for every row that the function gives for these arguments, followed by it; not at all if it gives none. */
    record FlatMap(Plan input, TableFunction function, List<Expression> arguments, List<DataType> produced)
            implements Plan {
        public FlatMap {
            arguments = List.copyOf(arguments);
            produced = List.copyOf(produced);
        }

        @Override
        public List<DataType> types() {
            return followed(input.types(), produced.stream());
        }

        @Override
        public List<Plan> inputs() {
            return List.of(input);
        }
    }

    /**
     * Pairs of rows whose keys are equal and for which the residual, over the columns of left followed by right, is TRUE; an
     * outer side's rows without a partner are paired with nulls. A semi or anti join gives rows of the left alone, as often as they
     * stand there. Without keys every pair is tried.
     */
    record Join(Plan left, Plan right, JoinKind kind, List<JoinKey> keys, Optional<Expression> residual)
            implements Plan {
        public Join {
            keys = List.copyOf(keys);
        }

        @Override
        public List<DataType> types() {
            return kind.isLeftAlone() ? left.types() : followed(left.types(), right.types().stream());
        }

        @Override
        public List<Plan> inputs() {
            return List.of(left, right);
        }
    }

    /** An equality of a left and a right column. A null matches nothing, unless {@code nullsMatch}: then it matches a null. */
    record JoinKey(int left, int right, boolean nullsMatch) {}

    /** Which rows a join gives: pairs, with the rows that have no partner of the named sides; or rows of the left alone. */
    enum JoinKind {
        INNER,
        LEFT,
        RIGHT,
        FULL,
        /** The rows of the left that have a partner. */
        SEMI,
        /** The rows of the left that have none. */
        ANTI;

        /** Whether the right side is only asked for a match, and no column of it comes out. */
        public boolean isLeftAlone() {
            return this == SEMI || this == ANTI;
        }
    }

    /**
     * One row per distinct value of the key columns (nulls equal each other), followed by the aggregates over its rows. With no
     * key columns there is exactly one row, also over no input.
     */
    record Aggregate(Plan input, List<Integer> keys, List<AggregateCall> calls) implements Plan {
        public Aggregate {
            keys = List.copyOf(keys);
            calls = List.copyOf(calls);
        }

        @Override
        public List<DataType> types() {
            List<DataType> types = new ArrayList<>();
            keys.forEach(key -> types.add(input.types().get(key)));
            calls.forEach(call -> types.add(call.type()));
            return types;
        }

        @Override
        public List<Plan> inputs() {
            return List.of(input);
        }
    }

    /**
     * An aggregate over one column, or over none for {@code COUNT(*)}. Nulls are left out of it, but for {@code ARRAY_AGG}, and so are rows for which the
     * filter column is not TRUE; with {@code distinct} each value counts once.
     *
     * @param second the column of the second argument: of {@code STRING_AGG} what stands before each value but the first, of aggregates of pairs the x. With {@code distinct} each pair counts once
     * @param order the order in which an {@linkplain AggregateKind#isOrdered ordered} one takes the values, rows that tie being ordered by value and separator; of an ordered set, that of the column alone
     * @param fraction of a percentile, from 0 to 1
     */
    record AggregateCall(
            AggregateKind kind,
            Optional<Integer> column,
            boolean distinct,
            Optional<Integer> filter,
            DataType type,
            Optional<Integer> second,
            List<SortKey> order,
            Optional<Double> fraction) {
        public AggregateCall {
            order = List.copyOf(order);
        }

        /** One that is no percentile. */
        public AggregateCall(
                AggregateKind kind,
                Optional<Integer> column,
                boolean distinct,
                Optional<Integer> filter,
                DataType type,
                Optional<Integer> second,
                List<SortKey> order) {
            this(kind, column, distinct, filter, type, second, order, Optional.empty());
        }

        /** One for which it makes no difference in which order the values come. */
        public AggregateCall(
                AggregateKind kind,
                Optional<Integer> column,
                boolean distinct,
                Optional<Integer> filter,
                DataType type) {
            this(kind, column, distinct, filter, type, Optional.empty(), List.of());
        }

        /** The columns of the input that it reads, but for the filter, each once: the value's, the second argument's, those of the order. */
        public List<Integer> read() {
            return Stream.of(column.stream(), second.stream(), order.stream().map(SortKey::column))
                    .flatMap(columns -> columns)
                    .distinct()
                    .toList();
        }
    }

    /** Each different row once. */
    record Distinct(Plan input) implements Plan {
        @Override
        public List<DataType> types() {
            return input.types();
        }

        @Override
        public List<Plan> inputs() {
            return List.of(input);
        }
    }

    /**
     * The rows {@code offset} to {@code offset + limit} of each group, in this order. A group are the rows that agree in the group
     * columns (nulls equal each other); without group columns all rows are one. Rows that tie are ordered by all of their columns, so
     * that the result does not depend on the order of arrival.
     *
     * @param skip the offset, as a {@link RowBound}; NULL is 0
     * @param take the limit, likewise; NULL is none
     * @param numbered whether a last column of type int8 holds the row's number within its group, counted from 1 before the offset
     */
    record TopK(
            Plan input, List<Integer> groups, List<SortKey> order, Expression skip, Expression take, boolean numbered)
            implements Plan {
        /** @throws MillraceException {@code DATA_ERROR} if offset or limit is negative */
        public TopK {
            groups = List.copyOf(groups);
            order = List.copyOf(order);
            skip = RowBound.settled(skip, 0, "OFFSET");
            take = RowBound.settled(take, Long.MAX_VALUE, "LIMIT");
        }

        public TopK(Plan input, List<Integer> groups, List<SortKey> order, long offset, long limit, boolean numbered) {
            this(input, groups, order, RowBound.of(offset), RowBound.of(limit), numbered);
        }

        /** Whether offset and limit have their values. */
        public boolean isSettled() {
            return skip instanceof Expression.Literal && take instanceof Expression.Literal;
        }

        public long offset() {
            return RowBound.value(skip);
        }

        public long limit() {
            return RowBound.value(take);
        }

        @Override
        public List<DataType> types() {
            return numbered ? followed(input.types(), Stream.of(DataType.INT8)) : input.types();
        }

        @Override
        public List<Plan> inputs() {
            return List.of(input);
        }
    }

    /**
     * Of two inputs with the same types, the rows (by equality, nulls equal each other) that both have, or that the left has beyond the right. With {@code all} a row that
     * stands {@code l} times on the left and {@code r} times on the right comes {@code min(l, r)} or {@code max(l - r, 0)} times; without, once if it is on the left and
     * on the right, or not there. Of equal rows that are not identical it is the first in exact order on the left.
     */
    record SetOperation(Plan left, Plan right, SetKind kind, boolean all) implements Plan {
        @Override
        public List<DataType> types() {
            return left.types();
        }

        @Override
        public List<Plan> inputs() {
            return List.of(left, right);
        }
    }

    /** Which rows of the left a set operation keeps: those that the right has, or has not. */
    enum SetKind {
        INTERSECT,
        EXCEPT
    }

    /**
     * Each row followed by the values of window functions over its partition. A partition are the rows that agree in the partition columns (nulls
     * equal each other); without any all rows are one. Rows that tie in the order are ordered by all of their columns, as in a {@link TopK}; they are peers nevertheless.
     */
    record Window(Plan input, List<Integer> partition, List<SortKey> order, List<WindowCall> calls) implements Plan {
        public Window {
            partition = List.copyOf(partition);
            order = List.copyOf(order);
            calls = List.copyOf(calls);
        }

        @Override
        public List<DataType> types() {
            return followed(input.types(), calls.stream().map(WindowCall::type));
        }

        @Override
        public List<Plan> inputs() {
            return List.of(input);
        }
    }

    /**
     * Each row followed by whether each of these conditions holds at the circuit's time (NULL if its moment or its shift is), and by the time from which on one of them is otherwise, infinity if none ever is.
     */
    record Timed(Plan input, List<TimeCondition> conditions) implements Plan {
        public Timed {
            conditions = List.copyOf(conditions);
        }

        @Override
        public List<DataType> types() {
            Stream<DataType> conditionTypes = conditions.stream().map(condition -> DataType.BOOL);
            return followed(input.types(), Stream.concat(conditionTypes, Stream.of(DataType.TIMESTAMPTZ)));
        }

        @Override
        public List<Plan> inputs() {
            return List.of(input);
        }
    }

    /** All rows of all inputs. */
    record UnionAll(List<Plan> inputs) implements Plan {
        public UnionAll {
            inputs = List.copyOf(inputs);
        }

        @Override
        public List<DataType> types() {
            return inputs.getFirst().types();
        }
    }

    /**
     * The least rows {@code X} that are the base's and those that the step gives for {@code X} itself, for which {@link Recursion} stands in it. With {@code all} a row is there as
     * often as it can be derived; else once, and rows count as one only if they are identical.
     *
     * <p>The step is linear: its only way to its recursive rows is a chain of filters, projections, flat-maps and joins that give a sum of rows a sum of results. What else
     * it reads does not depend on them.
     */
    record Fixpoint(Plan base, Plan step, boolean all) implements Plan {
        public Fixpoint {
            StepPath.requireLinear(base, step);
        }

        @Override
        public List<DataType> types() {
            return base.types();
        }

        @Override
        public List<Plan> inputs() {
            return List.of(base, step);
        }
    }

    /** Within the step of a {@link Fixpoint}: the rows so far of the innermost one around it. */
    record Recursion(List<DataType> types) implements Plan {
        public Recursion {
            types = List.copyOf(types);
        }
    }

    private static List<DataType> followed(List<DataType> types, Stream<DataType> more) {
        return Stream.concat(types.stream(), more).toList();
    }
}
