package dev.millrace.dataflow.code;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_int;

import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.store.Carrier;
import dev.millrace.dataflow.store.Pages;
import dev.millrace.dataflow.store.Store;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DynamicConstantDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Writes the code of one method: what all templates have in common, such as loops over rows and access to columns. */
final class Emitter {
    static final ClassDesc STORE = Store.class.describeConstable().orElseThrow();
    private static final ClassDesc NULLS = TypeKind.LONG.upperBound().arrayType(2);
    private static final Map<Carrier, String> DIRECTORIES = Map.of(
            Carrier.BYTE, "bytes",
            Carrier.SHORT, "shorts",
            Carrier.INT, "ints",
            Carrier.LONG, "longs",
            Carrier.FLOAT, "floats",
            Carrier.DOUBLE, "doubles",
            Carrier.REFERENCE, "references");

    private final CodeBuilder code;
    private final List<Object> constants;

    private Emitter(CodeBuilder code, List<Object> constants) {
        this.code = code;
        this.constants = constants;
    }

    /** A method of the class that is made: its name and type, and what writes its code. */
    record Method(String name, MethodTypeDesc type, int flags, Consumer<Emitter> body) {
        Method(String name, MethodTypeDesc type, Consumer<Emitter> body) {
            this(name, type, ClassFile.ACC_PUBLIC, body);
        }

        /** A static method that the others call. */
        static Method part(String name, MethodTypeDesc type, Consumer<Emitter> body) {
            return new Method(name, type, ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC, body);
        }
    }

    /** The pages of one column of a store, in local variables that were set before the loop. */
    record ColumnAccess(DataType type, int pages, int nulls) {
        /** Whether NULLs are marked by bits. */
        boolean hasNullBits() {
            return nulls >= 0;
        }
    }

