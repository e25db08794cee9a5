package dev.millrace.connector.postgres;

import dev.millrace.connector.RowChange;
import dev.millrace.connector.TableName;
import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decodes pgoutput messages (protocol version 1) into transactions. A table's columns are announced once per stream and again
 * when they change; tables that are not followed are skipped without a look at their values. Used by one thread.
 */
final class PgOutputDecoder {
    private final FollowedTables tables;
    private final EnumTypes enums;
    private final Map<Integer, Announced> relations = new HashMap<>();
    private long version = -1;

    private boolean inTransaction;
    private long commit;
    private List<RowChange> changes = new ArrayList<>();
    private Map<TableName, MillraceException> failures = new HashMap<>();

    PgOutputDecoder(FollowedTables tables, EnumTypes enums) {
        this.tables = tables;
        this.enums = enums;
    }

    /**
     * Takes one message.
     *
     * @return the transaction that it ends, if it does
     * @throws MillraceException with {@code PROTOCOL_VIOLATION}
     * @throws SQLException if the server was to be asked for labels of an enum type, and did not answer
     */
    @Nullable
    Transaction decode(byte[] message, int offset) throws SQLException {
        WireReader in = new WireReader(message, offset);
        int type = in.int8();
        switch (type) {
            case 'I', 'U', 'D' -> change(type, in);
            case 'B' -> begin(in);
            case 'C' -> {
                return commit(in);
            }
            case 'R' -> announce(in);
            case 'T' -> truncate(in);
            case 'Y', 'O', 'M' -> {
                // Types, origins and logical messages are of no interest.
            }
            default ->
                throw new MillraceException(
                        ErrorCode.PROTOCOL_VIOLATION, "the server sent a message of the unknown type " + type);
        }
        return null;
    }

    private void begin(WireReader in) {
        if (inTransaction) {
            throw new MillraceException(ErrorCode.PROTOCOL_VIOLATION, "the server began a transaction inside another");
        }
        inTransaction = true;
        commit = in.int64();
        if (version != tables.version()) {
            // What is announced stays; which of it is followed is to be found anew.
            version = tables.version();
            relations.values().forEach(Announced::unbind);
        }
    }

    private Transaction commit(WireReader in) {
        requireTransaction();
        in.int8();
        in.int64();
        Transaction transaction =
                new Transaction(commit, in.int64(), in.int64() + BinaryFormat.EPOCH_MICROS, version, changes, failures);
        inTransaction = false;
        changes = new ArrayList<>();
        failures = new HashMap<>();
        return transaction;
    }

    private void change(int type, WireReader in) throws SQLException {
        requireTransaction();
        Announced announced = announced(in.int32());
        Relation relation = announced.relation(this);
        if (relation == null) {
            return;
        }
        try {
            changes.add(
                    switch (type) {
                        case 'I' -> relation.insert(in);
                        case 'U' -> relation.update(in);
                        default -> relation.delete(in);
                    });
        } catch (MillraceException e) {
            if (e.code() == ErrorCode.PROTOCOL_VIOLATION) {
                throw e;
            }
            fail(announced, relation.name(), e);
        }
    }

    private void truncate(WireReader in) {
        requireTransaction();
        int count = in.int32();
        in.int8();
        for (int i = 0; i < count; i++) {
            Relation relation = announced(in.int32()).relation(this);
            if (relation != null) {
                changes.add(new RowChange.Truncate(relation.name()));
            }
        }
    }

    private void announce(WireReader in) {
        int oid = in.int32();
        in.text();
        in.text();
        boolean wholeRows = in.int8() == 'f';
        int count = in.int16();
        List<PostgresTable.UpstreamColumn> columns = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            boolean identifies = (in.int8() & 1) != 0;
            String name = in.text();
            columns.add(new PostgresTable.UpstreamColumn(
                    name, new PostgresTable.StoredType(in.int32(), in.int32()), identifies));
        }
        relations.put(oid, new Announced(oid, wholeRows, columns));
    }

    private Announced announced(int oid) {
        Announced announced = relations.get(oid);
        if (announced == null) {
            throw new MillraceException(
                    ErrorCode.PROTOCOL_VIOLATION,
                    "the server sent a change of the unannounced table " + Integer.toUnsignedString(oid));
        }
        return announced;
    }

    private void requireTransaction() {
        if (!inTransaction) {
            throw new MillraceException(ErrorCode.PROTOCOL_VIOLATION, "the server sent a change outside a transaction");
        }
    }

    private void fail(Announced announced, TableName table, MillraceException cause) {
        announced.skip();
        failures.putIfAbsent(table, cause);
    }

    /** A table as the server announced it, bound to a followed table, if it is one, at its first change. */
    private static final class Announced {
        private final int oid;
        private final boolean wholeRows;
        private final List<PostgresTable.UpstreamColumn> columns;
        private boolean bound;
        private @Nullable Relation relation;

        Announced(int oid, boolean wholeRows, List<PostgresTable.UpstreamColumn> columns) {
            this.oid = oid;
            this.wholeRows = wholeRows;
            this.columns = columns;
        }

        @Nullable
        Relation relation(PgOutputDecoder decoder) {
            if (!bound) {
                bound = true;
                PostgresTable table = decoder.tables.find(oid);
                if (table != null) {
                    bind(table, decoder);
                }
            }
            return relation;
        }

        void unbind() {
            bound = false;
            relation = null;
        }

        void skip() {
            bound = true;
            relation = null;
        }

        private void bind(PostgresTable table, PgOutputDecoder decoder) {
            table.differenceFrom(columns, wholeRows)
                    .ifPresentOrElse(
                            difference -> decoder.fail(this, table.name(), schemaChanged(table.name(), difference)),
                            () -> relation = new Relation(table, columns, decoder.enums));
        }
    }

    static MillraceException schemaChanged(TableName table, String difference) {
        return new MillraceException(
                ErrorCode.SOURCE_SCHEMA_CHANGED,
                "table " + table + " changed: " + difference + ". Follow it anew to take over its present form");
    }
}
