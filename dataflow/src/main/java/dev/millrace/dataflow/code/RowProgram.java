package dev.millrace.dataflow.code;

import dev.millrace.dataflow.expression.Expression;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.store.Store;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.BitSet;
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
 * @param inPlace whether the output's rows have the places of the input's, and of their columns only those are written that are not the input's as they are
 */
public record RowProgram(
        List<DataType> left, Optional<List<DataType>> right, boolean mayMiss, List<Step> steps, boolean inPlace)
        implements Template<RowCode> {
    static final int LEFT = 1;
    static final int LEFT_POSITIONS = 2;
    static final int RIGHT = 3;
    static final int RIGHT_POSITIONS = 4;
    static final int COUNT = 5;
    static final int KEPT = 6;
    static final int OUTPUT = 7;
    static final int OUTPUT_POSITIONS = 8;

    static final MethodTypeDesc RUN = Emitter.type(
            int.class,
            Store.class,
            int[].class,
            Store.class,
            int[].class,
            int.class,
            int[].class,
            Store.class,
            int[].class);

    /** One stateless operator. */
    public sealed interface Step {
        /** What it evaluates, in this order. */
        List<Expression> expressions();

        /** Keeps the rows for which it is TRUE. */
        record Condition(Expression expression) implements Step {
            @Override
            public List<Expression> expressions() {
                return List.of(expression);
            }
        }

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

    /** A program whose output's rows have places of their own. */
    public RowProgram(List<DataType> left, Optional<List<DataType>> right, boolean mayMiss, List<Step> steps) {
        this(left, right, mayMiss, steps, false);
    }

    /** A program over single rows. */
    public static RowProgram over(List<DataType> layout, List<Step> steps) {
        return new RowProgram(layout, Optional.empty(), false, steps);
    }

    /** The same, its output in place. */
    public RowProgram ofPlaces() {
        return new RowProgram(left, right, mayMiss, steps, true);
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

    /** For each column of the output the one of the input that it is as it is, or -1. */
    public List<Integer> sources() {
        List<Integer> sources = IntStream.range(0, inputTypes().size()).boxed().toList();
        for (Step step : steps) {
            if (step instanceof Step.Projection projection) {
                List<Integer> before = sources;
                sources = projection.expressions().stream()
                        .map(expression ->
                                expression instanceof Expression.Column column ? before.get(column.index()) : -1)
                        .toList();
            }
        }
        return sources;
    }

    /** The columns of the output that are written. */
    int[] written() {
        List<Integer> sources = sources();
        return IntStream.range(0, output().map(List::size).orElse(0))
                .filter(column -> !inPlace || sources.get(column) < 0)
                .toArray();
    }

    /** Everything that the steps evaluate. */
    public Stream<Expression> expressions() {
        return steps.stream().flatMap(step -> step.expressions().stream());
    }

    /** What is evaluated from a step on up to the next projection, all with the same columns. */
    private Stream<Expression> expressions(int from) {
        int end = from;
        while (end < steps.size() && !(steps.get(end) instanceof Step.Projection)) {
            end++;
        }
        return steps.subList(from, Math.min(end + 1, steps.size())).stream()
                .flatMap(step -> step.expressions().stream());
    }

    /** How often anything stands that is computed only once for a row. */
    int repeats() {
        return IntStream.rangeClosed(0, steps.size())
                .filter(i -> i == 0 || steps.get(i - 1) instanceof Step.Projection)
                .map(i -> Repeats.occurrences(expressions(i)))
                .sum();
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
        return Weights.of(this) <= Weights.METHOD
                ? Emitter.generate(RowCode.class, new Emitter.Method("run", RUN, this::emit))
                : SplitProgram.generate(this, Weights.METHOD / 2);
    }

    private void emit(Emitter emitter) {
        CodeBuilder code = emitter.code();
        boolean[] read = read();
        int leftSlot = emitter.local(TypeKind.INT);
        int rightSlot = emitter.local(TypeKind.INT);
        List<Operand> inputs = inputs(emitter, read, leftSlot, rightSlot);
        int[] written = written();
        List<Emitter.ColumnAccess> outputs = outputs(emitter, written);
        int index = emitter.local(TypeKind.INT);
        int kept = emitter.local(TypeKind.INT);
        code.iconst_0().istore(kept);
        emitter.loop(index, COUNT, next -> {
            slots(emitter, read, leftSlot, rightSlot, index);
            ExpressionEmitter expressions = new ExpressionEmitter(emitter, inputs);
            expressions.remember(Repeats.among(expressions(0)));
            for (int i = 0; i < steps.size(); i++) {
                switch (steps.get(i)) {
                    case Step.Condition condition -> expressions.jumpUnlessTrue(condition.expression(), next);
                    case Step.Projection projection -> {
                        List<Operand> columns = projection.expressions().stream()
                                .map(expressions::operand)
                                .toList();
                        expressions = new ExpressionEmitter(emitter, columns);
                        expressions.remember(Repeats.among(expressions(i + 1)));
                    }
                }
            }
            code.aload(KEPT).iload(kept).iload(index).iastore();
            if (!outputs.isEmpty()) {
                write(emitter, expressions, written, outputs, inPlace ? index : kept);
            }
            code.iinc(kept, 1);
        });
        code.iload(kept).ireturn();
    }

    /** The types of the columns that the first step has. */
    public List<DataType> inputTypes() {
        return Stream.concat(left.stream(), right.stream().flatMap(List::stream))
                .toList();
    }

    /** Which columns of the input are read. What a projection computes always is; a column that it passes on is if somebody reads it there. */
    boolean[] read() {
        BitSet read = new BitSet();
        for (int column : written()) {
            read.set(column);
        }
        for (Step step : steps.reversed()) {
            BitSet before = new BitSet();
            switch (step) {
                case Step.Condition condition -> {
                    before.or(read);
                    condition.expression().columns().forEach(before::set);
                }
                case Step.Projection projection -> {
                    for (int i = 0; i < projection.expressions().size(); i++) {
                        Expression expression = projection.expressions().get(i);
                        if (!(expression instanceof Expression.Column) || read.get(i)) {
                            expression.columns().forEach(before::set);
                        }
                    }
                }
            }
            read = before;
        }
        boolean[] columns = new boolean[inputTypes().size()];
        read.stream().forEach(column -> columns[column] = true);
        return columns;
    }

    private List<Operand> inputs(Emitter emitter, boolean[] read, int leftSlot, int rightSlot) {
        List<DataType> types = inputTypes();
        List<Operand> inputs = new ArrayList<>();
        for (int column = 0; column < read.length; column++) {
            boolean isLeft = column < left.size();
            int own = isLeft ? column : column - left.size();
            DataType type = types.get(column);
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

    private List<Emitter.ColumnAccess> outputs(Emitter emitter, int[] written) {
        List<DataType> types = output().orElse(List.of());
        return IntStream.of(written)
                .mapToObj(column -> emitter.access(OUTPUT, types.get(column), column))
                .toList();
    }

    /** Sets the slots of both sides, of those of which a column is read. */
    void slots(Emitter emitter, boolean[] read, int leftSlot, int rightSlot, int index) {
        if (anyOf(read, 0, left.size())) {
            slot(emitter, LEFT, LEFT_POSITIONS, leftSlot, index);
        }
        if (anyOf(read, left.size(), read.length)) {
            slot(emitter, RIGHT, RIGHT_POSITIONS, rightSlot, index);
        }
    }

    private static boolean anyOf(boolean[] read, int from, int to) {
        return IntStream.range(from, to).anyMatch(column -> read[column]);
    }

    private void slot(Emitter emitter, int store, int positions, int slot, int index) {
        CodeBuilder code = emitter.code();
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

    /** @param place the variable with the index of the row's output position */
    private static void write(
            Emitter emitter,
            ExpressionEmitter expressions,
            int[] written,
            List<Emitter.ColumnAccess> outputs,
            int place) {
        emitter.slot(OUTPUT, OUTPUT_POSITIONS, place);
        int slot = emitter.store(TypeKind.INT);
        for (int i = 0; i < written.length; i++) {
            Emitter.ColumnAccess access = outputs.get(i);
            expressions.write(new Expression.Column(written[i], access.type()), access, written[i], OUTPUT, slot);
        }
    }
}