    /** A class with these methods, whose superclass is abstract and has a constructor without parameters. */
    static Bytecode generate(Class<?> superclass, Method... methods) {
        ClassDesc parent = superclass.describeConstable().orElseThrow();
        List<Object> constants = new ArrayList<>();
        byte[] bytes = ClassFile.of().build(self(superclass), builder -> {
            builder.withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_PUBLIC).withSuperclass(parent);
            builder.withMethodBody(
                    ConstantDescs.INIT_NAME,
                    ConstantDescs.MTD_void,
                    ClassFile.ACC_PUBLIC,
                    code -> code.aload(0)
                            .invokespecial(parent, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void)
                            .return_());
            for (Method method : methods) {
                builder.withMethodBody(
                        method.name(),
                        method.type(),
                        method.flags(),
                        code -> method.body().accept(new Emitter(code, constants)));
            }
        });
        return new Bytecode(bytes, constants);
    }

    /** Calls a part of the class that is made with what is on the stack. */
    void invokePart(Class<?> superclass, String name, MethodTypeDesc type) {
        code.invokestatic(self(superclass), name, type);
    }

    /** The class that is made. */
    static ClassDesc self(Class<?> superclass) {
        return ClassDesc.of(Emitter.class.getPackageName(), "Generated" + superclass.getSimpleName());
    }

    CodeBuilder code() {
        return code;
    }

    /** A new local variable. */
    int local(TypeKind kind) {
        return code.allocateLocal(kind);
    }

    /** Pops into a new local variable. */
    int store(TypeKind kind) {
        int local = local(kind);
        code.storeLocal(kind, local);
        return local;
    }

    /** Pushes an object that the class is given when it is made. */
    void constant(Object value, Class<?> type) {
        int index = constants.size();
        constants.add(value);
        ClassDesc described = type.describeConstable().orElseThrow();
        code.loadConstant(DynamicConstantDesc.ofNamed(
                ConstantDescs.ofConstantBootstrap(
                        MethodHandles.class.describeConstable().orElseThrow(), "classDataAt", CD_Object, CD_int),
                ConstantDescs.DEFAULT_NAME,
                described,
                index));
    }

    void constant(ConstantDesc value) {
        code.loadConstant(value);
    }

    void invokeStatic(Class<?> owner, String name, Class<?> result, Class<?>... parameters) {
        code.invokestatic(owner.describeConstable().orElseThrow(), name, type(result, parameters));
    }

    void invokeStore(String name, Class<?> result, Class<?>... parameters) {
        code.invokevirtual(STORE, name, type(result, parameters));
    }

    static MethodTypeDesc type(Class<?> result, Class<?>... parameters) {
        return MethodType.methodType(result, parameters).describeConstable().orElseThrow();
    }

    /** Takes a column's pages out of a store, before any loop. */
    ColumnAccess access(int store, DataType type, int column) {
        Carrier carrier = Carrier.of(type);
        code.aload(store).loadConstant(column);
        code.invokevirtual(
                STORE,
                DIRECTORIES.get(carrier),
                MethodTypeDesc.of(
                        carrier.element().describeConstable().orElseThrow().arrayType(2), CD_int));
        int pages = store(TypeKind.REFERENCE);
        if (carrier == Carrier.REFERENCE) {
            return new ColumnAccess(type, pages, -1);
        }
        code.aload(store).loadConstant(column);
        code.invokevirtual(STORE, "nulls", MethodTypeDesc.of(NULLS, CD_int));
        return new ColumnAccess(type, pages, store(TypeKind.REFERENCE));
    }

    /** Pushes the slot of a position that is an element of an array. */
    void slot(int store, int positions, int index) {
        code.aload(store).aload(positions).iload(index).iaload();
        invokeStore("slot", int.class, int.class);
    }

    /** Jumps if the column's value in this slot is NULL. */
    void jumpIfNull(ColumnAccess column, int slot, Label target) {
        if (!column.hasNullBits()) {
            page(column, slot);
            code.aaload().ifnull(target);
            return;
        }
        code.aload(column.nulls()).iload(slot);
        invokeStatic(NullBits.class, "isNull", boolean.class, long[][].class, int.class);
        code.ifne(target);
    }

    /** Pushes the column's value in this slot, which is not NULL. */
    void load(ColumnAccess column, int slot) {
        page(column, slot);
        switch (Carrier.of(column.type())) {
            case BYTE -> code.baload();
            case SHORT -> code.saload();
            case INT -> code.iaload();
            case LONG -> code.laload();
            case FLOAT -> code.faload();
            case DOUBLE -> code.daload();
            case REFERENCE -> code.aaload().checkcast(Kinds.described(column.type()));
        }
    }

    /** Writes a local variable to the column in this slot. */
    void save(ColumnAccess column, int slot, int value) {
        page(column, slot);
        code.loadLocal(Kinds.of(column.type()), value);
        switch (Carrier.of(column.type())) {
            case BYTE -> code.bastore();
            case SHORT -> code.sastore();
            case INT -> code.iastore();
            case LONG -> code.lastore();
            case FLOAT -> code.fastore();
            case DOUBLE -> code.dastore();
            case REFERENCE -> code.aastore();
        }
    }

    /** A loop of a local variable from 0 to before another; the body may jump to the label to go on with the next. */
    void loop(int index, int count, Consumer<Label> body) {
        Label head = code.newLabel();
        Label next = code.newLabel();
        Label end = code.newLabel();
        code.iconst_0().istore(index);
        code.labelBinding(head).iload(index).iload(count).if_icmpge(end);
        body.accept(next);
        code.labelBinding(next).iinc(index, 1).goto_(head);
        code.labelBinding(end);
    }

    private void page(ColumnAccess column, int slot) {
        code.aload(column.pages()).iload(slot).loadConstant(Pages.SHIFT).iushr().aaload();
        code.iload(slot).loadConstant(Pages.MASK).iand();
    }

    static MethodTypeDesc voidType(Class<?>... parameters) {
        return type(void.class, parameters);
    }
}
