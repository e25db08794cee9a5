package dev.millrace.dataflow.expression;

import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Row;
import dev.millrace.dataflow.row.Values;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A typed expression over the columns of one row, with SQL's three-valued logic. {@code And}, {@code Or} and {@code Case}
 * stand apart from {@link Call} since they do not evaluate all of their operands.
 */
public sealed interface Expression {
    DataType type();

    /** The value for this row. Throws what {@link Function#apply} throws. */
    @Nullable
    Object evaluate(Row row);

    /** Whether the value for this row is TRUE (neither FALSE nor NULL). A conjunction ends at the first operand that is not. */
    default boolean isTrue(Row row) {
        return Boolean.TRUE.equals(evaluate(row));
    }

    /** The expressions whose values this one is computed from. */
    List<Expression> operands();

    /** Whether there may be rows for which it has no value. */
    default boolean mayFail() {
        boolean itself = this instanceof Call call && call.function().mayFail();
        return itself || operands().stream().anyMatch(Expression::mayFail);
    }

    /** The columns that it reads, each once, in the order of their first occurrence. */
    default Set<Integer> columns() {
        Set<Integer> columns = new LinkedHashSet<>();
        if (this instanceof Column column) {
            columns.add(column.index());
        }
        operands().forEach(operand -> columns.addAll(operand.columns()));
        return columns;
    }

    /** Whether it reads a parameter. */
    default boolean hasParameters() {
        return this instanceof Parameter || operands().stream().anyMatch(Expression::hasParameters);
    }

    /** The same expression with other operands, in the places of {@link #operands}. */
    default Expression replacingOperands(UnaryOperator<Expression> replacement) {
        return switch (this) {
            case Column column -> column;
            case Literal literal -> literal;
            case Parameter parameter -> parameter;
            case Call call -> new Call(call.function, replaced(call.operands, replacement), call.type);
            case And and -> new And(replaced(and.operands, replacement));
            case Or or -> new Or(replaced(or.operands, replacement));
            case Case choice ->
                new Case(
                        replaced(choice.conditions, replacement),
                        replaced(choice.results, replacement),
                        replacement.apply(choice.otherwise),
                        choice.type);
        };
    }

    /** The same expression with another in the place of each column, literal and parameter. */
    default Expression replacingLeaves(UnaryOperator<Expression> replacement) {
        return switch (this) {
            case Column column -> replacement.apply(column);
            case Literal literal -> replacement.apply(literal);
            case Parameter parameter -> replacement.apply(parameter);
            case Call _, And _, Or _, Case _ -> replacingOperands(operand -> operand.replacingLeaves(replacement));
        };
    }

    private static List<Expression> replaced(List<Expression> expressions, UnaryOperator<Expression> replacement) {
        return expressions.stream().map(replacement).toList();
    }

    /** The value of a column, counted from 0. */
    record Column(int index, DataType type) implements Expression {
        @Override
        public @Nullable Object evaluate(Row row) {
            return row.get(index);
        }

        @Override
        public List<Expression> operands() {
            return List.of();
        }

        @Override
        public String toString() {
            return "#" + index;
        }
    }

    /** A constant. Equal to another only if both are shown alike: 1.0 is not 1.00. */
    record Literal(@Nullable Object value, DataType type) implements Expression {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Literal that && type == that.type && Values.identical(value, that.value);
        }

        @Override
        public int hashCode() {
            return 31 * type.hashCode() + Objects.hashCode(value);
        }

        @Override
        public @Nullable Object evaluate(Row row) {
            return value;
        }

        @Override
        public List<Expression> operands() {
            return List.of();
        }

        @Override
        public String toString() {
            return value instanceof String ? "'" + value + "'" : String.valueOf(value);
        }
    }

    /** The value of a query's parameter, counted from 0. It stands in plans that wait for values; no plan that runs has one. */
    record Parameter(int index, DataType type) implements Expression {
        @Override
        public @Nullable Object evaluate(Row row) {
            throw unbound();
        }

        /** What is thrown where one is met nevertheless. */
        public IllegalStateException unbound() {
            return new IllegalStateException("the parameter " + this + " has no value");
        }

        @Override
        public List<Expression> operands() {
            return List.of();
        }

        @Override
        public String toString() {
            return "$" + (index + 1);
        }
    }

    /** A function applied to the values of its operands, all of them evaluated first, left to right. */
    record Call(Function function, List<Expression> operands, DataType type) implements Expression {
        public Call {
            operands = List.copyOf(operands);
        }

        @Override
        public @Nullable Object evaluate(Row row) {
            @Nullable Object[] arguments = new Object[operands.size()];
            boolean complete = true;
            for (int i = 0; i < arguments.length; i++) {
                arguments[i] = operands.get(i).evaluate(row);
                complete &= arguments[i] != null;
            }
            return complete || !function.strict() ? function.apply(arguments) : null;
        }

        @Override
        public String toString() {
            return function.name() + operands;
        }
    }

    /** FALSE if any operand is, else NULL if any is, else TRUE; stops at the first FALSE. */
    record And(List<Expression> operands) implements Expression {
        public And {
            operands = List.copyOf(operands);
        }

        @Override
        public DataType type() {
            return DataType.BOOL;
        }

        @Override
        public boolean isTrue(Row row) {
            return operands.stream().allMatch(operand -> operand.isTrue(row));
        }

        @Override
        public @Nullable Object evaluate(Row row) {
            Boolean result = true;
            for (Expression operand : operands) {
                Object value = operand.evaluate(row);
                if (value == null) {
                    result = null;
                } else if (!((Boolean) value)) {
                    return false;
                }
            }
            return result;
        }

        @Override
        public String toString() {
            return "and" + operands;
        }
    }

    /** TRUE if any operand is, else NULL if any is, else FALSE; stops at the first TRUE. */
    record Or(List<Expression> operands) implements Expression {
        public Or {
            operands = List.copyOf(operands);
        }

        @Override
        public DataType type() {
            return DataType.BOOL;
        }

        @Override
        public @Nullable Object evaluate(Row row) {
            Boolean result = false;
            for (Expression operand : operands) {
                Object value = operand.evaluate(row);
                if (value == null) {
                    result = null;
                } else if ((Boolean) value) {
                    return true;
                }
            }
            return result;
        }

        @Override
        public String toString() {
            return "or" + operands;
        }
    }

    /** The result beside the first condition that is TRUE, else {@code otherwise}; only what is needed is evaluated. */
    record Case(List<Expression> conditions, List<Expression> results, Expression otherwise, DataType type)
            implements Expression {
        public Case {
            conditions = List.copyOf(conditions);
            results = List.copyOf(results);
        }

        @Override
        public List<Expression> operands() {
            return Stream.of(conditions, results, List.of(otherwise))
                    .flatMap(List::stream)
                    .toList();
        }

        @Override
        public @Nullable Object evaluate(Row row) {
            for (int i = 0; i < conditions.size(); i++) {
                if (conditions.get(i).isTrue(row)) {
                    return results.get(i).evaluate(row);
                }
            }
            return otherwise.evaluate(row);
        }

        @Override
        public String toString() {
            return "case" + conditions + results + "[" + otherwise + "]";
        }
    }
}
