package dev.millrace.dataflow.code;

import dev.millrace.dataflow.expression.Expression;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.store.Store;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Stateless operators in a row, as one loop over rows, or over pairs of a left and a right row whose columns are the left's followed by the right's.
 *
 * @param left the layout of the rows, or of the left ones
 * @param right the layout of the right rows; nothing if the program is over single rows
 * @param mayMiss whether a position may be {@link RowCode#MISSING}, a row of nulls
 * @param steps what is done, in this order, each with the columns of the one before
 */
public record RowProgram(List<DataType> left, Optional<List<DataType>> right, boolean mayMiss, List<Step> steps)
        implements Template<RowCode> {
    private static final int LEFT = 1;
    private static final int LEFT_POSITIONS = 2;
    private static final int RIGHT = 3;
    private static final int RIGHT_POSITIONS = 4;
    private static final int COUNT = 5;
    private static final int KEPT = 6;
    private static final int OUTPUT = 7;
    private static final int OUTPUT_POSITIONS = 8;

    /** One stateless operator. */
    public sealed interface Step {
        /** Keeps the rows for which it is TRUE. */
        record Condition(Expression expression) implements Step {}

        /** Replaces each row by these values. */
        record Projection(List<Expression> expressions) implements Step {
            public Projection {
                expressions = List.copyOf(expressions);
            }
        }
    }

    public RowProgram {
        left = List.copyOf(left);
        right = right.map(List::copyOf);
        steps = List.copyOf(steps);
    }

    /** A program over single rows. */
    public static RowProgram over(List<DataType> layout, List<Step> steps) {
        return new RowProgram(layout, Optional.empty(), false, steps);
    }

    /** Copies some columns of a layout. */
    public static RowProgram copy(List<DataType> layout, List<Integer> columns) {
        return over(layout, List.of(columns(layout, columns)));
    }

    /** Writes pairs as rows; a row that is missing, if one may be, as nulls. */
    public static RowProgram pair(List<DataType> left, List<DataType> right, boolean mayMiss) {
        List<DataType> both = Stream.concat(left.stream(), right.stream()).toList();
        Step all = columns(both, IntStream.range(0, both.size()).boxed().toList());
        return new RowProgram(left, Optional.of(right), mayMiss, List.of(all));
    }

    private static Step columns(List<DataType> layout, List<Integer> columns) {
        return new Step.Projection(columns.stream()
                .<Expression>map(column -> new Expression.Column(column, layout.get(column)))
                .toList());
    }

    /** The types of what the program writes; nothing if it only selects. */
    public Optional<List<DataType>> output() {
        return steps.stream()
                .filter(Step.Projection.class::isInstance)
                .map(step -> ((Step.Projection) step)
                        .expressions().stream().map(Expression::type).toList())
                .reduce((first, last) -> last);
    }

    @Override
    public String title() {
        return steps.stream()
                .map(step -> switch (step) {
                    case Step.Condition condition -> "keep where " + condition.expression();
                    case Step.Projection projection -> "project " + projection.expressions();
                })
                .reduce((first, second) -> first + "; " + second)
                .orElse("nothing");
    }

    @Override
    public Class<RowCode> type() {
        return RowCode.class;
    }

    @Override
    public Bytecode generate() {
        return Emitter.generate(
                RowCode.class,
                new Emitter.Method(
                        "run",
                        Emitter.type(
                                int.class,
                                Store.class,
                                int[].class,
                                Store.class,
                                int[].class,
                                int.class,
                                int[].class,
                                Store.class,
                                int[].class),
                        this::emit));
    }

    private void emit(Emitter emitter) {
        CodeBuilder code = emitter.code();
        List<Operand> inputs = inputs(emitter);
        List<Emitter.ColumnAccess> outputs = outputs(emitter);
        int index = emitter.local(TypeKind.INT);
        int kept = emitter.local(TypeKind.INT);
        code.iconst_0().istore(kept);
        emitter.loop(index, COUNT, next -> {
            slots(emitter, inputs, index);
            List<Operand> columns = inputs;
            ExpressionEmitter expressions = new ExpressionEmitter(emitter, columns);
            for (Step step : steps) {
                switch (step) {
                    case Step.Condition condition -> expressions.jumpUnlessTrue(condition.expression(), next);
                    case Step.Projection projection -> {
                        columns = projection.expressions().stream()
                                .map(expressions::operand)
                                .toList();
                        expressions = new ExpressionEmitter(emitter, columns);
                    }
                }
            }
            code.aload(KEPT).iload(kept).iload(index).iastore();
            if (!outputs.isEmpty()) {
                write(emitter, columns, expressions, outputs, kept);
            }
            code.iinc(kept, 1);
        });
        code.iload(kept).ireturn();
    }

    /** The columns that the steps read before the first projection, each with its pages in local variables. */
    private List<Operand> inputs(Emitter emitter) {
        boolean[] read = new boolean[left.size() + right.map(List::size).orElse(0)];
        boolean projected = false;
        for (Step step : steps) {
            if (!projected) {
                List<Expression> expressions = switch (step) {
                    case Step.Condition condition -> List.of(condition.expression());
                    case Step.Projection projection -> projection.expressions();
                };
                expressions.forEach(expression -> expression.columns().forEach(column -> read[column] = true));
                projected = step instanceof Step.Projection;
            }
        }
        int leftSlot = emitter.local(TypeKind.INT);
        int rightSlot = emitter.local(TypeKind.INT);
        List<Operand> inputs = new ArrayList<>();
        for (int column = 0; column < read.length; column++) {
            boolean isLeft = column < left.size();
            int own = isLeft ? column : column - left.size();
            DataType type = isLeft ? left.get(own) : right.orElseThrow().get(own);
            inputs.add(
                    read[column]
                            ? new Operand.Input(
                                    emitter.access(isLeft ? LEFT : RIGHT, type, own),
                                    isLeft ? leftSlot : rightSlot,
                                    mayMiss)
                            : new Operand.Unread(type));
        }
        return inputs;
    }

    private List<Emitter.ColumnAccess> outputs(Emitter emitter) {
        List<DataType> types = output().orElse(List.of());
        return IntStream.range(0, types.size())
                .mapToObj(column -> emitter.access(OUTPUT, types.get(column), column))
                .toList();
    }

    private void slots(Emitter emitter, List<Operand> inputs, int index) {
        slot(emitter, inputs.subList(0, left.size()), LEFT, LEFT_POSITIONS, index);
        slot(emitter, inputs.subList(left.size(), inputs.size()), RIGHT, RIGHT_POSITIONS, index);
    }

    /** Sets the slot of one side, if a column of it is read. */
    private void slot(Emitter emitter, List<Operand> inputs, int store, int positions, int index) {
        Optional<Operand.Input> read = inputs.stream()
                .filter(Operand.Input.class::isInstance)
                .map(Operand.Input.class::cast)
                .findFirst();
        if (read.isEmpty()) {
            return;
        }
        CodeBuilder code = emitter.code();
        int slot = read.get().slot();
        if (!mayMiss) {
            emitter.slot(store, positions, index);
            code.istore(slot);
            return;
        }
        Label missing = code.newLabel();
        code.aload(positions).iload(index).iaload().istore(slot);
        code.iload(slot).iflt(missing);
        emitter.slot(store, positions, index);
        code.istore(slot);
        code.labelBinding(missing);
    }

    private static void write(
            Emitter emitter,
            List<Operand> columns,
            ExpressionEmitter expressions,
            List<Emitter.ColumnAccess> outputs,
            int kept) {
        CodeBuilder code = emitter.code();
        emitter.slot(OUTPUT, OUTPUT_POSITIONS, kept);
        int slot = emitter.store(TypeKind.INT);
        for (int column = 0; column < outputs.size(); column++) {
            Label absent = code.newLabel();
            Label done = code.newLabel();
            expressions.push(columns.get(column), absent);
            int value = emitter.store(Kinds.of(outputs.get(column).type()));
            emitter.save(outputs.get(column), slot, value);
            code.goto_(done);
            code.labelBinding(absent).aload(OUTPUT).iload(slot).loadConstant(column);
            emitter.invokeStore("setNull", void.class, int.class, int.class);
            code.labelBinding(done);
        }
    }
}
