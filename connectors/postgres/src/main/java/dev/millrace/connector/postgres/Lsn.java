package dev.millrace.connector.postgres;

import dev.millrace.connector.Position;

/** Log sequence numbers: byte positions in the write-ahead log, unsigned 64 bits, written as two hexadecimal halves. */
final class Lsn {
    private Lsn() {}

    /** @param text such as {@code 0/16B3748} */
    static long parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 1) {
            throw new IllegalArgumentException("not an LSN: " + text);
        }
        long high = Long.parseLong(text, 0, slash, 16);
        long low = Long.parseLong(text, slash + 1, text.length(), 16);
        return high << 32 | low;
    }

    static String format(long lsn) {
        return Long.toHexString(lsn >>> 32).toUpperCase(java.util.Locale.ROOT)
                + '/'
                + Long.toHexString(lsn & 0xFFFF_FFFFL).toUpperCase(java.util.Locale.ROOT);
    }

    static Position position(long lsn) {
        return new Position(lsn, format(lsn));
    }

    static boolean isBefore(long left, long right) {
        return Long.compareUnsigned(left, right) < 0;
    }

    static long max(long left, long right) {
        return isBefore(left, right) ? right : left;
    }

    /**
     * The end of the last record when the next one would start at {@code insert}: just behind a page's header that is the end
     * of the page before, which is how the stream of records names the same place.
     */
    static long endOfRecord(long insert, long blockSize, long segmentSize) {
        long header = Long.remainderUnsigned(insert, segmentSize) < blockSize ? LONG_PAGE_HEADER : PAGE_HEADER;
        return Long.remainderUnsigned(insert, blockSize) == header ? insert - header : insert;
    }

    private static final int PAGE_HEADER = 24;
    /** The first page of a segment has a longer one. */
    private static final int LONG_PAGE_HEADER = 40;
}
