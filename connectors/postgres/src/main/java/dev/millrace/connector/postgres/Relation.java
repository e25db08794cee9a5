package dev.millrace.connector.postgres;

import dev.millrace.connector.RowChange;
import dev.millrace.connector.TableDefinition;
import dev.millrace.connector.TableName;
import dev.millrace.dataflow.row.ColumnType;
import dev.millrace.dataflow.row.Row;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decodes one table's tuples. Which column goes where in a row, and how it is decoded, is found once, by name.
 *
 * <pre>
 *   tuple   column count int16 | columns
 *   column  'n' (NULL) | 'u' (unchanged, not sent) | 't' or 'b' (text, binary) length int32, value
 * </pre>
 */
final class Relation {
    private static final int UNUSED = -1;

    private final TableName name;
    private final int[] key;
    private final int width;
    private final int[] ordinals;
    private final ColumnType[] types;
    private final boolean[] identifies;
    private final EnumTypes enums;

    /** @param upstream the columns that the table's tuples have, fit for its definition */
    Relation(PostgresTable table, List<PostgresTable.UpstreamColumn> upstream, EnumTypes enums) {
        List<TableDefinition.Column> columns = table.definition().columns();
        this.name = table.name();
        this.key = table.keyOrdinals();
        this.width = columns.size();
        this.ordinals = new int[upstream.size()];
        this.types = new ColumnType[upstream.size()];
        this.enums = enums;
        this.identifies = new boolean[upstream.size()];
        Arrays.fill(ordinals, UNUSED);
        for (int i = 0; i < ordinals.length; i++) {
            identifies[i] = upstream.get(i).identifies();
            for (int j = 0; j < width; j++) {
                if (table.isSupported(j)
                        && columns.get(j).name().equals(upstream.get(i).name())) {
                    ordinals[i] = j;
                    types[i] = columns.get(j).type().orElseThrow();
                }
            }
        }
    }

    TableName name() {
        return name;
    }

    RowChange insert(WireReader in) throws SQLException {
        expect(in.int8(), 'N');
        return new RowChange.Insert(name, Row.owning(tuple(in, null)));
    }

    RowChange update(WireReader in) throws SQLException {
        int kind = in.int8();
        @Nullable Object @Nullable [] old = null;
        if (kind != 'N') {
            expectOld(kind);
            old = tuple(in, null);
            expect(in.int8(), 'N');
        }
        Row row = Row.owning(tuple(in, old));
        if (key.length == 0) {
            if (old == null) {
                throw violation("an update without the old row");
            }
            return new RowChange.Update(name, Optional.of(Row.owning(old)), row);
        }
        if (old == null) {
            return new RowChange.Update(name, Optional.empty(), row);
        }
        Row oldKey = Row.owning(old).key(key);
        return new RowChange.Update(name, oldKey.equals(row.key(key)) ? Optional.empty() : Optional.of(oldKey), row);
    }

    RowChange delete(WireReader in) throws SQLException {
        expectOld(in.int8());
        Row old = Row.owning(tuple(in, null));
        return new RowChange.Delete(name, key.length == 0 ? old : old.key(key));
    }

    /** @param old the old row, as far as it was sent: that is, at least what identifies it */
    private @Nullable Object[] tuple(WireReader in, @Nullable Object @Nullable [] old) throws SQLException {
        int columns = in.int16();
        if (columns != ordinals.length) {
            throw violation("a tuple of " + columns + " columns where " + ordinals.length + " were announced");
        }
        @Nullable Object[] values = new Object[width];
        for (int i = 0; i < columns; i++) {
            int ordinal = ordinals[i];
            int kind = in.int8();
            switch (kind) {
                case 'n' -> {}
                case 'u' -> {
                    if (ordinal != UNUSED) {
                        values[ordinal] = old != null && identifies[i] ? old[ordinal] : RowChange.UNCHANGED;
                    }
                }
                case 'b' -> {
                    int length = in.int32();
                    int start = in.advance(length);
                    if (ordinal != UNUSED) {
                        values[ordinal] = BinaryFormat.decode(types[i], enums, in.bytes, start, length);
                    }
                }
                case 't' -> {
                    in.advance(in.int32());
                    if (ordinal != UNUSED) {
                        throw violation("text where a binary value was asked for");
                    }
                }
                default -> throw violation("the unknown kind of column " + kind);
            }
        }
        return values;
    }

    private void expect(int kind, char expected) {
        if (kind != expected) {
            throw violation("a tuple of kind " + kind + " instead of " + expected);
        }
    }

    private void expectOld(int kind) {
        if (kind != 'K' && kind != 'O') {
            throw violation("a tuple of kind " + kind + " instead of an old one");
        }
    }

    private MillraceException violation(String what) {
        return new MillraceException(ErrorCode.PROTOCOL_VIOLATION, "table " + name + ": the server sent " + what);
    }
}
