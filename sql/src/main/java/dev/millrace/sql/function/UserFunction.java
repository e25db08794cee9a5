package dev.millrace.sql.function;

import dev.millrace.dataflow.expression.Function;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A user's public static Java method as a function of SQL. A NULL for a primitive parameter makes the result NULL without a call, any other parameter is given it as null. What the method throws
 * is a data error of the row.
 */
record UserFunction(String name, Method method, List<DataType> parameters, DataType result) implements Function {
    private static final String CLASSES =
            "boolean, short, int, long, float, double and their boxes, String, BigDecimal, UUID, byte[], LocalDate, LocalDateTime and Instant";

    /** @throws MillraceException {@code INVALID_FUNCTION} if the method cannot be called from SQL, saying why */
    static UserFunction of(String name, Method method) {
        boolean callable = Modifier.isPublic(method.getModifiers())
                && Modifier.isStatic(method.getModifiers())
                && Modifier.isPublic(method.getDeclaringClass().getModifiers());
        if (!callable) {
            throw invalid(name, method, "it is not a public static method of a public class");
        }
        if (method.isVarArgs()) {
            throw invalid(name, method, "it takes any number of arguments");
        }
        List<DataType> parameters = new ArrayList<>();
        for (Class<?> parameter : method.getParameterTypes()) {
            parameters.add(typeOf(name, method, parameter));
        }
        return new UserFunction(name, method, parameters, typeOf(name, method, method.getReturnType()));
    }

    private static DataType typeOf(String name, Method method, Class<?> java) {
        return JavaValue.typeOf(java)
                .orElseThrow(() -> invalid(
                        name,
                        method,
                        "no type of SQL has values of the class " + java.getName() + "; those are " + CLASSES));
    }

    private static MillraceException invalid(String name, Method method, String why) {
        return new MillraceException(
                ErrorCode.INVALID_FUNCTION, "the function " + name + " cannot be " + method + ": " + why);
    }

    /** As one signature of its name, for the registry. */
    Overload overload() {
        List<Optional<DataType>> types = parameters.stream().map(Optional::of).toList();
        String declared = name + "("
                + String.join(", ", parameters.stream().map(DataType::sqlName).toList()) + ") " + result.sqlName();
        return new Overload(
                name,
                types,
                false,
                result,
                this,
                false,
                true,
                AnyAs.TEXT,
                declared,
                new Overload.Description(
                        "Registered", method.getDeclaringClass().getName() + "." + method.getName(), ""));
    }

    @Override
    public boolean strict() {
        return false;
    }

    @Override
    public @Nullable Object apply(@Nullable Object[] arguments) {
        Class<?>[] classes = method.getParameterTypes();
        @Nullable Object[] values = new Object[arguments.length];
        for (int i = 0; i < arguments.length; i++) {
            Object argument = arguments[i];
            if (argument == null && classes[i].isPrimitive()) {
                return null;
            }
            values[i] =
                    argument == null ? null : JavaValue.of(parameters.get(i)).toJava(argument);
        }
        try {
            Object value = method.invoke(null, values);
            return value == null ? null : JavaValue.of(result).toEngine(value);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Error error && !(error instanceof StackOverflowError)) {
                throw error;
            }
            throw new MillraceException(
                    ErrorCode.DATA_ERROR,
                    "the function " + name + " has failed for " + Arrays.toString(values) + ": " + e.getCause(),
                    e.getCause());
        } catch (IllegalAccessException e) {
            throw new MillraceException(
                    ErrorCode.INVALID_FUNCTION, "the function " + name + " cannot be called: " + e.getMessage(), e);
        }
    }
}
