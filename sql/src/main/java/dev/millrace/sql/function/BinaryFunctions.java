package dev.millrace.sql.function;

import dev.millrace.dataflow.row.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/** Byte strings: their parts, bits and hashes. Positions count bytes from 1, those of single bytes and bits from 0. */
public final class BinaryFunctions {
    private BinaryFunctions() {}

    @Sql(
            value = {"length(bytea) int4", "octet_length(bytea) int4"},
            about = "the number of bytes",
            example = "length('\\x0102'::bytea)",
            mayFail = false)
    public static int length(Bytes bytes) {
        return bytes.array().length;
    }

    @Sql(
            value = "bit_length(bytea) int4",
            about = "the number of bits",
            example = "bit_length('\\x0102'::bytea)",
            mayFail = false)
    public static int bitLength(Bytes bytes) {
        return Byte.SIZE * bytes.array().length;
    }

    @Sql(
            value = "bit_count(bytea) int8",
            about = "the number of bits that are set",
            example = "bit_count('\\x0103'::bytea)",
            mayFail = false)
    public static long bitCount(Bytes bytes) {
        long count = 0;
        for (byte b : bytes.array()) {
            count += Integer.bitCount(b & 0xff);
        }
        return count;
    }

    @Sql(
            value = {"substring(bytea, int4) bytea", "substr(bytea, int4) bytea"},
            about = "the bytes from a position on, which may lie before them",
            example = "substring('\\x010203'::bytea, 2)",
            mayFail = false)
    public static Bytes substring(Bytes bytes, int start) {
        return slice(bytes, start - 1L, Long.MAX_VALUE);
    }

    @Sql(
            value = {"substring(bytea, int4, int4) bytea", "substr(bytea, int4, int4) bytea"},
            about = "so many bytes from a position on",
            example = "substring('\\x010203'::bytea, 2, 1)")
    public static Bytes substring(Bytes bytes, int start, int count) {
        if (count < 0) {
            throw DataErrors.of("negative substring length not allowed");
        }
        return slice(bytes, start - 1L, start - 1L + count);
    }

    private static Bytes slice(Bytes bytes, long from, long to) {
        int first = Math.clamp(from, 0, bytes.array().length);
        return new Bytes(Arrays.copyOfRange(bytes.array(), first, Math.clamp(to, first, bytes.array().length)));
    }

    @Sql(
            value = "position(bytea, bytea) int4",
            about = "the position of the second in the first, 0 if it is not there; also position(b IN a)",
            example = "position('\\x02'::bytea IN '\\x0102'::bytea)",
            mayFail = false)
    public static int position(Bytes bytes, Bytes wanted) {
        byte[] all = bytes.array();
        byte[] part = wanted.array();
        for (int i = 0; i + part.length <= all.length; i++) {
            if (Arrays.equals(all, i, i + part.length, part, 0, part.length)) {
                return i + 1;
            }
        }
        return 0;
    }

    @Sql(
            value = "overlay(bytea, bytea, int4) bytea",
            about = "the first with the second over it from a position on",
            example = "overlay('\\x010203'::bytea PLACING '\\xff'::bytea FROM 2)")
    public static Bytes overlay(Bytes bytes, Bytes replacement, int start) {
        return overlay(bytes, replacement, start, length(replacement));
    }

    @Sql(
            value = "overlay(bytea, bytea, int4, int4) bytea",
            about = "the same with the second in the place of so many bytes",
            example = "overlay('\\x010203'::bytea PLACING '\\xff'::bytea FROM 2 FOR 2)")
    public static Bytes overlay(Bytes bytes, Bytes replacement, int start, int count) {
        if (start <= 0) {
            throw DataErrors.of("negative substring length not allowed");
        }
        int end = IntegerArithmetic.add(start, count);
        ByteArrayOutputStream result = new ByteArrayOutputStream();
        result.writeBytes(substring(bytes, 1, start - 1).array());
        result.writeBytes(replacement.array());
        result.writeBytes(substring(bytes, end).array());
        return new Bytes(result.toByteArray());
    }

    @Sql(
            value = "btrim(bytea, bytea) bytea",
            about = "without such bytes at both ends",
            example = "btrim('\\x000100'::bytea, '\\x00'::bytea)",
            mayFail = false)
    public static Bytes trimBoth(Bytes bytes, Bytes trimmed) {
        return trimTrailing(trimLeading(bytes, trimmed), trimmed);
    }

    @Sql(
            value = "ltrim(bytea, bytea) bytea",
            about = "without such bytes at the start",
            example = "ltrim('\\x000100'::bytea, '\\x00'::bytea)",
            mayFail = false)
    public static Bytes trimLeading(Bytes bytes, Bytes trimmed) {
        int from = 0;
        while (from < bytes.array().length && contains(trimmed, bytes.array()[from])) {
            from++;
        }
        return slice(bytes, from, Long.MAX_VALUE);
    }

