package ai.altertable.flink.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * What stands between two values of an object, ready to copy: a comma or a brace, the key, a colon
 * and the quote that opens the value. Copied in whole words, at least two, so up to sixteen bytes
 * behind it are overwritten as well.
 */
final class JsonKey {

    private static final VarHandle WORD =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    // Most keys have no more than these two.
    private final long first;
    private final long second;
    private final long[] rest;
    private final int length;
    private final int lengthWithoutQuote;

    JsonKey(String name, boolean opens, boolean quoted) {
        byte[] utf8 = name.getBytes(UTF_8);
        byte[] text = new byte[utf8.length * JsonString.MAX_PER_BYTE + 8 + 5];
        int end = 0;
        text[end++] = (byte) (opens ? '{' : ',');
        text[end++] = '"';
        end = JsonString.escape(utf8, 0, utf8.length, text, end);
        text[end++] = '"';
        text[end++] = ':';
        lengthWithoutQuote = end;
        if (quoted) {
            text[end++] = '"';
        }
        length = end;
        byte[] padded = Arrays.copyOf(text, Math.max(16, (end + 7) / 8 * 8));
        first = (long) WORD.get(padded, 0);
        second = (long) WORD.get(padded, 8);
        rest = new long[padded.length / 8 - 2];
        for (int i = 0; i < rest.length; i++) {
            rest[i] = (long) WORD.get(padded, 16 + i * 8);
        }
    }

    int length() {
        return length;
    }

    int write(byte[] out, int at) {
        copy(out, at);
        return at + length;
    }

    /** For NULL, which has no quote. */
    int writeWithoutQuote(byte[] out, int at) {
        copy(out, at);
        return at + lengthWithoutQuote;
    }

    private void copy(byte[] out, int at) {
        WORD.set(out, at, first);
        WORD.set(out, at + 8, second);
        for (int i = 0; i < rest.length; i++) {
            WORD.set(out, at + 16 + i * 8, rest[i]);
        }
    }
}
