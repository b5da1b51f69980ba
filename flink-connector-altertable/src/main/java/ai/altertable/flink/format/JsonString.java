package ai.altertable.flink.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The inside of a JSON string from UTF-8: copied eight bytes at a time where nothing needs
 * escaping. Bytes that are no UTF-8 (lone surrogates among them) become U+FFFD, as Java decodes
 * them; a server would refuse the whole file for one of them.
 */
final class JsonString {

    /** The longest escape of one byte: \\u0000. */
    static final int MAX_PER_BYTE = 6;

    private static final VarHandle WORD =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final byte[] HEX = "0123456789abcdef".getBytes(UTF_8);

    private JsonString() {}

    /** Needs {@code MAX_PER_BYTE} bytes of room per byte; returns the position behind the text. */
    static int escape(byte[] text, int from, int to, byte[] out, int at) {
        int next = at;
        int i = from;
        while (i + 8 <= to) {
            long word = (long) WORD.get(text, i);
            WORD.set(out, next, word);
            long special = special(word);
            if (special == 0) {
                i += 8;
                next += 8;
            } else {
                int plain = Long.numberOfTrailingZeros(special) >>> 3;
                i += plain;
                next += plain;
                byte b = text[i];
                if (b < 0) {
                    int characterLength = utf8Length(text, i, to);
                    if (characterLength == 0) {
                        return repaired(text, from, to, out, at);
                    }
                    for (int k = 0; k < characterLength; k++) {
                        out[next++] = text[i++];
                    }
                } else {
                    next = escaped(b, out, next);
                    i++;
                }
            }
        }
        int left = to - i;
        if (left > 0 && to >= 8) {
            // The last word of the text, without what is done of it.
            long word = (long) WORD.get(text, to - 8) >>> (8 - left) * 8;
            if ((special(word) & (1L << left * 8) - 1) == 0) {
                WORD.set(out, next, word);
                return next + left;
            }
        }
        while (i < to) {
            byte b = text[i];
            if (b >= ' ' && b != '"' && b != '\\') {
                out[next++] = b;
                i++;
            } else if (b >= 0) {
                next = escaped(b, out, next);
                i++;
            } else {
                int characterLength = utf8Length(text, i, to);
                if (characterLength == 0) {
                    return repaired(text, from, to, out, at);
                }
                for (int k = 0; k < characterLength; k++) {
                    out[next++] = text[i++];
                }
            }
        }
        return next;
    }

    /** The nearest position, at or before this one, where a character begins. */
    static int characterStart(byte[] text, int at) {
        for (int i = at; i > at - 4; i--) {
            if (!continues(text[i])) {
                return i;
            }
        }
        return at;
    }

    /** The high bit of each byte that cannot be copied blindly; exact for the lowest of them. */
    private static long special(long word) {
        long quotes = word ^ ONES * '"';
        long backslashes = word ^ ONES * '\\';
        return (word - ONES * ' ' | quotes - ONES | backslashes - ONES | word) & HIGH_BITS;
    }

    private static int escaped(byte b, byte[] out, int at) {
        out[at] = '\\';
        byte letter =
                switch (b) {
                    case '"', '\\' -> b;
                    case '\n' -> 'n';
                    case '\r' -> 'r';
                    case '\t' -> 't';
                    default -> 'u';
                };
        out[at + 1] = letter;
        if (letter != 'u') {
            return at + 2;
        }
        out[at + 2] = '0';
        out[at + 3] = '0';
        out[at + 4] = HEX[b >> 4];
        out[at + 5] = HEX[b & 15];
        return at + 6;
    }

    /** Bytes of the character that begins at i with a byte above 127; 0 when it is not UTF-8. */
    private static int utf8Length(byte[] text, int i, int to) {
        int first = text[i] & 0xff;
        if (first >= 0xc2 && first <= 0xdf) {
            return i + 1 < to && continues(text[i + 1]) ? 2 : 0;
        }
        if (first >= 0xe0 && first <= 0xef) {
            if (i + 2 >= to || !continues(text[i + 1]) || !continues(text[i + 2])) {
                return 0;
            }
            int point = (first & 15) << 6 | text[i + 1] & 63;
            boolean overlong = point < 0x20;
            boolean surrogate = point >= 0xd800 >> 6 && point <= 0xdfff >> 6;
            return overlong || surrogate ? 0 : 3;
        }
        if (first >= 0xf0 && first <= 0xf4) {
            if (i + 3 >= to
                    || !continues(text[i + 1])
                    || !continues(text[i + 2])
                    || !continues(text[i + 3])) {
                return 0;
            }
            int point = (first & 7) << 6 | text[i + 1] & 63;
            return point < 0x10000 >> 12 || point > 0x10ffff >> 12 ? 0 : 4;
        }
        return 0;
    }

    private static boolean continues(byte b) {
        return (b & 0xc0) == 0x80;
    }

    /** The slow way, once more from the start: Java decodes what is no UTF-8 as U+FFFD. */
    private static int repaired(byte[] text, int from, int to, byte[] out, int at) {
        byte[] valid = new String(text, from, to - from, UTF_8).getBytes(UTF_8);
        return escape(valid, 0, valid.length, out, at);
    }
}
