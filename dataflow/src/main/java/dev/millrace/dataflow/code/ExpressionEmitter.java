package dev.millrace.dataflow.code;

import dev.millrace.dataflow.expression.Expression;
import dev.millrace.dataflow.expression.Function;
import dev.millrace.dataflow.row.Carriers;
import dev.millrace.dataflow.row.DataType;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes the code of expressions over one row. The value of an expression is pushed unboxed; if it is NULL, the code jumps instead, with nothing pushed. Since
 * the operand stack must be the same wherever a jump comes from, operands wait in local variables, not on the stack.
 */
final class ExpressionEmitter {
    private final Emitter emitter;
    private final CodeBuilder code;
    private final List<Operand> columns;
    private final SplitProgram.@Nullable RowLocals row;
    private final Map<Expression, Remembered> remembered;

    /** @param columns where the columns' values are */
    ExpressionEmitter(Emitter emitter, List<Operand> columns) {
        this(emitter, columns, null);
    }

    /** @param row what parts of the expressions are called with; null if they have none */
    ExpressionEmitter(Emitter emitter, List<Operand> columns, SplitProgram.@Nullable RowLocals row) {
        this(emitter, columns, row, new HashMap<>());
    }

    private ExpressionEmitter(
            Emitter emitter,
            List<Operand> columns,
            SplitProgram.@Nullable RowLocals row,
            Map<Expression, Remembered> remembered) {
        this.row = row;
        this.remembered = remembered;
        this.emitter = emitter;
        this.code = emitter.code();
        this.columns = columns;
    }

    /**
     * A value that is computed once for a row, in a local variable.
     *
     * @param state a variable that is {@link #ABSENT} or {@link #PRESENT} once it was computed, 0 before
     */
    private record Remembered(int state, int value) {
        static final int PRESENT = 1;
        static final int ABSENT = 2;
    }

    /** Computes each of these only once for a row, however often it is pushed. To be called where a row begins. */
    void remember(List<Expression> repeated) {
        for (Expression expression : repeated) {
            TypeKind kind = Kinds.of(expression.type());
            Remembered memory = new Remembered(emitter.local(TypeKind.INT), emitter.local(kind));
            code.iconst_0().istore(memory.state());
            pushDefault(kind);
            code.storeLocal(kind, memory.value());
            remembered.put(expression, memory);
        }
    }

    /** Goes on if the condition is TRUE, else jumps. */
    void jumpUnlessTrue(Expression condition, Label target) {
        if (condition instanceof Expression.And and) {
            and.operands().forEach(operand -> jumpUnlessTrue(operand, target));
        } else if (condition instanceof Expression.Call call
                && call.function() instanceof Part part
                && part.isCondition()) {
            Objects.requireNonNull(row).invoke(emitter, part.method(), boolean.class);
            code.ifeq(target);
        } else {
            push(condition, target);
            code.ifeq(target);
        }
    }

    /** Computes an expression for use as a column by what comes next. */
    Operand operand(Expression expression) {
        if (expression instanceof Expression.Column column) {
            return columns.get(column.index());
        }
        TypeKind kind = Kinds.of(expression.type());
        int value = emitter.local(kind);
        int isNull = emitter.local(TypeKind.INT);
        Label absent = code.newLabel();
        Label done = code.newLabel();
        push(expression, absent);
        code.storeLocal(kind, value).iconst_0().istore(isNull).goto_(done);
        code.labelBinding(absent);
        pushDefault(kind);
        code.storeLocal(kind, value).iconst_1().istore(isNull);
        code.labelBinding(done);
        return new Operand.Computed(expression.type(), value, isNull);
    }

    /** Pushes a column's value. */
    void push(Operand operand, Label whenNull) {
        switch (operand) {
            case Operand.Input input -> {
                if (input.mayMiss()) {
                    code.iload(input.slot()).iflt(whenNull);
                }
                emitter.jumpIfNull(input.column(), input.slot(), whenNull);
                emitter.load(input.column(), input.slot());
            }
            case Operand.Computed computed -> {
                code.iload(computed.isNull()).ifne(whenNull);
                code.loadLocal(Kinds.of(computed.type()), computed.value());
            }
            case Operand.Framed framed -> Frames.push(code, framed, whenNull);
            case Operand.Unread unread ->
                throw new IllegalStateException("a column is read that was said not to be: " + unread);
        }
    }

    /** Pushes an expression's value. */
    void push(Expression expression, Label whenNull) {
        switch (expression) {
            case Expression.Column column -> push(columns.get(column.index()), whenNull);
            case Expression.Literal literal -> pushLiteral(literal.value(), literal.type(), whenNull);
            case Expression.Parameter parameter -> throw parameter.unbound();
            case Expression.And and -> pushJunction(and.operands(), false, whenNull);
            case Expression.Or or -> pushJunction(or.operands(), true, whenNull);
            case Expression.Case choice -> pushCase(choice, whenNull);
            case Expression.Call call
            when call.function() instanceof Part part -> pushPart(part, call.type(), whenNull);
            case Expression.Call call -> {
                Remembered memory = remembered.get(call);
                if (memory == null) {
                    pushFallible(call, whenNull);
                } else {
                    pushRemembered(call, memory, whenNull);
                }
            }
        }
    }

