package dev.millrace.dataflow.code;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;

/** How the methods of a {@link SplitProgram} keep values in its frame. */
final class Frames {
    private static final ClassDesc FLOAT = Float.class.describeConstable().orElseThrow();
    private static final ClassDesc DOUBLE = Double.class.describeConstable().orElseThrow();
    private static final MethodTypeDesc FLOAT_TO_BITS = Emitter.type(int.class, float.class);
    private static final MethodTypeDesc FLOAT_OF_BITS = Emitter.type(float.class, int.class);
    private static final MethodTypeDesc DOUBLE_TO_BITS = Emitter.type(long.class, double.class);
    private static final MethodTypeDesc DOUBLE_OF_BITS = Emitter.type(double.class, long.class);

    private Frames() {}

    /** Pushes a value, or jumps if it is NULL. */
    static void push(CodeBuilder code, Operand.Framed value, Label whenNull) {
        TypeKind kind = Kinds.of(value.type());
        if (kind == TypeKind.REFERENCE) {
            code.aload(value.objects()).loadConstant(value.index()).aaload().ifnull(whenNull);
            code.aload(value.objects()).loadConstant(value.index()).aaload();
            code.checkcast(Kinds.described(value.type()));
            return;
        }
        code.aload(value.values())
                .loadConstant(2 * value.index() + 1)
                .laload()
                .l2i()
                .ifne(whenNull);
        code.aload(value.values()).loadConstant(2 * value.index()).laload();
        switch (kind) {
            case FLOAT -> code.l2i().invokestatic(FLOAT, "intBitsToFloat", FLOAT_OF_BITS);
            case DOUBLE -> code.invokestatic(DOUBLE, "longBitsToDouble", DOUBLE_OF_BITS);
            case LONG -> {}
            case BOOLEAN, BYTE, CHAR, SHORT, INT, REFERENCE, VOID -> code.l2i();
        }
    }

    /** Makes a value NULL. */
    static void clear(CodeBuilder code, Operand.Framed value) {
        if (Kinds.of(value.type()) == TypeKind.REFERENCE) {
            code.aload(value.objects())
                    .loadConstant(value.index())
                    .aconst_null()
                    .aastore();
        } else {
            code.aload(value.values())
                    .loadConstant(2 * value.index() + 1)
                    .lconst_1()
                    .lastore();
        }
    }

    /** Sets a value to that of a local variable, which is not NULL. */
    static void save(CodeBuilder code, Operand.Framed value, int local) {
        TypeKind kind = Kinds.of(value.type());
        if (kind == TypeKind.REFERENCE) {
            code.aload(value.objects()).loadConstant(value.index()).aload(local).aastore();
            return;
        }
        code.aload(value.values()).loadConstant(2 * value.index()).loadLocal(kind, local);
        switch (kind) {
            case FLOAT ->
                code.invokestatic(FLOAT, "floatToRawIntBits", FLOAT_TO_BITS).i2l();
            case DOUBLE -> code.invokestatic(DOUBLE, "doubleToRawLongBits", DOUBLE_TO_BITS);
            case LONG -> {}
            case BOOLEAN, BYTE, CHAR, SHORT, INT, REFERENCE, VOID -> code.i2l();
        }
        code.lastore();
        code.aload(value.values())
                .loadConstant(2 * value.index() + 1)
                .lconst_0()
                .lastore();
    }
}
