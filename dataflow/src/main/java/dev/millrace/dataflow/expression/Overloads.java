package dev.millrace.dataflow.expression;

import dev.millrace.dataflow.row.Carriers;
import dev.millrace.dataflow.row.DataType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The public methods of one name, told apart by the carriers of their parameters, as {@link Function#direct} wants them. Immutable. */
public final class Overloads {
    private final String name;
    private final List<Overload> overloads;

    private Overloads(String name, List<Overload> overloads) {
        this.name = name;
        this.overloads = overloads;
    }

    private record Overload(Method method, List<Class<?>> parameters, List<Class<?>> boxes) {
        static Overload of(Method method) {
            List<Class<?>> parameters = List.of(method.getParameterTypes());
            return new Overload(
                    method,
                    parameters,
                    parameters.stream().<Class<?>>map(Carriers::boxed).toList());
        }

        boolean takes(boolean strict, List<DataType> operands) {
            if (operands.size() != parameters.size()) {
                return false;
            }
            for (int i = 0; i < parameters.size(); i++) {
                Class<?> parameter = parameters.get(i);
                DataType operand = operands.get(i);
                boolean fits = strict
                        ? parameter == Carriers.of(operand)
                        : parameter == Carriers.boxed(operand) || parameter == Object.class;
                if (!fits) {
                    return false;
                }
            }
            return true;
        }

        boolean takes(@Nullable Object[] arguments) {
            if (arguments.length != parameters.size()) {
                return false;
            }
            for (int i = 0; i < arguments.length; i++) {
                Object argument = arguments[i];
                boolean fits = argument == null
                        ? !parameters.get(i).isPrimitive()
                        : boxes.get(i).isInstance(argument);
                if (!fits) {
                    return false;
                }
            }
            return true;
        }
    }

    /**
     * Those of the public methods that these classes declare.
     *
     * @throws IllegalArgumentException if there is none or a class is not public
     */
    public static Overloads of(String name, Class<?>... owners) {
        for (Class<?> owner : owners) {
            if (!Modifier.isPublic(owner.getModifiers())) {
                throw new IllegalArgumentException(owner + " is not public");
            }
        }
        List<Overload> overloads = Stream.of(owners)
                .flatMap(owner -> Stream.of(owner.getDeclaredMethods()))
                .filter(method -> method.getName().equals(name) && Modifier.isPublic(method.getModifiers()))
                .map(Overload::of)
                .toList();
        if (overloads.isEmpty()) {
            throw new IllegalArgumentException("no public method " + name + " in " + Arrays.toString(owners));
        }
        return new Overloads(name, overloads);
    }

    /**
     * The method for operands of these types.
     *
     * @param strict whether its parameters are carriers, else boxed ones or {@code Object}
     * @throws IllegalArgumentException unless there is exactly one, and it returns the carrier of {@code result} or its box
     */
    public Method find(boolean strict, List<DataType> operands, DataType result) {
        List<Method> fitting = overloads.stream()
                .filter(overload -> overload.takes(strict, operands))
                .map(Overload::method)
                .toList();
        if (fitting.size() != 1) {
            throw new IllegalArgumentException(fitting.size() + " methods " + name + " for operands " + operands);
        }
        Method method = fitting.getFirst();
        Class<?> returned = method.getReturnType();
        if (returned != Carriers.of(result) && returned != Carriers.boxed(result)) {
            throw new IllegalArgumentException(method + " does not return " + result);
        }
        return method;
    }

    /**
     * Calls the method that takes these arguments.
     *
     * @param function the object whose instance methods are called
     * @throws IllegalArgumentException if there is none; and whatever the method throws
     */
    @Nullable
    Object invoke(Object function, @Nullable Object[] arguments) {
        for (Overload overload : overloads) {
            if (overload.takes(arguments)) {
                return invoke(overload.method(), function, arguments);
            }
        }
        throw new IllegalArgumentException("no method " + name + " for arguments " + Arrays.toString(arguments));
    }

    private static @Nullable Object invoke(Method method, Object function, @Nullable Object[] arguments) {
        try {
            return method.invoke(function, arguments);
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
}
