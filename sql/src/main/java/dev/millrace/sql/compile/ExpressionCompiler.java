package dev.millrace.sql.compile;

import static dev.millrace.sql.compile.Refusal.unsupported;

import dev.millrace.dataflow.expression.Expression;
import dev.millrace.dataflow.row.ColumnType;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.row.Row;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import dev.millrace.sql.function.Arithmetic;
import dev.millrace.sql.function.ArrayFunction;
import dev.millrace.sql.function.Comparison;
import dev.millrace.sql.function.Conversion;
import dev.millrace.sql.function.Extreme;
import dev.millrace.sql.function.Functions;
import dev.millrace.sql.function.Logic;
import dev.millrace.sql.function.NamedFunction;
import dev.millrace.sql.function.Now;
import dev.millrace.sql.function.Nullif;
import dev.millrace.sql.function.Overload;
import dev.millrace.sql.type.TypeMapping;
import dev.millrace.sql.type.UnsupportedType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlOperator;

/**
 * Compiles the planner's expressions over one input row. Operands are converted to the types that the function takes, so that
 * functions need to know only values of their own types; calls of constants are done at once.
 */
final class ExpressionCompiler {
    private final List<DataType> inputTypes;
    private final List<String> inputNames;
    private final RexBuilder builder;

    /** @param inputTypes the types of the row's values; names are for messages only */
    ExpressionCompiler(List<DataType> inputTypes, List<String> inputNames, RexBuilder builder) {
        this.inputTypes = inputTypes;
        this.inputNames = inputNames;
        this.builder = builder;
    }

    Expression compile(RexNode node) {
        return switch (node) {
            case RexInputRef column -> column(column);
            case RexLiteral literal -> Literals.compile(literal);
            case RexOver over ->
                throw unsupported("a window function (" + name(over.getOperator())
                        + "), which LIMIT in a correlated subquery comes to as well,");
            case RexSubQuery subquery -> throw unsupported("a subquery in this place (" + subquery.getKind().sql + ")");
            case RexCall call -> call(call);
            case RexDynamicParam parameter ->
                new Expression.Parameter(parameter.getIndex(), TypeMapping.toEngine(parameter.getType()));
            case RexFieldAccess access
            when access.getReferenceExpr() instanceof RexCorrelVariable ->
                throw unsupported("a subquery that refers to its outer query in this way");
            default -> throw unsupported("the expression " + node);
        };
    }

    List<Expression> compileAll(List<? extends RexNode> nodes) {
        return nodes.stream().map(this::compile).toList();
    }

    private Expression column(RexInputRef column) {
        requireReadable(column.getType(), inputNames.get(column.getIndex()));
        return new Expression.Column(column.getIndex(), inputTypes.get(column.getIndex()));
    }

    /** Refuses a column of a type that rows have no values of. */
    static void requireReadable(RelDataType type, String column) {
        if (type instanceof UnsupportedType) {
            throw new MillraceException(
                    ErrorCode.UNSUPPORTED_TYPE,
                    "column '" + column + "' has type " + type
                            + ", which cannot be read yet; leave it out of the query");
        }
    }

    private Expression call(RexCall call) {
        return switch (call.getKind()) {
            case AND -> new Expression.And(conditions(call));
            case OR -> new Expression.Or(conditions(call));
            case NOT -> logic(Logic.NOT, call);
            case IS_NULL -> logic(Logic.IS_NULL, call);
            case IS_NOT_NULL -> logic(Logic.IS_NOT_NULL, call);
            case IS_TRUE -> logic(Logic.IS_TRUE, call);
            case IS_NOT_TRUE -> logic(Logic.IS_NOT_TRUE, call);
            case IS_FALSE -> logic(Logic.IS_FALSE, call);
            case IS_NOT_FALSE -> logic(Logic.IS_NOT_FALSE, call);
            case IS_UNKNOWN -> logic(Logic.IS_NULL, call);
            case EQUALS -> comparison(Comparison.EQUAL, call);
            case NOT_EQUALS -> comparison(Comparison.NOT_EQUAL, call);
            case LESS_THAN -> comparison(Comparison.LESS, call);
            case LESS_THAN_OR_EQUAL -> comparison(Comparison.LESS_OR_EQUAL, call);
            case GREATER_THAN -> comparison(Comparison.GREATER, call);
            case GREATER_THAN_OR_EQUAL -> comparison(Comparison.GREATER_OR_EQUAL, call);
            case IS_DISTINCT_FROM -> comparison(Comparison.DISTINCT, call);
            case IS_NOT_DISTINCT_FROM -> comparison(Comparison.NOT_DISTINCT, call);
            case PLUS -> arithmetic(Arithmetic.Operation.ADD, call);
            case MINUS -> arithmetic(Arithmetic.Operation.SUBTRACT, call);
            case TIMES -> arithmetic(Arithmetic.Operation.MULTIPLY, call);
            case DIVIDE -> arithmetic(Arithmetic.Operation.DIVIDE, call);
            case MOD -> arithmetic(Arithmetic.Operation.REMAINDER, call);
            case MINUS_PREFIX -> arithmetic(Arithmetic.Operation.NEGATE, call);
            case PLUS_PREFIX -> compile(call.getOperands().getFirst());
            case CASE -> choice(call);
            case GREATEST, GREATEST_PG -> extreme(Extreme.GREATEST, call);
            case LEAST, LEAST_PG -> extreme(Extreme.LEAST, call);
            case COALESCE -> coalesce(call);
            case CAST -> Casts.of(call, compile(call.getOperands().getFirst()));
            case ARRAY_VALUE_CONSTRUCTOR -> array(call);
            case ITEM -> element(call);
            case SEARCH -> compile(RexUtil.expandSearch(builder, null, call));
            default -> function(call);
        };
    }

