package dev.millrace.dataflow.code;

import dev.millrace.dataflow.expression.Expression;
import dev.millrace.dataflow.row.Carriers;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.store.Store;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * A {@link RowProgram} that is too long for one method. Its loop calls, for each row, methods that do a part each: a condition, some expressions of a projection,
 * some columns of the output. What one leaves for another is in two arrays, the frame: {@code values[2 n]} is the bits of a primitive value and {@code values[2 n + 1]}
 * is 1 if it is NULL; {@code objects[n]} is an object. {@code values[0]} is 1 if the part that returned last is NULL.
 */
final class SplitProgram {
    private static final MethodTypeDesc RUN = RowProgram.RUN;
    private static final Class<?>[] PARAMETERS = {
        Store.class, int.class, Store.class, int.class, long[].class, Object[].class, Store.class, int.class
    };
    /** Where a part finds the row. */
    private static final RowLocals PARAMETER_LOCALS = new RowLocals(0, 1, 2, 3, 4, 5, 6, 7);

    private final RowProgram program;
    private final int budget;
    private final Outliner outliner;
    private final List<Emitter.Method> methods = new ArrayList<>();
    /** What the loop does for a row, in order. */
    private final List<Expression> calls = new ArrayList<>();

    private List<Source> columns;
    private int framed = 1;

    private SplitProgram(RowProgram program, int budget) {
        this.program = program;
        this.budget = budget;
        this.outliner = new Outliner(budget, this::outline);
        this.columns = new ArrayList<>();
        for (int column = 0; column < program.inputTypes().size(); column++) {
            columns.add(new Source.Stored(column));
        }
    }

    /** The local variables of a method that have the stores and slots of a row, and its frame. */
    record RowLocals(
            int left, int leftSlot, int right, int rightSlot, int values, int objects, int output, int outputSlot) {
        /** Calls a part, which leaves its result on the stack. */
        void invoke(Emitter emitter, String method, Class<?> result) {
            CodeBuilder code = emitter.code();
            code.aload(left).iload(leftSlot).aload(right).iload(rightSlot);
            code.aload(values).aload(objects).aload(output).iload(outputSlot);
            code.invokestatic(Emitter.self(RowCode.class), method, Emitter.type(result, PARAMETERS));
        }
    }

    /** Where a column of the present step is. */
    private sealed interface Source {
        /** In an input, counted over both. */
        record Stored(int column) implements Source {}

        /** In the frame. */
        record Framed(DataType type, int index) implements Source {}
    }

    /** A class of methods that weigh about {@code budget} at most. */
    static Bytecode generate(RowProgram program, int budget) {
        SplitProgram split = new SplitProgram(program, budget);
        for (RowProgram.Step step : program.steps()) {
            switch (step) {
                case RowProgram.Step.Condition condition ->
                    split.calls.add(split.outline(split.outliner.lighten(condition.expression(), true), true));
                case RowProgram.Step.Projection projection -> split.project(projection);
            }
        }
        List<String> writers = split.writers();
        split.methods.add(new Emitter.Method("run", RUN, emitter -> split.run(emitter, writers)));
        return Emitter.generate(RowCode.class, split.methods.toArray(Emitter.Method[]::new));
    }

    private Expression outline(Expression expression, boolean isCondition) {
        Class<?> result = isCondition ? boolean.class : Carriers.of(expression.type());
        String name = part(result, List.of(expression), (emitter, expressions) -> {
            if (isCondition) {
                condition(emitter, expressions, expression);
            } else {
                value(emitter, expressions, expression);
            }
        });
        return Part.standingFor(expression, name, isCondition);
    }

    private static void condition(Emitter emitter, ExpressionEmitter expressions, Expression expression) {
        Label not = emitter.code().newLabel();
        expressions.jumpUnlessTrue(expression, not);
        emitter.code().iconst_1().ireturn().labelBinding(not).iconst_0().ireturn();
    }

    private static void value(Emitter emitter, ExpressionEmitter expressions, Expression expression) {
        CodeBuilder code = emitter.code();
        TypeKind kind = Kinds.of(expression.type());
        Label absent = code.newLabel();
        expressions.push(expression, absent);
        code.aload(PARAMETER_LOCALS.values()).iconst_0().lconst_0().lastore().return_(kind);
        code.labelBinding(absent);
        code.aload(PARAMETER_LOCALS.values()).iconst_0().lconst_1().lastore();
        expressions.pushDefault(kind);
        code.return_(kind);
    }

    private void project(RowProgram.Step.Projection projection) {
        List<Source> projected = new ArrayList<>();
        List<Expression> group = new ArrayList<>();
        List<Source.Framed> targets = new ArrayList<>();
        int weight = 0;
        for (Expression expression : projection.expressions()) {
            if (expression instanceof Expression.Column column) {
                projected.add(columns.get(column.index()));
                continue;
            }
            Expression light = outliner.lighten(expression, false);
            int more = Weights.of(light) + Weights.PROJECTED;
            if (weight + more > budget && !group.isEmpty()) {
                compute(List.copyOf(group), List.copyOf(targets));
                group.clear();
                targets.clear();
                weight = 0;
            }
            Source.Framed target = new Source.Framed(expression.type(), framed++);
            group.add(light);
            targets.add(target);
            projected.add(target);
            weight += more;
        }
        if (!group.isEmpty()) {
            compute(List.copyOf(group), List.copyOf(targets));
        }
        columns = projected;
    }