    private void pushRemembered(Expression.Call call, Remembered memory, Label whenNull) {
        TypeKind kind = Kinds.of(call.type());
        Label known = code.newLabel();
        Label absent = code.newLabel();
        Label present = code.newLabel();
        code.iload(memory.state()).ifne(known);
        pushFallible(call, absent);
        code.storeLocal(kind, memory.value());
        emitter.constant(Remembered.PRESENT);
        code.istore(memory.state()).goto_(present);
        code.labelBinding(absent);
        emitter.constant(Remembered.ABSENT);
        code.istore(memory.state()).goto_(whenNull);
        code.labelBinding(known).iload(memory.state());
        emitter.constant(Remembered.ABSENT);
        code.if_icmpeq(whenNull);
        code.labelBinding(present).loadLocal(kind, memory.value());
    }

    /** Computes an expression into the frame. */
    void frame(Expression expression, Operand.Framed target) {
        Frames.clear(code, target);
        Label absent = code.newLabel();
        TypeKind kind = Kinds.of(expression.type());
        push(expression, absent);
        Frames.save(code, target, emitter.store(kind));
        code.labelBinding(absent);
    }

    /** Writes a value to a column of an output, into a slot that was allocated. */
    void write(Expression expression, Emitter.ColumnAccess column, int index, int output, int slot) {
        Label absent = code.newLabel();
        Label done = code.newLabel();
        push(expression, absent);
        emitter.save(column, slot, emitter.store(Kinds.of(column.type())));
        code.goto_(done);
        code.labelBinding(absent).aload(output).iload(slot).loadConstant(index);
        emitter.invokeStore("setNull", void.class, int.class, int.class);
        code.labelBinding(done);
    }

    private void pushPart(Part part, DataType type, Label whenNull) {
        SplitProgram.RowLocals locals = Objects.requireNonNull(row);
        TypeKind kind = Kinds.of(type);
        locals.invoke(emitter, part.method(), Carriers.of(type));
        int value = emitter.store(kind);
        code.aload(locals.values()).iconst_0().laload().l2i().ifne(whenNull);
        code.loadLocal(kind, value);
    }

    private void pushLiteral(@Nullable Object value, DataType type, Label whenNull) {
        switch (value) {
            case null -> {
                code.goto_(whenNull);
                pushDefault(Kinds.of(type));
            }
            case Boolean bool -> emitter.constant(bool ? 1 : 0);
            case Short number -> emitter.constant(number.intValue());
            case Integer number -> emitter.constant(number);
            case Long number -> emitter.constant(number);
            case Float number -> emitter.constant(number);
            case Double number -> emitter.constant(number);
            default -> emitter.constant(value, Carriers.boxed(type));
        }
    }

    /** AND or OR: ends at the first operand with the deciding value, else is NULL if one is. */
    private void pushJunction(List<Expression> operands, boolean deciding, Label whenNull) {
        int sawNull = emitter.local(TypeKind.INT);
        int result = emitter.local(TypeKind.INT);
        Label end = code.newLabel();
        code.iconst_0().istore(sawNull);
        for (Expression operand : operands) {
            Label absent = code.newLabel();
            Label next = code.newLabel();
            push(operand, absent);
            code.istore(result).iload(result);
            if (deciding) {
                code.ifne(end);
            } else {
                code.ifeq(end);
            }
            code.goto_(next);
            code.labelBinding(absent).iconst_1().istore(sawNull);
            code.labelBinding(next);
        }
        code.iload(sawNull).ifne(whenNull);
        emitter.constant(deciding ? 0 : 1);
        code.istore(result);
        code.labelBinding(end).iload(result);
    }

    private void pushCase(Expression.Case choice, Label whenNull) {
        TypeKind kind = Kinds.of(choice.type());
        int result = emitter.local(kind);
        Label end = code.newLabel();
        for (int i = 0; i < choice.conditions().size(); i++) {
            Label next = code.newLabel();
            jumpUnlessTrue(choice.conditions().get(i), next);
            push(choice.results().get(i), whenNull);
            code.storeLocal(kind, result).goto_(end);
            code.labelBinding(next);
        }
        push(choice.otherwise(), whenNull);
        code.storeLocal(kind, result);
        code.labelBinding(end).loadLocal(kind, result);
    }

    /** A call, before which all operands that may fail are computed: also if the result is NULL because one of them is. */
    private void pushFallible(Expression.Call call, Label whenNull) {
        List<Expression> operands = new ArrayList<>(call.operands());
        List<Operand> known = new ArrayList<>(columns);
        boolean later = operands.stream().skip(1).anyMatch(Expression::mayFail);
        for (int i = 0; i < operands.size() && later && call.function().strict(); i++) {
            Expression operand = operands.get(i);
            if (operand.mayFail()) {
                operands.set(i, new Expression.Column(known.size(), operand.type()));
                known.add(operand(operand));
            }
        }
        new ExpressionEmitter(emitter, known, row, remembered)
                .pushCall(new Expression.Call(call.function(), operands, call.type()), whenNull);
    }