    private List<Expression> conditions(RexCall call) {
        List<Expression> operands = compileAll(call.getOperands());
        for (Expression operand : operands) {
            if (operand.type() != DataType.BOOL) {
                throw Refusal.invalid("a condition is of type " + operand.type().sqlName() + ", not bool");
            }
        }
        return operands;
    }

    private Expression logic(Logic test, RexCall call) {
        return fold(new Expression.Call(test, compileAll(call.getOperands()), DataType.BOOL));
    }

    private Expression comparison(Comparison comparison, RexCall call) {
        Expression left = compile(call.getOperands().get(0));
        Expression right = compile(call.getOperands().get(1));
        boolean sameLabels = TypeMapping.labels(call.getOperands().get(0).getType())
                .equals(TypeMapping.labels(call.getOperands().get(1).getType()));
        DataType common = Functions.comparable(left.type(), right.type())
                .filter(_ -> sameLabels)
                .orElseThrow(() -> Refusal.invalid("operator does not exist: "
                        + TypeMapping.toColumn(call.getOperands().get(0).getType()) + " " + comparison + " "
                        + TypeMapping.toColumn(call.getOperands().get(1).getType()) + "; add a cast"));
        return fold(
                new Expression.Call(comparison, List.of(convert(left, common), convert(right, common)), DataType.BOOL));
    }

    private Expression arithmetic(Arithmetic.Operation operation, RexCall call) {
        List<Expression> operands = compileAll(call.getOperands());
        Expression first = operands.getFirst();
        Expression last = operands.getLast();
        DataType type = Functions.numeric(first.type(), last.type())
                .orElseThrow(() -> unsupported("'" + name(call.getOperator()) + "' of "
                        + first.type().sqlName() + " and " + last.type().sqlName()));
        boolean floatRemainder =
                operation == Arithmetic.Operation.REMAINDER && (type == DataType.FLOAT4 || type == DataType.FLOAT8);
        if (floatRemainder) {
            throw Refusal.invalid("operator does not exist: " + type.sqlName() + " % " + type.sqlName());
        }
        List<Expression> converted =
                operands.stream().map(operand -> convert(operand, type)).toList();
        return typed(fold(new Expression.Call(new Arithmetic(operation, type), converted, type)), call);
    }

    private Expression extreme(Extreme function, RexCall call) {
        DataType type = TypeMapping.toEngine(call.getType());
        Orderable.require(type);
        List<Expression> operands = call.getOperands().stream()
                .map(operand -> branch(operand, type))
                .toList();
        return fold(new Expression.Call(function, operands, type));
    }

    private Expression choice(RexCall call) {
        DataType type = TypeMapping.toEngine(call.getType());
        List<Expression> conditions = new ArrayList<>();
        List<Expression> results = new ArrayList<>();
        List<RexNode> operands = call.getOperands();
        for (int i = 0; i + 1 < operands.size(); i += 2) {
            Expression condition = compile(operands.get(i));
            // As in Postgres: what a constant condition rules out may be a constant that fails.
            if (!isConstant(condition)) {
                conditions.add(condition);
                results.add(branch(operands.get(i + 1), type));
            } else if (condition.isTrue(Row.EMPTY)) {
                return choice(conditions, results, branch(operands.get(i + 1), type), type);
            }
        }
        return choice(conditions, results, branch(operands.getLast(), type), type);
    }

    private static Expression choice(
            List<Expression> conditions, List<Expression> results, Expression otherwise, DataType type) {
        return conditions.isEmpty() ? otherwise : new Expression.Case(conditions, results, otherwise, type);
    }

    /** Whether it is the same for all rows, without an error. */
    private static boolean isConstant(Expression expression) {
        return expression instanceof Expression.Literal
                || (!expression.mayFail()
                        && !expression.operands().isEmpty()
                        && expression.operands().stream().allMatch(ExpressionCompiler::isConstant));
    }

    private Expression nullif(RexCall call) {
        RexNode first = call.getOperands().getFirst();
        if (TypeMapping.toEngine(call.getOperands().getLast().getType()) == DataType.CHAR) {
            throw unsupported("nullif of a char(n) column; cast it to text first, which");
        }
        DataType type = TypeMapping.toEngine(call.getType());
        Expression equal = comparison(Comparison.EQUAL, call);
        return new Expression.Case(
                List.of(equal), List.of(new Expression.Literal(null, type)), branch(first, type), type);
    }

