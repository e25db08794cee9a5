package dev.millrace.connector.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class LsnTest {
    @Test
    void text_is_as_the_server_writes_it() {
        assertEquals("0/16B3748", Lsn.format(0x16B3748L));
        assertEquals("1A/2", Lsn.format(0x1A_0000_0002L));
        assertEquals(0x1A_0000_0002L, Lsn.parse("1A/00000002"));
        assertEquals("0/16B3748", Lsn.position(0x16B3748L).text());
        assertThrows(IllegalArgumentException.class, () -> Lsn.parse("16B3748"));
    }

    @Property
    void text_and_number_are_the_same(@ForAll long lsn) {
        assertEquals(lsn, Lsn.parse(Lsn.format(lsn)));
    }

    @Test
    void order_is_unsigned() {
        assertTrue(Lsn.isBefore(1, -1));
        assertFalse(Lsn.isBefore(-1, -1));
        assertEquals(-1, Lsn.max(1, -1));
    }

    @Test
    void behind_a_page_header_is_the_end_of_the_page_before() {
        long segment = 16 << 20;
        assertEquals(0x2000, Lsn.endOfRecord(0x2018, 8192, segment));
        assertEquals(segment, Lsn.endOfRecord(segment + 40, 8192, segment));
        assertEquals(segment + 24, Lsn.endOfRecord(segment + 24, 8192, segment));
        assertEquals(0x2028, Lsn.endOfRecord(0x2028, 8192, segment));
        assertEquals(0x2100, Lsn.endOfRecord(0x2100, 8192, segment));
    }
}