    private void pushCall(Expression.Call call, Label whenNull) {
        Function function = call.function();
        Optional<Method> direct =
                function.direct(call.operands().stream().map(Expression::type).toList(), call.type());
        if (direct.isEmpty()) {
            pushBoxedCall(call, whenNull);
            return;
        }
        Method method = direct.get();
        Class<?>[] parameters = method.getParameterTypes();
        int[] operands = new int[parameters.length];
        for (int i = 0; i < operands.length; i++) {
            Expression operand = call.operands().get(i);
            boolean isObject = !parameters[i].isPrimitive();
            if (isObject && (!function.strict() || Carriers.of(operand.type()).isPrimitive())) {
                operands[i] = boxed(operand);
                if (function.strict()) {
                    code.aload(operands[i]).ifnull(whenNull);
                }
            } else {
                push(operand, whenNull);
                operands[i] = emitter.store(Kinds.of(operand.type()));
            }
        }
        if (!Modifier.isStatic(method.getModifiers())) {
            emitter.constant(function, method.getDeclaringClass());
        }
        for (int i = 0; i < operands.length; i++) {
            code.loadLocal(
                    TypeKind.fromDescriptor(parameters[i].descriptorString()).asLoadable(), operands[i]);
            if (!parameters[i].isPrimitive()) {
                code.checkcast(parameters[i].describeConstable().orElseThrow());
            }
        }
        invoke(method);
        unbox(method.getReturnType(), call.type(), whenNull);
    }

    /** A call by way of an array of objects, of a function that has no method for its operands. */
    private void pushBoxedCall(Expression.Call call, Label whenNull) {
        int count = call.operands().size();
        int[] operands = new int[count];
        for (int i = 0; i < count; i++) {
            operands[i] = boxed(call.operands().get(i));
            if (call.function().strict()) {
                code.aload(operands[i]).ifnull(whenNull);
            }
        }
        emitter.constant(call.function(), Function.class);
        code.loadConstant(count).anewarray(ClassDesc.of("java.lang.Object"));
        for (int i = 0; i < count; i++) {
            code.dup().loadConstant(i).aload(operands[i]).aastore();
        }
        code.invokeinterface(
                Function.class.describeConstable().orElseThrow(), "apply", Emitter.type(Object.class, Object[].class));
        code.checkcast(Kinds.described(call.type()));
        unbox(Carriers.boxed(call.type()), call.type(), whenNull);
    }

    private void invoke(Method method) {
        ClassDesc owner = method.getDeclaringClass().describeConstable().orElseThrow();
        MethodTypeDesc type = Emitter.type(method.getReturnType(), method.getParameterTypes());
        boolean isInterface = method.getDeclaringClass().isInterface();
        if (Modifier.isStatic(method.getModifiers())) {
            code.invokestatic(owner, method.getName(), type, isInterface);
        } else if (isInterface) {
            code.invokeinterface(owner, method.getName(), type);
        } else {
            code.invokevirtual(owner, method.getName(), type);
        }
    }

    /** Turns what a method returned into the carrier of its type, or jumps if it is null. */
    private void unbox(Class<?> returned, DataType type, Label whenNull) {
        if (returned.isPrimitive()) {
            return;
        }
        int value = emitter.store(TypeKind.REFERENCE);
        code.aload(value).ifnull(whenNull);
        code.aload(value);
        Class<?> primitive = Carriers.of(type);
        if (primitive.isPrimitive()) {
            ClassDesc boxed = Kinds.described(type);
            if (returned != Carriers.boxed(type)) {
                code.checkcast(boxed);
            }
            code.invokevirtual(boxed, primitive.getName() + "Value", Emitter.type(primitive));
        } else if (returned != Carriers.boxed(type)) {
            code.checkcast(Kinds.described(type));
        }
    }

    /** Computes an operand as an object, null for NULL, in a local variable. */
    private int boxed(Expression operand) {
        Label absent = code.newLabel();
        Label done = code.newLabel();
        int value = emitter.local(TypeKind.REFERENCE);
        push(operand, absent);
        Class<?> primitive = Carriers.of(operand.type());
        if (primitive.isPrimitive()) {
            Class<?> boxed = Carriers.boxed(operand.type());
            emitter.invokeStatic(boxed, "valueOf", boxed, primitive);
        }
        code.astore(value).goto_(done);
        code.labelBinding(absent).aconst_null().astore(value);
        code.labelBinding(done);
        return value;
    }

    /** Pushes what a value of this kind is when it is NULL. */
    void pushDefault(TypeKind kind) {
        switch (kind) {
            case LONG -> code.lconst_0();
            case FLOAT -> code.fconst_0();
            case DOUBLE -> code.dconst_0();
            case REFERENCE -> code.aconst_null();
            case BOOLEAN, BYTE, CHAR, SHORT, INT, VOID -> code.iconst_0();
        }
    }
}
