package dev.millrace.dataflow.code;

import dev.millrace.dataflow.row.Carriers;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.store.RowReader;
import dev.millrace.dataflow.store.RowWriter;
import dev.millrace.dataflow.store.Store;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The binary form of a layout's rows. */
public record CodecTemplate(List<DataType> layout) implements Template<RowCodec> {
    private static final MethodTypeDesc ENCODE_PART = Emitter.voidType(Store.class, int.class, RowWriter.class);
    private static final MethodTypeDesc DECODE_PART = Emitter.voidType(RowReader.class, Store.class, int.class);

    public CodecTemplate {
        layout = List.copyOf(layout);
    }

    @Override
    public String title() {
        return "binary form of " + layout;
    }

    @Override
    public Class<RowCodec> type() {
        return RowCodec.class;
    }

    @Override
    public Bytecode generate() {
        List<Emitter.Method> methods = new ArrayList<>();
        methods.add(new Emitter.Method(
                "encode", Emitter.voidType(Store.class, int.class, RowWriter.class), this::emitEncode));
        methods.add(new Emitter.Method(
                "decode", Emitter.voidType(RowReader.class, Store.class, int.class), this::emitDecode));
        for (int part = 0; part < parts().size(); part++) {
            List<Integer> columns = parts().get(part);
            methods.add(Emitter.Method.part("encode" + part, ENCODE_PART, emitter -> emitEncode(emitter, columns)));
            methods.add(Emitter.Method.part("decode" + part, DECODE_PART, emitter -> emitDecode(emitter, columns)));
        }
        return Emitter.generate(RowCodec.class, methods.toArray(Emitter.Method[]::new));
    }

    private List<List<Integer>> parts() {
        return ColumnParts.of(IntStream.range(0, layout.size()).boxed().toList());
    }

    private void emitEncode(Emitter emitter) {
        CodeBuilder code = emitter.code();
        int slot = slot(emitter, 1, 2);
        for (int part = 0; part < parts().size(); part++) {
            code.aload(1).iload(slot).aload(3);
            emitter.invokePart(RowCodec.class, "encode" + part, ENCODE_PART);
        }
        code.return_();
    }

    private void emitDecode(Emitter emitter) {
        CodeBuilder code = emitter.code();
        int slot = slot(emitter, 2, 3);
        for (int part = 0; part < parts().size(); part++) {
            code.aload(1).aload(2).iload(slot);
            emitter.invokePart(RowCodec.class, "decode" + part, DECODE_PART);
        }
        code.return_();
    }

    private void emitEncode(Emitter emitter, List<Integer> columns) {
        final int rows = 0;
        final int slot = 1;
        final int writer = 2;
        CodeBuilder code = emitter.code();
        for (int i : columns) {
            Label absent = code.newLabel();
            Label done = code.newLabel();
            Emitter.ColumnAccess column = emitter.access(rows, layout.get(i), i);
            emitter.jumpIfNull(column, slot, absent);
            code.aload(writer);
            emitter.load(column, slot);
            invoke(code, RowWriter.class, "write", Emitter.voidType(carrier(layout.get(i))));
            code.goto_(done);
            code.labelBinding(absent).aload(writer);
            invoke(code, RowWriter.class, "writeNull", Emitter.voidType());
            code.labelBinding(done);
        }
        code.return_();
    }

    private void emitDecode(Emitter emitter, List<Integer> columns) {
        final int reader = 0;
        final int rows = 1;
        final int slot = 2;
        CodeBuilder code = emitter.code();
        for (int i : columns) {
            Label absent = code.newLabel();
            Label done = code.newLabel();
            Class<?> carrier = carrier(layout.get(i));
            code.aload(reader);
            invoke(code, RowReader.class, "readNull", Emitter.type(boolean.class));
            code.ifne(absent);
            code.aload(reader);
            String name = carrier.getSimpleName();
            invoke(
                    code,
                    RowReader.class,
                    "read" + Character.toUpperCase(name.charAt(0)) + name.substring(1),
                    Emitter.type(carrier));
            int value = emitter.store(Kinds.of(layout.get(i)));
            emitter.save(emitter.access(rows, layout.get(i), i), slot, value);
            code.goto_(done);
            code.labelBinding(absent).aload(rows).iload(slot).loadConstant(i);
            emitter.invokeStore("setNull", void.class, int.class, int.class);
            code.labelBinding(done);
        }
        code.return_();
    }

    private static Class<?> carrier(DataType type) {
        return Carriers.of(type);
    }

    private static int slot(Emitter emitter, int store, int position) {
        emitter.code().aload(store).iload(position);
        emitter.invokeStore("slot", int.class, int.class);
        return emitter.store(TypeKind.INT);
    }

    private static void invoke(CodeBuilder code, Class<?> owner, String name, MethodTypeDesc type) {
        code.invokevirtual(owner.describeConstable().orElseThrow(), name, type);
    }
}