    /** Adds a method that computes values for the frame. */
    private void compute(List<Expression> group, List<Source.Framed> targets) {
        String name = part(void.class, group, (emitter, expressions) -> {
            for (int i = 0; i < group.size(); i++) {
                expressions.frame(group.get(i), operand(targets.get(i)));
            }
            emitter.code().return_();
        });
        calls.add(new Expression.Call(new Part(name, false), List.of(), DataType.BOOL));
    }

    /** Adds the methods that write the output. */
    private List<String> writers() {
        List<DataType> types = program.output().orElse(List.of());
        int[] written = program.written();
        List<String> names = new ArrayList<>();
        int group = Math.max(1, budget / Weights.WRITTEN);
        for (int from = 0; from < written.length; from += group) {
            int[] ofPart = Arrays.copyOfRange(written, from, Math.min(written.length, from + group));
            List<Expression> values = IntStream.of(ofPart)
                    .<Expression>mapToObj(column -> new Expression.Column(column, types.get(column)))
                    .toList();
            names.add(part(void.class, values, (emitter, expressions) -> {
                for (int i = 0; i < ofPart.length; i++) {
                    int column = ofPart[i];
                    Emitter.ColumnAccess access = emitter.access(PARAMETER_LOCALS.output(), types.get(column), column);
                    expressions.write(
                            values.get(i), access, column, PARAMETER_LOCALS.output(), PARAMETER_LOCALS.outputSlot());
                }
                emitter.code().return_();
            }));
        }
        return names;
    }

    /** Writes the code of a part, given the columns that it reads. */
    private interface Body {
        void emit(Emitter emitter, ExpressionEmitter expressions);
    }

    private String part(Class<?> result, List<Expression> expressions, Body body) {
        String name = "part" + methods.size();
        List<Source> sources = columns;
        Consumer<Emitter> code = emitter -> {
            List<Operand> operands = new ArrayList<>();
            for (int column = 0; column < sources.size(); column++) {
                int index = column;
                boolean isRead = expressions.stream()
                        .anyMatch(expression -> expression.columns().contains(index));
                operands.add(
                        switch (sources.get(column)) {
                            case Source.Framed computed -> operand(computed);
                            case Source.Stored stored -> stored(emitter, stored.column(), isRead);
                        });
            }
            body.emit(emitter, new ExpressionEmitter(emitter, operands, PARAMETER_LOCALS));
        };
        methods.add(Emitter.Method.part(name, Emitter.type(result, PARAMETERS), code));
        return name;
    }

    private static Operand.Framed operand(Source.Framed source) {
        return new Operand.Framed(source.type(), PARAMETER_LOCALS.values(), PARAMETER_LOCALS.objects(), source.index());
    }

    private Operand stored(Emitter emitter, int column, boolean isRead) {
        DataType type = program.inputTypes().get(column);
        if (!isRead) {
            return new Operand.Unread(type);
        }
        int leftSize = program.left().size();
        boolean isLeft = column < leftSize;
        return new Operand.Input(
                emitter.access(
                        isLeft ? PARAMETER_LOCALS.left() : PARAMETER_LOCALS.right(),
                        type,
                        isLeft ? column : column - leftSize),
                isLeft ? PARAMETER_LOCALS.leftSlot() : PARAMETER_LOCALS.rightSlot(),
                program.mayMiss());
    }

    private void run(Emitter emitter, List<String> writers) {
        CodeBuilder code = emitter.code();
        int leftSlot = zero(emitter);
        int rightSlot = zero(emitter);
        int outputSlot = zero(emitter);
        int kept = zero(emitter);
        code.loadConstant(2 * framed).newarray(TypeKind.LONG);
        int values = emitter.store(TypeKind.REFERENCE);
        code.loadConstant(framed).anewarray(ConstantDescs.CD_Object);
        int objects = emitter.store(TypeKind.REFERENCE);
        RowLocals row = new RowLocals(
                RowProgram.LEFT, leftSlot, RowProgram.RIGHT, rightSlot, values, objects, RowProgram.OUTPUT, outputSlot);
        boolean[] read = program.read();
        int index = emitter.local(TypeKind.INT);
        emitter.loop(index, RowProgram.COUNT, next -> {
            program.slots(emitter, read, leftSlot, rightSlot, index);
            for (Expression call : calls) {
                Part part = (Part) ((Expression.Call) call).function();
                row.invoke(emitter, part.method(), part.isCondition() ? boolean.class : void.class);
                if (part.isCondition()) {
                    code.ifeq(next);
                }
            }
            code.aload(RowProgram.KEPT).iload(kept).iload(index).iastore();
            if (!writers.isEmpty()) {
                emitter.slot(RowProgram.OUTPUT, RowProgram.OUTPUT_POSITIONS, program.inPlace() ? index : kept);
                code.istore(outputSlot);
                writers.forEach(writer -> row.invoke(emitter, writer, void.class));
            }
            code.iinc(kept, 1);
        });
        code.iload(kept).ireturn();
    }

    private static int zero(Emitter emitter) {
        emitter.code().iconst_0();
        return emitter.store(TypeKind.INT);
    }
}
