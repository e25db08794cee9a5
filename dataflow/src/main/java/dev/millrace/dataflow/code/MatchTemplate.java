package dev.millrace.dataflow.code;

import dev.millrace.dataflow.expression.Carriers;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.store.Store;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Whether columns of one layout have the values that as many columns of another have, of the same types.
 *
 * @param identical whether values must not be told apart by a reader (1.0 is not 1.00), rather than be equal to SQL
 */
public record MatchTemplate(
        List<DataType> left,
        List<Integer> leftColumns,
        List<DataType> right,
        List<Integer> rightColumns,
        boolean identical)
        implements Template<RowMatch> {
    public MatchTemplate {
        left = List.copyOf(left);
        leftColumns = List.copyOf(leftColumns);
        right = List.copyOf(right);
        rightColumns = List.copyOf(rightColumns);
    }

    /** Whether whole rows of one layout are identical. */
    public static MatchTemplate identity(List<DataType> layout) {
        List<Integer> all = IntStream.range(0, layout.size()).boxed().toList();
        return new MatchTemplate(layout, all, layout, all, true);
    }

    @Override
    public String title() {
        return (identical ? "identity of " : "equality of ") + leftColumns + " and " + rightColumns;
    }

    @Override
    public Class<RowMatch> type() {
        return RowMatch.class;
    }

    @Override
    public Bytecode generate() {
        return Emitter.generate(
                RowMatch.class,
                new Emitter.Method(
                        "matches",
                        Emitter.type(boolean.class, Store.class, int.class, Store.class, int.class),
                        this::emitMatches),
                new Emitter.Method(
                        "verify",
                        Emitter.type(int.class, Store.class, int[].class, Store.class, int[].class, int.class),
                        this::emitVerify));
    }

    private void emitMatches(Emitter emitter) {
        CodeBuilder code = emitter.code();
        final int leftStore = 1;
        final int rightStore = 3;
        List<Emitter.ColumnAccess> leftAccess = accesses(emitter, leftStore, left, leftColumns);
        List<Emitter.ColumnAccess> rightAccess = accesses(emitter, rightStore, right, rightColumns);
        int leftSlot = slot(emitter, leftStore, 2);
        int rightSlot = slot(emitter, rightStore, 4);
        Label different = code.newLabel();
        compare(emitter, leftAccess, leftSlot, rightAccess, rightSlot, different);
        code.iconst_1().ireturn();
        code.labelBinding(different).iconst_0().ireturn();
    }

    private void emitVerify(Emitter emitter) {
        CodeBuilder code = emitter.code();
        final int leftStore = 1;
        final int positions = 2;
        final int rightStore = 3;
        final int found = 4;
        final int count = 5;
        List<Emitter.ColumnAccess> leftAccess = accesses(emitter, leftStore, left, leftColumns);
        List<Emitter.ColumnAccess> rightAccess = accesses(emitter, rightStore, right, rightColumns);
        int index = emitter.local(TypeKind.INT);
        int mismatches = emitter.local(TypeKind.INT);
        int candidate = emitter.local(TypeKind.INT);
        code.iconst_0().istore(mismatches);
        emitter.loop(index, count, next -> {
            Label different = code.newLabel();
            code.aload(found).iload(index).iaload().istore(candidate);
            code.iload(candidate).iflt(next);
            emitter.slot(leftStore, positions, index);
            int leftSlot = emitter.store(TypeKind.INT);
            int rightSlot = slot(emitter, rightStore, candidate);
            compare(emitter, leftAccess, leftSlot, rightAccess, rightSlot, different);
            code.goto_(next);
            code.labelBinding(different);
            code.aload(found).iload(index).loadConstant(RowMatch.COLLISION).iastore();
            code.iinc(mismatches, 1);
        });
        code.iload(mismatches).ireturn();
    }

    private static List<Emitter.ColumnAccess> accesses(
            Emitter emitter, int store, List<DataType> layout, List<Integer> columns) {
        List<Emitter.ColumnAccess> accesses = new ArrayList<>();
        columns.forEach(column -> accesses.add(emitter.access(store, layout.get(column), column)));
        return accesses;
    }

    private static int slot(Emitter emitter, int store, int position) {
        emitter.code().aload(store).iload(position);
        emitter.invokeStore("slot", int.class, int.class);
        return emitter.store(TypeKind.INT);
    }

    private void compare(
            Emitter emitter,
            List<Emitter.ColumnAccess> leftAccess,
            int leftSlot,
            List<Emitter.ColumnAccess> rightAccess,
            int rightSlot,
            Label different) {
        CodeBuilder code = emitter.code();
        for (int i = 0; i < leftAccess.size(); i++) {
            Emitter.ColumnAccess leftColumn = leftAccess.get(i);
            Emitter.ColumnAccess rightColumn = rightAccess.get(i);
            Label leftNull = code.newLabel();
            Label same = code.newLabel();
            emitter.jumpIfNull(leftColumn, leftSlot, leftNull);
            emitter.jumpIfNull(rightColumn, rightSlot, different);
            emitter.load(leftColumn, leftSlot);
            emitter.load(rightColumn, rightSlot);
            Class<?> carrier = leftColumn.type() == DataType.BOOL ? int.class : Carriers.of(leftColumn.type());
            emitter.invokeStatic(Equality.class, identical ? "identical" : "equal", boolean.class, carrier, carrier);
            code.ifeq(different).goto_(same);
            code.labelBinding(leftNull);
            Label rightNull = code.newLabel();
            emitter.jumpIfNull(rightColumn, rightSlot, rightNull);
            code.goto_(different);
            code.labelBinding(rightNull).labelBinding(same);
        }
    }
}
