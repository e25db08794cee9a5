package dev.millrace.sql.function;

import dev.millrace.dataflow.expression.Expression;
import dev.millrace.dataflow.expression.Function;
import dev.millrace.dataflow.row.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One signature of a name, and the function behind it.
 *
 * @param parameters their types; empty for one that takes any type
 * @param variadic whether the last parameter takes any number of arguments
 * @param nullable whether the result may be null
 * @param any as what it is given arguments of any type
 * @param declared the signature as it is written in the documentation
 */
public record Overload(
        String name,
        List<Optional<DataType>> parameters,
        boolean variadic,
        DataType result,
        Function function,
        boolean nullIn,
        boolean nullable,
        AnyAs any,
        String declared,
        Description description) {
    public Overload {
        parameters = List.copyOf(parameters);
    }

    /** What the documentation says: the family's name, the meaning in a line, and a call. */
    public record Description(String family, String about, String example) {}

    @Override
    public String toString() {
        return declared;
    }

    /** Whether it can be called with so many arguments. */
    boolean takes(int arguments) {
        return variadic ? arguments >= parameters.size() : arguments == parameters.size();
    }

    /** The type of the parameter that takes this argument. */
    Optional<DataType> parameter(int argument) {
        return parameters.get(Math.min(argument, parameters.size() - 1));
    }

    /** The call with these operands, which it takes, converted to its parameters' types. */
    public Expression.Call call(List<Expression> operands, Conversions conversions) {
        List<Expression> converted = new ArrayList<>();
        for (int i = 0; i < operands.size(); i++) {
            Expression operand = operands.get(i);
            int number = i;
            converted.add(parameter(i)
                    .map(type -> conversions.convert(operand, type))
                    .orElseGet(() -> any.convert(operand, number)));
        }
        List<DataType> types = new ArrayList<>();
        for (int i = 0; i < operands.size(); i++) {
            boolean asItIs = parameter(i).isEmpty() && any != AnyAs.TEXT;
            types.add((asItIs ? operands : converted).get(i).type());
        }
        return new Expression.Call(ZonedFunction.of(this, types, converted).orElse(function), converted, result);
    }

    /** How the compiler converts an operand to a type. */
    public interface Conversions {
        Expression convert(Expression operand, DataType type);
    }
}
