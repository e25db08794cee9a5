package dev.millrace.dataflow.code;

import dev.millrace.dataflow.expression.Carriers;
import dev.millrace.dataflow.row.DataType;
import dev.millrace.dataflow.store.RowReader;
import dev.millrace.dataflow.store.RowWriter;
import dev.millrace.dataflow.store.Store;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.MethodTypeDesc;
import java.util.List;

/** The binary form of a layout's rows. */
public record CodecTemplate(List<DataType> layout) implements Template<RowCodec> {
    private static final int ENCODE_ROWS = 1;
    private static final int ENCODE_POSITION = 2;
    private static final int WRITER = 3;
    private static final int READER = 1;
    private static final int DECODE_ROWS = 2;
    private static final int DECODE_POSITION = 3;

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
        return Emitter.generate(
                RowCodec.class,
                new Emitter.Method(
                        "encode", Emitter.voidType(Store.class, int.class, RowWriter.class), this::emitEncode),
                new Emitter.Method(
                        "decode", Emitter.voidType(RowReader.class, Store.class, int.class), this::emitDecode));
    }

    private void emitEncode(Emitter emitter) {
        CodeBuilder code = emitter.code();
        int slot = slot(emitter, ENCODE_ROWS, ENCODE_POSITION);
        for (int i = 0; i < layout.size(); i++) {
            Label absent = code.newLabel();
            Label done = code.newLabel();
            Emitter.ColumnAccess column = emitter.access(ENCODE_ROWS, layout.get(i), i);
            emitter.jumpIfNull(column, slot, absent);
            code.aload(WRITER);
            emitter.load(column, slot);
            invoke(code, RowWriter.class, "write", Emitter.voidType(carrier(layout.get(i))));
            code.goto_(done);
            code.labelBinding(absent).aload(WRITER);
            invoke(code, RowWriter.class, "writeNull", Emitter.voidType());
            code.labelBinding(done);
        }
        code.return_();
    }

    private void emitDecode(Emitter emitter) {
        CodeBuilder code = emitter.code();
        int slot = slot(emitter, DECODE_ROWS, DECODE_POSITION);
        for (int i = 0; i < layout.size(); i++) {
            Label absent = code.newLabel();
            Label done = code.newLabel();
            Class<?> carrier = carrier(layout.get(i));
            code.aload(READER);
            invoke(code, RowReader.class, "readNull", Emitter.type(boolean.class));
            code.ifne(absent);
            code.aload(READER);
            String name = carrier.getSimpleName();
            invoke(
                    code,
                    RowReader.class,
                    "read" + Character.toUpperCase(name.charAt(0)) + name.substring(1),
                    Emitter.type(carrier));
            int value = emitter.store(Kinds.of(layout.get(i)));
            emitter.save(emitter.access(DECODE_ROWS, layout.get(i), i), slot, value);
            code.goto_(done);
            code.labelBinding(absent).aload(DECODE_ROWS).iload(slot).loadConstant(i);
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
