package dev.millrace.dataflow.code;

import dev.millrace.dataflow.plan.SortKey;
import dev.millrace.dataflow.row.Carriers;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.store.Store;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The order of a layout's rows by some columns.
 *
 * @param exact whether rows that tie are ordered by all columns, NULL last, and then by how their values are shown, so that only identical rows compare as 0
 */
public record OrderTemplate(List<DataType> layout, List<SortKey> keys, boolean exact) implements Template<RowOrder> {
    private static final int LEFT = 1;
    private static final int LEFT_POSITION = 2;
    private static final int RIGHT = 3;
    private static final int RIGHT_POSITION = 4;
    private static final MethodTypeDesc PART = Emitter.type(int.class, Store.class, int.class, Store.class, int.class);

    public OrderTemplate {
        layout = List.copyOf(layout);
        keys = List.copyOf(keys);
    }

    @Override
    public String title() {
        return "order by " + keys + (exact ? ", then by all columns" : "");
    }

    @Override
    public Class<RowOrder> type() {
        return RowOrder.class;
    }

    @Override
    public Bytecode generate() {
        List<Emitter.Method> methods = new ArrayList<>();
        methods.add(new Emitter.Method(
                "compare", Emitter.type(int.class, Store.class, int.class, Store.class, int.class), this::emitCompare));
        methods.add(new Emitter.Method("prefix", Emitter.type(long.class, Store.class, int.class), this::emitPrefix));
        for (int part = 0; part < parts().size(); part++) {
            List<SortKey> ofPart = parts().get(part);
            methods.add(Emitter.Method.part("part" + part, PART, emitter -> emitPart(emitter, ofPart)));
        }
        return Emitter.generate(RowOrder.class, methods.toArray(Emitter.Method[]::new));
    }

    /** The keys, then all other columns if the order is exact. */
    private List<SortKey> order() {
        List<SortKey> order = new ArrayList<>(keys);
        Set<Integer> ordered = new HashSet<>();
        keys.forEach(key -> ordered.add(key.column()));
        for (int column = 0; exact && column < layout.size(); column++) {
            if (ordered.add(column)) {
                order.add(new SortKey(column, false, false));
            }
        }
        return order;
    }

    /** What each part compares by; no parts if one method compares by all. Representations come after all values. */
    private List<List<SortKey>> parts() {
        return ColumnParts.areNeeded(order().size()) ? ColumnParts.of(order()) : List.of();
    }

    private void emitPart(Emitter emitter, List<SortKey> ofPart) {
        Sides sides = new Sides(0, 1, 2, 3);
        ofPart.forEach(key -> compare(emitter, key, sides));
        emitter.code().iconst_0().ireturn();
    }

    /** The local variables with the stores and slots of the two rows. */
    private record Sides(int left, int leftSlot, int right, int rightSlot) {}

    /** The first key's value as a number of the same order. */
    private void emitPrefix(Emitter emitter) {
        CodeBuilder code = emitter.code();
        if (keys.isEmpty()) {
            code.lconst_0().lreturn();
            return;
        }
        SortKey key = keys.getFirst();
        DataType type = layout.get(key.column());
        int slot = slot(emitter, LEFT, LEFT_POSITION);
        Emitter.ColumnAccess column = emitter.access(LEFT, type, key.column());
        Label absent = code.newLabel();
        emitter.jumpIfNull(column, slot, absent);
        emitter.load(column, slot);
        Class<?> carrier = type == DataType.BOOL ? int.class : Carriers.of(type);
        emitter.invokeStatic(Prefixes.class, "of", long.class, carrier);
        if (key.descending()) {
            code.loadConstant(-1L).lxor();
        }
        code.lreturn();
        code.labelBinding(absent).loadConstant(key.nullsFirst() ? Long.MIN_VALUE : Long.MAX_VALUE);
        code.lreturn();
    }

    private void emitCompare(Emitter emitter) {
        CodeBuilder code = emitter.code();
        int leftSlot = slot(emitter, LEFT, LEFT_POSITION);
        int rightSlot = slot(emitter, RIGHT, RIGHT_POSITION);
        Sides sides = new Sides(LEFT, leftSlot, RIGHT, rightSlot);
        if (parts().isEmpty()) {
            order().forEach(key -> compare(emitter, key, sides));
        }
        for (int part = 0; part < parts().size(); part++) {
            Label same = code.newLabel();
            code.aload(LEFT).iload(leftSlot).aload(RIGHT).iload(rightSlot);
            emitter.invokePart(RowOrder.class, "part" + part, PART);
            int order = emitter.store(TypeKind.INT);
            code.iload(order).ifeq(same).iload(order).ireturn();
            code.labelBinding(same);
        }
        for (int column = 0; exact && column < layout.size(); column++) {
            if (layout.get(column).hasSeveralForms()) {
                compareRepresentations(emitter, column, leftSlot, rightSlot);
            }
        }
        code.iconst_0().ireturn();
    }

    private void compare(Emitter emitter, SortKey key, Sides sides) {
        CodeBuilder code = emitter.code();
        int leftSlot = sides.leftSlot();
        int rightSlot = sides.rightSlot();
        DataType type = layout.get(key.column());
        Emitter.ColumnAccess left = emitter.access(sides.left(), type, key.column());
        Emitter.ColumnAccess right = emitter.access(sides.right(), type, key.column());
        Label leftNull = code.newLabel();
        Label rightNull = code.newLabel();
        Label same = code.newLabel();
        emitter.jumpIfNull(left, leftSlot, leftNull);
        emitter.jumpIfNull(right, rightSlot, rightNull);
        emitter.load(left, leftSlot);
        emitter.load(right, rightSlot);
        Class<?> carrier = type == DataType.BOOL ? int.class : Carriers.of(type);
        emitter.invokeStatic(Equality.class, "compare", int.class, carrier, carrier);
        int order = emitter.store(TypeKind.INT);
        code.iload(order).ifeq(same).iload(order);
        if (key.descending()) {
            code.ineg();
        }
        code.ireturn();
        code.labelBinding(leftNull);
        emitter.jumpIfNull(right, rightSlot, same);
        code.loadConstant(key.nullsFirst() ? -1 : 1).ireturn();
        code.labelBinding(rightNull).loadConstant(key.nullsFirst() ? 1 : -1).ireturn();
        code.labelBinding(same);
    }

    private void compareRepresentations(Emitter emitter, int column, int leftSlot, int rightSlot) {
        CodeBuilder code = emitter.code();
        DataType type = layout.get(column);
        Emitter.ColumnAccess left = emitter.access(LEFT, type, column);
        Emitter.ColumnAccess right = emitter.access(RIGHT, type, column);
        Label same = code.newLabel();
        // The values are equal, so both are NULL or neither is.
        emitter.jumpIfNull(left, leftSlot, same);
        emitter.load(left, leftSlot);
        emitter.load(right, rightSlot);
        Class<?> carrier = Carriers.of(type);
        emitter.invokeStatic(Equality.class, "compareRepresentations", int.class, carrier, carrier);
        int order = emitter.store(TypeKind.INT);
        code.iload(order).ifeq(same).iload(order).ireturn();
        code.labelBinding(same);
    }

    private static int slot(Emitter emitter, int store, int position) {
        emitter.code().aload(store).iload(position);
        emitter.invokeStore("slot", int.class, int.class);
        return emitter.store(TypeKind.INT);
    }
}
