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
import org.jspecify.annotations.Nullable;

/**
 * The hash of some columns of a layout.
 *
 * @param rejecting the columns among them in which NULL matches nothing: a row with one has the hash {@link RowHash#UNMATCHED}
 */
public record HashTemplate(List<DataType> layout, List<Integer> columns, List<Integer> rejecting)
        implements Template<RowHash> {
    private static final long NULL_HASH = 0x5851F42D4C957F2DL;
    private static final int ROWS = 1;
    private static final int POSITIONS = 2;
    private static final int COUNT = 3;
    private static final int HASHES = 4;
    private static final MethodTypeDesc PART = Emitter.type(long.class, Store.class, int.class, long.class);

    public HashTemplate {
        layout = List.copyOf(layout);
        columns = List.copyOf(columns);
        rejecting = List.copyOf(rejecting);
    }

    @Override
    public String title() {
        return "hash of columns " + columns;
    }

    @Override
    public Class<RowHash> type() {
        return RowHash.class;
    }

    @Override
    public Bytecode generate() {
        List<Emitter.Method> methods = new ArrayList<>();
        methods.add(new Emitter.Method(
                "hash", Emitter.voidType(Store.class, int[].class, int.class, int[].class), this::emit));
        for (int part = 0; part < parts().size(); part++) {
            List<Integer> ofPart = parts().get(part);
            methods.add(Emitter.Method.part("part" + part, PART, emitter -> emitPart(emitter, ofPart)));
        }
        return Emitter.generate(RowHash.class, methods.toArray(Emitter.Method[]::new));
    }

    /** The columns that each part mixes; no parts if one method mixes all. */
    private List<List<Integer>> parts() {
        return ColumnParts.areNeeded(columns.size()) ? ColumnParts.of(columns) : List.of();
    }

    private void emitPart(Emitter emitter, List<Integer> ofPart) {
        final int rows = 0;
        final int slot = 1;
        final int hash = 2;
        for (int column : ofPart) {
            mix(emitter, emitter.access(rows, layout.get(column), column), slot, hash, null);
        }
        emitter.code().lload(hash).lreturn();
    }

    private void emit(Emitter emitter) {
        CodeBuilder code = emitter.code();
        boolean whole = parts().isEmpty();
        List<Emitter.ColumnAccess> accesses = new ArrayList<>();
        (whole ? columns : rejecting).forEach(column -> accesses.add(emitter.access(ROWS, layout.get(column), column)));
        int index = emitter.local(TypeKind.INT);
        int slot = emitter.local(TypeKind.INT);
        int hash = emitter.local(TypeKind.LONG);
        emitter.loop(index, COUNT, next -> {
            emitter.slot(ROWS, POSITIONS, index);
            code.istore(slot);
            code.lconst_0().lstore(hash);
            Label unmatched = code.newLabel();
            for (int i = 0; i < accesses.size(); i++) {
                if (whole) {
                    mix(emitter, accesses.get(i), slot, hash, rejecting.contains(columns.get(i)) ? unmatched : null);
                } else {
                    emitter.jumpIfNull(accesses.get(i), slot, unmatched);
                }
            }
            for (int part = 0; part < parts().size(); part++) {
                code.aload(ROWS).iload(slot).lload(hash);
                emitter.invokePart(RowHash.class, "part" + part, PART);
                code.lstore(hash);
            }
            code.aload(HASHES).iload(index).lload(hash);
            emitter.invokeStatic(RowHash.class, "finish", int.class, long.class);
            code.iastore();
            code.goto_(next);
            code.labelBinding(unmatched);
            code.aload(HASHES).iload(index).loadConstant(RowHash.UNMATCHED).iastore();
        });
        code.return_();
    }

    private static void mix(
            Emitter emitter, Emitter.ColumnAccess column, int slot, int hash, @Nullable Label unmatched) {
        CodeBuilder code = emitter.code();
        Label absent = code.newLabel();
        Label done = code.newLabel();
        emitter.jumpIfNull(column, slot, unmatched == null ? absent : unmatched);
        code.lload(hash);
        emitter.load(column, slot);
        emitter.invokeStatic(
                Equality.class,
                "hash",
                long.class,
                column.type() == DataType.BOOL ? int.class : Carriers.of(column.type()));
        emitter.invokeStatic(RowHash.class, "mix", long.class, long.class, long.class);
        code.lstore(hash);
        if (unmatched == null) {
            code.goto_(done);
            code.labelBinding(absent).lload(hash).loadConstant(NULL_HASH);
            emitter.invokeStatic(RowHash.class, "mix", long.class, long.class, long.class);
            code.lstore(hash);
            code.labelBinding(done);
        }
    }
}