    @Sql(
            value = "rtrim(bytea, bytea) bytea",
            about = "without such bytes at the end",
            example = "rtrim('\\x000100'::bytea, '\\x00'::bytea)",
            mayFail = false)
    public static Bytes trimTrailing(Bytes bytes, Bytes trimmed) {
        int to = bytes.array().length;
        while (to > 0 && contains(trimmed, bytes.array()[to - 1])) {
            to--;
        }
        return slice(bytes, 0, to);
    }

    private static boolean contains(Bytes bytes, byte wanted) {
        for (byte b : bytes.array()) {
            if (b == wanted) {
                return true;
            }
        }
        return false;
    }

    @Sql(value = "get_byte(bytea, int4) int4", about = "a byte", example = "get_byte('\\x01ff'::bytea, 1)")
    public static int getByte(Bytes bytes, int index) {
        return bytes.array()[checked(index, bytes.array().length)] & 0xff;
    }

    @Sql(
            value = "set_byte(bytea, int4, int4) bytea",
            about = "with another byte in its place",
            example = "set_byte('\\x01ff'::bytea, 1, 2)")
    public static Bytes setByte(Bytes bytes, int index, int value) {
        byte[] changed = bytes.array().clone();
        changed[checked(index, changed.length)] = (byte) value;
        return new Bytes(changed);
    }

    @Sql(
            value = "get_bit(bytea, int8) int4",
            about = "a bit, counted from each byte's lowest",
            example = "get_bit('\\x0180'::bytea, 15)")
    public static int getBit(Bytes bytes, long index) {
        int bit = checked(index, (long) Byte.SIZE * bytes.array().length);
        return bytes.array()[bit / Byte.SIZE] >> bit % Byte.SIZE & 1;
    }

    @Sql(
            value = "set_bit(bytea, int8, int4) bytea",
            about = "with another bit in its place",
            example = "set_bit('\\x0180'::bytea, 1, 1)")
    public static Bytes setBit(Bytes bytes, long index, int value) {
        int bit = checked(index, (long) Byte.SIZE * bytes.array().length);
        if (value != 0 && value != 1) {
            throw DataErrors.of("new bit must be 0 or 1");
        }
        byte[] changed = bytes.array().clone();
        int mask = 1 << bit % Byte.SIZE;
        changed[bit / Byte.SIZE] =
                (byte) (value == 1 ? changed[bit / Byte.SIZE] | mask : changed[bit / Byte.SIZE] & ~mask);
        return new Bytes(changed);
    }

    private static int checked(long index, long length) {
        if (index < 0 || index >= length) {
            throw DataErrors.of("index " + index + " out of valid range, 0.." + (length - 1));
        }
        return (int) index;
    }

    @Sql(
            value = "md5(text) text",
            about = "the MD5 hash of the UTF-8 bytes, in hex",
            example = "md5('abc')",
            mayFail = false)
    public static String md5(String text) {
        return HexFormat.of().formatHex(digest("MD5", text.getBytes(StandardCharsets.UTF_8)));
    }

    @Sql(value = "md5(bytea) text", about = "the MD5 hash, in hex", example = "md5('\\x01'::bytea)", mayFail = false)
    public static String md5(Bytes bytes) {
        return HexFormat.of().formatHex(digest("MD5", bytes.array()));
    }

    @Sql(value = "sha224(bytea) bytea", about = "the SHA-224 hash", example = "sha224('abc'::bytea)", mayFail = false)
    public static Bytes sha224(Bytes bytes) {
        return new Bytes(digest("SHA-224", bytes.array()));
    }

    @Sql(value = "sha256(bytea) bytea", about = "the SHA-256 hash", example = "sha256('abc'::bytea)", mayFail = false)
    public static Bytes sha256(Bytes bytes) {
        return new Bytes(digest("SHA-256", bytes.array()));
    }

    @Sql(value = "sha384(bytea) bytea", about = "the SHA-384 hash", example = "sha384('abc'::bytea)", mayFail = false)
    public static Bytes sha384(Bytes bytes) {
        return new Bytes(digest("SHA-384", bytes.array()));
    }

    @Sql(value = "sha512(bytea) bytea", about = "the SHA-512 hash", example = "sha512('abc'::bytea)", mayFail = false)
    public static Bytes sha512(Bytes bytes) {
        return new Bytes(digest("SHA-512", bytes.array()));
    }

    private static byte[] digest(String algorithm, byte[] bytes) {
        try {
            return MessageDigest.getInstance(algorithm).digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Sql(value = "crc32(bytea) int8", about = "the CRC-32 checksum", example = "crc32('abc'::bytea)", mayFail = false)
    public static long crc32(Bytes bytes) {
        CRC32 checksum = new CRC32();
        checksum.update(bytes.array());
        return checksum.getValue();
    }

    @Sql(
            value = "crc32c(bytea) int8",
            about = "the CRC-32C checksum",
            example = "crc32c('abc'::bytea)",
            mayFail = false)
    public static long crc32c(Bytes bytes) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes.array());
        return checksum.getValue();
    }
}
