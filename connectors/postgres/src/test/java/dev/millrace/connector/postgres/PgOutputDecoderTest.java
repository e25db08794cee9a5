package dev.millrace.connector.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Messages as no server should send them. What servers do send is tested against one. */
class PgOutputDecoderTest {
    private final PgOutputDecoder decoder = decoder();

    private static PgOutputDecoder decoder() {
        PostgresOptions nowhere = PostgresOptions.parse(Map.of("url", "jdbc:postgresql://localhost:1/none"));
        return new PgOutputDecoder(new FollowedTables(), new EnumTypes(new Connections(nowhere, "test")));
    }

    private static byte[] begin() {
        return ByteBuffer.allocate(21).put((byte) 'B').putLong(100).array();
    }

    private void assertViolation(byte[] message) {
        MillraceException error = assertThrows(MillraceException.class, () -> decoder.decode(message, 0));
        assertEquals(ErrorCode.PROTOCOL_VIOLATION, error.code());
    }

    @Test
    void an_unknown_message_is_a_violation() {
        assertViolation(new byte[] {'?'});
    }

    @Test
    void a_message_that_is_cut_off_is_a_violation() {
        assertViolation(new byte[] {'B', 0, 0});
        assertViolation(new byte[0]);
    }

    @Test
    void a_change_outside_a_transaction_is_a_violation() {
        assertViolation(new byte[] {'I', 0, 0, 0, 1});
    }

    @Test
    void a_change_of_an_unannounced_table_is_a_violation() throws SQLException {
        decoder.decode(begin(), 0);
        assertViolation(new byte[] {'I', 0, 0, 0, 1});
    }

    @Test
    void a_transaction_within_another_is_a_violation() throws SQLException {
        decoder.decode(begin(), 0);
        assertViolation(begin());
    }

    @Test
    void an_empty_transaction_has_its_positions() throws SQLException {
        assertNull(decoder.decode(begin(), 0));
        byte[] commit = ByteBuffer.allocate(26)
                .put((byte) 'C')
                .put((byte) 0)
                .putLong(100)
                .putLong(140)
                .putLong(-BinaryFormat.EPOCH_MICROS)
                .array();
        Transaction transaction = decoder.decode(commit, 0);
        assertNotNull(transaction);
        assertEquals(100, transaction.commit());
        assertEquals(140, transaction.end());
        assertEquals(0, transaction.commitMicros());
    }

    @Property
    void no_bytes_do_other_harm(@ForAll @Size(max = 60) byte[] bytes) throws SQLException {
        PgOutputDecoder fresh = decoder();
        fresh.decode(begin(), 0);
        try {
            fresh.decode(bytes, 0);
        } catch (MillraceException e) {
            assertEquals(ErrorCode.PROTOCOL_VIOLATION, e.code());
        }
    }
}
