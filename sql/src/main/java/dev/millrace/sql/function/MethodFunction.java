package dev.millrace.sql.function;

import dev.millrace.dataflow.expression.Function;
import dev.millrace.dataflow.row.Carriers;
import dev.millrace.dataflow.row.DataType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A function that is one public static method over the engine's values.
 *
 * @param element the type of arrays' elements, which is the method's first argument if it asks for it
 * @param nullIn whether a null argument makes the result null without a call
 * @param nullOut whether the method may give null; generated code calls only methods that do not, or that take nulls as well
 */
record MethodFunction(
        String name, Method method, Optional<DataType> element, boolean nullIn, boolean nullOut, boolean mayFail)
        implements Function {
    static MethodFunction of(String name, Method method, Optional<DataType> element, Sql declared) {
        boolean asks = method.getParameterCount() > 0 && method.getParameterTypes()[0] == DataType.class;
        return new MethodFunction(
                name,
                method,
                asks ? element : Optional.empty(),
                declared.strict(),
                declared.nullable(),
                declared.mayFail());
    }

    /** For the engine a result that may be null is one for which nulls have to be looked at. */
    @Override
    public boolean strict() {
        return nullIn && !nullOut;
    }

    @Override
    public @Nullable Object apply(@Nullable Object[] arguments) {
        if (nullIn && Arrays.asList(arguments).contains(null)) {
            return null;
        }
        try {
            return method.invoke(null, spread(arguments));
        } catch (InvocationTargetException e) {
            throw switch (e.getCause()) {
                case RuntimeException failure -> failure;
                case Error failure -> throw failure;
                case null, default -> new IllegalStateException(method + " threw a checked exception", e);
            };
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A variadic method takes its last arguments as an array. */
    private @Nullable Object[] spread(@Nullable Object[] arguments) {
        if (element.isPresent()) {
            @Nullable Object[] all = new Object[arguments.length + 1];
            all[0] = element.get();
            System.arraycopy(arguments, 0, all, 1, arguments.length);
            return all;
        }
        if (!method.isVarArgs()) {
            return arguments;
        }
        int fixed = method.getParameterCount() - 1;
        @Nullable Object[] spread = Arrays.copyOf(arguments, fixed + 1);
        Class<?> last = method.getParameterTypes()[fixed].getComponentType();
        @Nullable
        Object[] others = (@Nullable Object[]) java.lang.reflect.Array.newInstance(last, arguments.length - fixed);
        System.arraycopy(arguments, fixed, others, 0, others.length);
        spread[fixed] = others;
        return spread;
    }

    @Override
    public Optional<Method> direct(List<DataType> operands, DataType result) {
        if (method.isVarArgs() || element.isPresent() || (nullIn && nullOut)) {
            return Optional.empty();
        }
        Class<?>[] parameters = method.getParameterTypes();
        boolean fits = parameters.length == operands.size()
                && (method.getReturnType() == Carriers.of(result) || method.getReturnType() == Carriers.boxed(result));
        for (int i = 0; fits && i < parameters.length; i++) {
            Class<?> wanted = nullIn ? Carriers.of(operands.get(i)) : Carriers.boxed(operands.get(i));
            fits = parameters[i] == wanted || (!nullIn && parameters[i] == Object.class);
        }
        if (!fits) {
            throw new IllegalArgumentException(method + " for operands " + operands + " and result " + result);
        }
        return Optional.of(method);
    }

    @Override
    public String toString() {
        return name;
    }
}
