package ai.altertable.local.render;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.arrow.memory.ArrowBuf;

/** A growing buffer of JSON text; nothing is made per value but the bytes themselves. */
final class JsonBuffer {

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes = new byte[128 * 1024];
    private int size;

    int size() {
        return size;
    }

    void put(char ascii) {
        ensure(1);
        bytes[size++] = (byte) ascii;
    }

    void putNull() {
        putBytes(NULL);
    }

    private void putBytes(byte[] text) {
        ensure(text.length);
        System.arraycopy(text, 0, bytes, size, text.length);
        size += text.length;
    }

    /** A text that needs no escapes. */
    void putPlain(String text) {
        putBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    void putNumber(long value) {
        if (value < 0) {
            if (value == Long.MIN_VALUE) {
                putPlain("-9223372036854775808");
                return;
            }
            put('-');
            putDigits(-value, 1);
        } else {
            putDigits(value, 1);
        }
    }

    /** The digits of a number that is not negative, with zeros in front up to {@code width}. */
    void putDigits(long value, int width) {
        int digits = Math.max(width, digitsOf(value));
        ensure(digits);
        long rest = value;
        for (int i = size + digits - 1; i >= size; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        size += digits;
    }

    private static int digitsOf(long value) {
        int digits = 1;
        for (long rest = value; rest >= 10; rest /= 10) {
            digits++;
        }
        return digits;
    }

    /** A quoted string out of Arrow's memory, with the escapes it needs. */
    void putString(ArrowBuf source, long start, int length) {
        ensure(length + 2);
        bytes[size++] = '"';
        source.getBytes(start, bytes, size, length);
        int end = size + length;
        for (int i = size; i < end; i++) {
            if (needsEscape(bytes[i])) {
                escapeFrom(i, end);
                return;
            }
        }
        size = end;
        put('"');
    }

    void putString(String text) {
        put('"');
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        int start = size;
        putBytes(utf8);
        int end = size;
        size = start;
        escapeFrom(start, end);
    }

    private static boolean needsEscape(byte b) {
        return b == '"' || b == '\\' || (b >= 0 && b < ' ');
    }

    private void escapeFrom(int from, int end) {
        byte[] rest = Arrays.copyOfRange(bytes, from, end);
        size = from;
        ensure(rest.length * 6 + 1);
        for (byte b : rest) {
            if (!needsEscape(b)) {
                bytes[size++] = b;
            } else if (b == '"' || b == '\\') {
                bytes[size++] = '\\';
                bytes[size++] = b;
            } else {
                putControl(b);
            }
        }
        put('"');
    }

    private void putControl(byte b) {
        bytes[size++] = '\\';
        switch (b) {
            case '\n' -> bytes[size++] = 'n';
            case '\r' -> bytes[size++] = 'r';
            case '\t' -> bytes[size++] = 't';
            default -> {
                bytes[size++] = 'u';
                bytes[size++] = '0';
                bytes[size++] = '0';
                bytes[size++] = HEX[b >> 4];
                bytes[size++] = HEX[b & 15];
            }
        }
    }

    /** Bytes out of Arrow's memory as a quoted string of hexadecimal digits. */
    void putHex(ArrowBuf source, long start, int length) {
        ensure(length * 2 + 2);
        bytes[size++] = '"';
        for (int i = 0; i < length; i++) {
            byte b = source.getByte(start + i);
            bytes[size++] = HEX[(b >> 4) & 15];
            bytes[size++] = HEX[b & 15];
        }
        bytes[size++] = '"';
    }

    private void ensure(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, Math.addExact(size, more)));
        }
    }

    /** Forgets what was put in since {@code mark}. */
    void truncate(int mark) {
        size = mark;
    }

    void drainTo(OutputStream out) throws IOException {
        out.write(bytes, 0, size);
        size = 0;
    }
}