    private Expression coalesce(RexCall call) {
        DataType type = TypeMapping.toEngine(call.getType());
        List<Expression> operands = call.getOperands().stream()
                .map(operand -> branch(operand, type))
                .toList();
        List<Expression> candidates = operands.subList(0, operands.size() - 1);
        List<Expression> conditions = candidates.stream()
                .<Expression>map(candidate -> new Expression.Call(Logic.IS_NOT_NULL, List.of(candidate), DataType.BOOL))
                .toList();
        return new Expression.Case(conditions, candidates, operands.getLast(), type);
    }

    private Expression branch(RexNode node, DataType type) {
        Expression branch = compile(node);
        if (branch.type() == DataType.CHAR) {
            throw unsupported("CASE or COALESCE over a char(n) column; cast it to text first");
        }
        return convert(branch, type);
    }

    private Expression array(RexCall call) {
        DataType type = TypeMapping.toEngine(call.getType());
        List<Expression> elements = call.getOperands().stream()
                .map(operand -> branch(operand, type.element()))
                .toList();
        return fold(new Expression.Call(new ArrayFunction.Constructor(type.element()), elements, type));
    }

    private Expression element(RexCall call) {
        Expression array = compile(call.getOperands().get(0));
        if (!array.type().isArray()) {
            throw unsupported("a subscript of a value of type " + array.type().sqlName());
        }
        Expression number = convert(compile(call.getOperands().get(1)), DataType.INT4);
        return fold(new Expression.Call(
                new ArrayFunction.Element(),
                List.of(array, number),
                array.type().element()));
    }

    private Expression function(RexCall call) {
        if (call.getOperator() instanceof Nullif) {
            return nullif(call);
        }
        List<Expression> operands = compileAll(call.getOperands());
        List<DataType> types = operands.stream().map(Expression::type).toList();
        String name = name(call.getOperator());
        if (call.getOperator() instanceof NamedFunction function) {
            Overload overload = function.resolve(
                            types.stream().map(Optional::of).toList())
                    .orElseThrow(() -> new IllegalStateException(name + " of " + types));
            return typed(fold(overload.call(operands, ExpressionCompiler::convert)), call);
        }
        Functions.Signature signature = Functions.find(name, types)
                .orElseThrow(() -> unsupported("the function " + name + "("
                        + String.join(
                                ", ", types.stream().map(DataType::sqlName).toList()) + ")"));
        List<Expression> converted = new ArrayList<>();
        for (int i = 0; i < operands.size(); i++) {
            converted.add(convert(operands.get(i), signature.parameters().get(i)));
        }
        return typed(fold(new Expression.Call(signature.function(), converted, signature.result())), call);
    }

    private static String name(SqlOperator operator) {
        return operator.getName().toLowerCase(Locale.ROOT);
    }

    /** Refuses a call whose type the planner sees otherwise than Postgres does, since what is above it was planned with that. */
    private static Expression typed(Expression expression, RexCall call) {
        DataType planned = TypeMapping.toEngine(call.getType());
        if (planned != expression.type()) {
            if (planned == DataType.CHAR) {
                throw unsupported("'" + name(call.getOperator()) + "' of a char(n) column; cast it to text first");
            }
            throw unsupported("'" + name(call.getOperator()) + "' with a result of type "
                    + expression.type().sqlName() + " (planned as " + planned.sqlName() + "); cast its operands");
        }
        return expression;
    }

    static Expression convert(Expression expression, DataType type) {
        return convert(expression, ColumnType.of(type));
    }

    static Expression convert(Expression expression, ColumnType column) {
        DataType type = column.type();
        boolean same = expression.type() == type || (expression.type() == DataType.CHAR && type == DataType.TEXT);
        if (same) {
            return expression;
        }
        if (Literals.isNull(expression)) {
            return new Expression.Literal(null, type);
        }
        return fold(new Expression.Call(
                Functions.conversion(expression.type(), column)
                        .orElseThrow(() -> Refusal.invalid(
                                "a value of type " + expression.type().sqlName() + " stands where " + type.sqlName()
                                        + " is wanted; add a cast")),
                List.of(expression),
                type));
    }

    /**
     * Does a call of constants now, and one of which NULL makes NULL, so that other arguments are not looked at. One that fails, such as a cast of a malformed date, fails the query, as in Postgres. A cast to a
     * declared length or scale is tried, but kept, since the result's type is read off it.
     */
    static Expression fold(Expression.Call call) {
        if (call.function().strict() && call.operands().stream().anyMatch(Literals::isNull)) {
            return new Expression.Literal(null, call.type());
        }
        if (Now.is(call) || !call.operands().stream().allMatch(Expression.Literal.class::isInstance)) {
            return call;
        }
        Object value = call.evaluate(Row.EMPTY);
        boolean declared = call.function() instanceof Conversion(DataType ignored, ColumnType to)
                && to.precision() != ColumnType.UNDECLARED;
        return declared ? call : new Expression.Literal(value, call.type());
    }
}
