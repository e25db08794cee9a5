package dev.millrace.dataflow.code;

import dev.millrace.dataflow.row.Carriers;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.store.Store;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.MethodTypeDesc;
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
    private static final MethodTypeDesc PART =
            Emitter.type(boolean.class, Store.class, int.class, Store.class, int.class);

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
        List<Emitter.Method> methods = new ArrayList<>();
        methods.add(new Emitter.Method(
                "matches",
                Emitter.type(boolean.class, Store.class, int.class, Store.class, int.class),
                this::emitMatches));
        methods.add(new Emitter.Method(
                "verify",
                Emitter.type(int.class, Store.class, int[].class, Store.class, int[].class, int.class),
                this::emitVerify));
        for (int part = 0; part < parts().size(); part++) {
            List<Integer> columns = parts().get(part);
            methods.add(Emitter.Method.part("part" + part, PART, emitter -> emitPart(emitter, columns)));
        }
        return Emitter.generate(RowMatch.class, methods.toArray(Emitter.Method[]::new));
    }

    /** The ordinals of the columns that each part compares; no parts if all are compared in one method. */
    private List<List<Integer>> parts() {
        return ColumnParts.areNeeded(leftColumns.size())
                ? ColumnParts.of(IntStream.range(0, leftColumns.size()).boxed().toList())
                : List.of();
    }

    private void emitPart(Emitter emitter, List<Integer> ordinals) {
        CodeBuilder code = emitter.code();
        Label different = code.newLabel();
        Comparison comparison = comparison(emitter, 0, 2, ordinals);
        compare(emitter, comparison, 1, 3, different);
        code.iconst_1().ireturn();
        code.labelBinding(different).iconst_0().ireturn();
    }

    private void emitMatches(Emitter emitter) {
        CodeBuilder code = emitter.code();
        final int leftStore = 1;
        final int rightStore = 3;
        Comparison comparison = comparison(emitter, leftStore, rightStore);
        int leftSlot = slot(emitter, leftStore, 2);
        int rightSlot = slot(emitter, rightStore, 4);
        Label different = code.newLabel();
        compareAll(emitter, comparison, leftStore, leftSlot, rightStore, rightSlot, different);
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
        Comparison comparison = comparison(emitter, leftStore, rightStore);
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
            compareAll(emitter, comparison, leftStore, leftSlot, rightStore, rightSlot, different);
            code.goto_(next);
            code.labelBinding(different);
            code.aload(found).iload(index).loadConstant(RowMatch.COLLISION).iastore();
            code.iinc(mismatches, 1);
        });
        code.iload(mismatches).ireturn();
    }

    /** The columns that are compared in a method, with their pages in its local variables. */
    private record Comparison(List<Emitter.ColumnAccess> left, List<Emitter.ColumnAccess> right) {}

    /** All columns, unless they are compared in parts. */
    private Comparison comparison(Emitter emitter, int leftStore, int rightStore) {
        List<Integer> all = IntStream.range(0, leftColumns.size()).boxed().toList();
        return comparison(emitter, leftStore, rightStore, parts().isEmpty() ? all : List.of());
    }

    private Comparison comparison(Emitter emitter, int leftStore, int rightStore, List<Integer> ordinals) {
        return new Comparison(
                accesses(
                        emitter,
                        leftStore,
                        left,
                        ordinals.stream().map(leftColumns::get).toList()),
                accesses(
                        emitter,
                        rightStore,
                        right,
                        ordinals.stream().map(rightColumns::get).toList()));
    }

    private void compareAll(
            Emitter emitter,
            Comparison comparison,
            int leftStore,
            int leftSlot,
            int rightStore,
            int rightSlot,
            Label different) {
        compare(emitter, comparison, leftSlot, rightSlot, different);
        for (int part = 0; part < parts().size(); part++) {
            emitter.code().aload(leftStore).iload(leftSlot).aload(rightStore).iload(rightSlot);
            emitter.invokePart(RowMatch.class, "part" + part, PART);
            emitter.code().ifeq(different);
        }
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

    private void compare(Emitter emitter, Comparison comparison, int leftSlot, int rightSlot, Label different) {
        CodeBuilder code = emitter.code();
        for (int i = 0; i < comparison.left().size(); i++) {
            Emitter.ColumnAccess leftColumn = comparison.left().get(i);
            Emitter.ColumnAccess rightColumn = comparison.right().get(i);
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
